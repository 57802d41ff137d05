//! What is written comes back byte for byte, whatever the texts are.

use std::ops::Range;

use mainstay_core::{Level, UtcMicros};
use proptest::prelude::*;
use proptest::sample::select;

use super::{Clock, Gap, LinePart, LineWriter, RowPlace, Text};
use crate::mine::FormId;
use crate::record::{Flags, Record, TimeConfidence};

/// Pieces that a split looks at, in any order.
const FRAGMENTS: [&str; 30] = [
    "Nov  1 00:00:12 ",
    "2026-11-01T00:00:12.345Z ",
    "01/Nov/2026:00:00:12 +0000",
    "00:00:12",
    "<ip-abcd-efgh-k3v6q2m4t7xa>",
    "<email-k3v6q2m4t7xa>@<domain-k3v6q2m4t7xb>",
    "<password>",
    "<k3v6q2m4t7xa",
    "4bf92f3577b34da6",
    "\"status\": 503,",
    "\"user\":\"a \\\"b\\\" <ip-abcd-efgh-k3v6q2m4t7xa>\"",
    "{\"a\":\"",
    "user=bob",
    "==",
    "=\"",
    "\\",
    "0",
    "007",
    "4711",
    "999999999999999999999",
    "café",
    "Ü",
    "😀",
    "\u{fffd}",
    " ",
    "-",
    ".",
    "\t",
    "[main] INFO ",
    "ssh2",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(FRAGMENTS.to_vec()), 0..6).prop_map(|parts| parts.concat())
}

/// A record, and where in its body the variables are.
fn record() -> impl Strategy<Value = (Record<'static>, Vec<Range<usize>>)> {
    let id = || proptest::option::of(select(vec!["4bf92f3577b34da6", "4711", "bob"]));
    let time = proptest::option::of((0_i64..4_000_000).prop_map(|us| {
        UtcMicros("2026-11-01T00:00:12Z".parse::<UtcMicros>().expect("a time").0 + us)
    }));
    let tail = (text(), proptest::collection::vec(text(), 0..3))
        .prop_map(|(first, more)| more.iter().fold(first, |all, line| all + "\n" + line));
    let body = proptest::collection::vec((text(), any::<bool>()), 0..5);
    let more = (0..50_u64, 1..4_u32, proptest::option::of(select(Level::ALL.to_vec())));
    (text(), body, tail, time, (id(), id(), id()), more).prop_map(
        |(header, parts, tail, time, ids, (gap, lines, level))| {
            let (mut body, mut variables) = (String::new(), Vec::new());
            for (part, varies) in parts {
                let start = body.len();
                body.push_str(&part);
                if varies {
                    variables.push(start..body.len());
                }
            }
            let record = Record {
                line: 0,
                lines,
                offset: gap,
                length: (header.len() + body.len() + tail.len()) as u64 + gap % 3,
                time,
                confidence: TimeConfidence::Exact,
                level,
                header: header.into(),
                body: body.into(),
                tail: tail.into(),
                trace_id: ids.0.map(Into::into),
                span_id: ids.1.map(Into::into),
                request_id: ids.2.map(Into::into),
                flags: Flags(gap as u8 & 15),
            };
            (record, variables)
        },
    )
}

/// The same constants are the same form.
fn form_of(record: &Record, variables: &[Range<usize>]) -> FormId {
    let mut signature = Vec::new();
    let mut at = 0;
    for variable in variables {
        signature.extend_from_slice(&record.body.as_bytes()[at..variable.start]);
        signature.push(0xFF);
        at = variable.end;
    }
    signature.extend_from_slice(&record.body.as_bytes()[at..]);
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(&signature).as_bytes()[..8]);
    FormId(u64::from_be_bytes(first))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_written_comes_back(records in proptest::collection::vec(record(), 1..60)) {
        let folder = tempfile::tempdir().expect("a folder");
        let lines = folder.path().join("lines");
        std::fs::create_dir(&lines).expect("a folder");
        let mut writer = LineWriter::create(&lines.join("0003.parquet")).expect("a writer");
        let (mut line, mut offset) = (1, 0);
        let mut written = Vec::new();
        for (mut record, variables) in records {
            record.line = line;
            // sometimes something stands between two records
            record.offset = offset + if record.offset < 40 { 0 } else { record.offset };
            line += u64::from(record.lines);
            offset = record.offset + record.length;
            let form = form_of(&record, &variables);
            let values: Vec<&str> = variables.iter().map(|at| &record.body[at.clone()]).collect();
            let place = RowPlace { file: 7, source: 2 };
            writer.push(place, &record, form, &values).expect("a row");
            written.push((record, variables, form));
        }
        prop_assert_eq!(writer.finish().expect("files"), written.len() as u64);

        let mut rows = Vec::new();
        let part = LinePart::open(folder.path(), "0003.parquet", &mut |more| {
            rows.extend(more);
            Ok(())
        })
        .expect("what was written opens");
        prop_assert_eq!(rows.len(), written.len());
        let of_rows: Vec<u32> = rows.iter().map(|row| row.shape).collect();
        let group = part.group(0, &of_rows).expect("a row group");
        let (mut clock, mut text) = (Clock::default(), Text::default());
        for (place, (row, (record, variables, form))) in rows.iter().zip(&written).enumerate() {
            prop_assert_eq!((row.line, row.lines, row.file), (record.line, record.lines, 7));
            prop_assert_eq!((row.time, row.level, row.flags), (record.time, record.level, record.flags));
            prop_assert_eq!(part.shapes()[row.shape as usize].form, *form);
            group.write(part.shapes(), row.shape, place, row.time, &mut clock, &mut text);
            let whole = format!("{}{}{}", record.header, record.body, record.tail);
            prop_assert_eq!(&text.text, &whole);
            prop_assert_eq!(&text.text[text.body.clone()], &record.body);
            let got: Vec<&str> = text.variables.iter().map(|at| &text.text[at.clone()]).collect();
            let values: Vec<&str> = variables.iter().map(|at| &record.body[at.clone()]).collect();
            prop_assert_eq!(got, values);
            prop_assert_eq!(group.bytes_of(place), Some((record.offset, record.length)));
            let ids = [Gap::Trace, Gap::Span, Gap::Request].map(|gap| group.id(gap, place));
            let wanted = [&record.trace_id, &record.span_id, &record.request_id];
            prop_assert_eq!(ids, wanted.map(|id| id.as_deref()));
        }
    }
}
