//! Lines: places, encodings, limits. Properties over random bytes and chunks.

use std::io::{BufRead, BufReader, Read};

use mainstay_evidence::limits::Limits;
use mainstay_evidence::parse::lines::{Line, Lines};
use mainstay_evidence::problem::{ProblemCode, Problems};
use mainstay_evidence::recognise::{Charset, Encoding, Framing};
use proptest::prelude::*;

use crate::shared::{owned, read, recognise_bytes};

fn all(bytes: &[u8], encoding: Encoding, limits: &Limits) -> (Vec<Line<'static>>, Problems) {
    collect(bytes, encoding, limits)
}

fn collect(
    reader: impl BufRead,
    encoding: Encoding,
    limits: &Limits,
) -> (Vec<Line<'static>>, Problems) {
    let mut lines = Lines::new(reader, encoding, limits);
    let mut read = Vec::new();
    while let Some(line) = lines.next() {
        read.push(owned(line));
    }
    let mut problems = Problems::new(10);
    let counts = lines.finish("x", &mut problems);
    assert_eq!(counts.lines, read.len() as u64);
    assert_eq!(counts.bytes, read.iter().map(|line| line.length).sum::<u64>());
    (read, problems)
}

fn check(bytes: &[u8], expected: &[(&str, u64)]) {
    let encoding = recognise_bytes("x", bytes).encoding;
    let (lines, _) = all(bytes, encoding, &Limits::default());
    let found: Vec<(&str, u64)> = lines.iter().map(|line| (&*line.text, line.offset)).collect();
    assert_eq!(found, expected, "{bytes:?}");
}

#[test]
fn line_ends_and_controls() {
    check(b"a\nb\r\n\nlast", &[("a", 0), ("b", 2), ("", 5), ("last", 6)]);
    check(b"a\rb\rlast", &[("a", 0), ("b", 2), ("last", 4)]);
    check(b"a\rb\nlast", &[("a\rb", 0), ("last", 4)]);
    check(b"\x1b[31mred\x1b[0m text\n", &[("red text", 0)]);
    check(b"\x1b]0;title\x07shown\n", &[("shown", 0)]);
    check(b"abc\n\0\0\0\0def\n", &[("abc", 0), ("def", 4)]);
    check(b"\xef\xbb\xbfabc\nd\n", &[("abc", 0), ("d", 7)]);
    check(b"abcde gr\xfc\xdfe fg\nmore text\n", &[("abcde grüße fg", 0), ("more text", 15)]);
    check("grüße, ok\nein gut\u{fc}\n".as_bytes(), &[("grüße, ok", 0), ("ein gutü", 12)]);
    let units: Vec<u8> = "\u{feff}ab\r\ncd".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&units, &[("ab", 0), ("cd", 10)]);
}

#[test]
fn a_long_line_is_cut_and_counted() {
    let limits = Limits { line_bytes: 4, ..Limits::default() };
    let (lines, problems) = all("abcü123456\nnext\n".as_bytes(), Encoding::default(), &limits);
    assert_eq!(lines[0].text, "abc");
    assert!(lines[0].cut);
    assert_eq!((&*lines[1].text, lines[1].offset), ("next", 12));
    assert_eq!(problems.counts()[&ProblemCode::LongLine], 2);
}

#[test]
fn problems_name_the_place() {
    let (lines, problems) = all(b"ok\nbad \xff\xfe x\0\n", Encoding::default(), &Limits::default());
    assert_eq!(lines[1].text, "bad \u{fffd}\u{fffd} x");
    let found: Vec<_> =
        problems.kept().iter().map(|problem| (problem.code, problem.line)).collect();
    assert_eq!(found, [(ProblemCode::InvalidUtf8, Some(2)), (ProblemCode::NulBytes, Some(2))]);
}

/// A reader that gives so many bytes at a time.
struct Chunks<'b>(&'b [u8], usize);

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.0.len().min(self.1).min(buffer.len());
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

/// Pieces that logs are made of, and pieces that break them.
const PIECES: [&[u8]; 36] = [
    b"2024-05-01 12:00:00,123 ",
    b"2024-05-01T12:00:00.123456789Z ",
    b"stdout F ",
    b"stderr P ",
    b"May  1 12:00:00 host app[1]: ",
    b"INFO ",
    b"[main] ",
    b"a.b.C: ",
    b"hello world",
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b" \n",
    b"\tat a.B(C.java:1)\n",
    b"{\"log\":\"",
    b"\\n\",\"stream\":\"stdout\",\"time\":\"2024-05-01T12:00:00Z\"}\n",
    b"{\"msg\":\"gr\\u00fc\\\"\",\"time\":1714557600}\n",
    b"{\"a\":[{\"b\":",
    b"time=\"2024-05-01T12:00:00Z\" level=info msg=\"x y\"\n",
    b"TraceID: 4bf92f3577b34da6a3ce929d0e0e4736 SpanID: 00f067aa0ba902b7 ",
    "grüße €".as_bytes(),
    b"\xff\xfe",
    b"\0\0",
    b"\x1b[1m",
    b"Traceback (most recent call last):\n",
    b"13/02/24 10:00:00 ",
    b"[",
    b"-- x: ",
    b"{\"Records\":[{\"eventTime\":\"2024-05-01T12:00:00Z\",\"eventName\":\"x\"},",
    b"<Event><System><Provider Name='x'/><TimeCreated SystemTime='2024-05-01T12:00:00Z'/></System>",
    b"</Event>",
    b"31 <14>1 2024-05-01T12:00:00Z h a ",
    b"#Fields: date time sc-status\n",
    b"2024-05-01 12:00:00 500\n",
];

fn foreign_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        20 => proptest::sample::select(PIECES.to_vec()).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..12),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn charsets() -> impl Strategy<Value = Encoding> {
    let charset = proptest::sample::select(vec![
        Charset::Utf8,
        Charset::Latin1,
        Charset::Utf16Le,
        Charset::Utf16Be,
    ]);
    let framing = prop_oneof![
        4 => Just(Framing::Lines),
        1 => (0_u8..3).prop_map(Framing::JsonElements),
        1 => Just(Framing::XmlEvents),
        1 => Just(Framing::CountedOctets),
    ];
    (charset, any::<bool>(), framing).prop_map(|(charset, lone_cr, framing)| Encoding {
        charset,
        lone_cr,
        framing,
    })
}

proptest! {
    #[test]
    fn lines_do_not_depend_on_chunks(
        bytes in foreign_bytes(),
        encoding in charsets(),
        chunk in 1_usize..40,
        line_bytes in 8_usize..80,
    ) {
        let limits = Limits { line_bytes, ..Limits::default() };
        let (whole, _) = all(&bytes, encoding, &limits);
        let chunked = BufReader::with_capacity(chunk, Chunks(&bytes, chunk));
        let (parts, _) = collect(chunked, encoding, &limits);
        prop_assert_eq!(&whole, &parts);
        let mut offset = 0;
        for line in &whole {
            prop_assert_eq!(line.offset, offset);
            offset += line.length;
        }
        prop_assert_eq!(offset, bytes.len() as u64);
    }

    #[test]
    fn records_add_up_and_print_as_they_were(bytes in foreign_bytes()) {
        let reading = read("x.log", &bytes);
        let lines: u64 = reading.records.iter().map(|record| u64::from(record.lines)).sum();
        prop_assert_eq!(lines + reading.summary.blank_lines, reading.counts.lines);
        let length: u64 = reading.records.iter().map(|record| record.length).sum();
        prop_assert_eq!(length + reading.summary.blank_bytes, bytes.len() as u64);
        let texts: Vec<String> = crate::shared::lines_of(&bytes, &reading.recognition)
            .into_iter()
            .map(|line| line.text.into_owned())
            .collect();
        // lines of other streams may stand between those of a record
        let mut printed: Vec<String> = Vec::new();
        for record in &reading.records {
            let whole = format!("{}{}{}", record.header, record.body, record.tail);
            let first = usize::try_from(record.line - 1).expect("small");
            prop_assert_eq!(whole.split('\n').next().unwrap_or(""), &texts[first]);
            prop_assert_eq!(whole.split('\n').count(), record.lines as usize);
            printed.extend(whole.split('\n').map(str::to_owned));
        }
        let mut wanted: Vec<String> =
            texts.into_iter().filter(|text| !text.trim_ascii().is_empty()).collect();
        printed.retain(|text| !text.trim_ascii().is_empty());
        wanted.sort();
        printed.sort();
        prop_assert_eq!(printed, wanted);
    }
}
