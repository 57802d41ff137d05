//! How a file's bytes stand for characters, decided on its sample.

use std::borrow::Cow;

use super::Sample;
use crate::limits::Limits;
use crate::parse::lines::Lines;

/// A character set that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Latin-1, with Windows-1252 where Latin-1 has controls: every byte is a character.
    Latin1,
}

/// What ends a record's bytes. Where it is no line end, what the reader calls a line is one such
/// record, brought into one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Framing {
    #[default]
    Lines,
    /// Objects in an array that is so deep in the document; 0 for documents one after the other.
    JsonElements(u8),
    /// `<Event>…</Event>` of Windows.
    XmlEvents,
    /// Syslog messages, each after its length (RFC 6587).
    CountedOctets,
    /// Entries of `journalctl -o export`, each ended by an empty line.
    JournalExport,
}

/// Character set and line ends of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Encoding {
    pub charset: Charset,
    /// Lines end at a lone CR: the sample has no LF.
    pub lone_cr: bool,
    pub framing: Framing,
}

/// Bytes of a text that may be controls other than blanks and ESC, one in so many.
const CONTROLS_ONE_IN: usize = 50;

impl Encoding {
    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.charset {
            Charset::Utf8 => "UTF-8",
            Charset::Utf16Le => "UTF-16 LE",
            Charset::Utf16Be => "UTF-16 BE",
            Charset::Latin1 => "Latin-1",
        }
    }

    /// A part of the file as text, line ends included, for looking at and not for reading.
    pub(crate) fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.charset {
            Charset::Utf8 => {
                let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
                String::from_utf8_lossy(bytes)
            }
            Charset::Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
            Charset::Utf16Le | Charset::Utf16Be => {
                let big = self.charset == Charset::Utf16Be;
                let units = bytes.chunks_exact(2).map(|pair| match pair {
                    [first, second] if big => u16::from_be_bytes([*first, *second]),
                    [first, second] => u16::from_le_bytes([*first, *second]),
                    _ => 0xFFFD,
                });
                char::decode_utf16(units)
                    .map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .filter(|character| *character != '\u{feff}')
                    .collect()
            }
        }
    }

    /// The lines of a decoded part, as the reader would give them.
    pub(crate) fn lines(self, text: &str) -> Vec<String> {
        let decoded = Self { charset: Charset::Utf8, ..self };
        let mut reader = Lines::new(text.as_bytes(), decoded, &Limits::default());
        let mut lines = Vec::new();
        while let Some(line) = reader.next() {
            lines.push(line.text.into_owned());
        }
        lines
    }
}

/// The encoding of a text; `None` for bytes that are no text.
pub(crate) fn detect(sample: &Sample) -> Option<Encoding> {
    let charset = match sample.head {
        [0xFF, 0xFE, ..] => Charset::Utf16Le,
        [0xFE, 0xFF, ..] => Charset::Utf16Be,
        [0xEF, 0xBB, 0xBF, ..] => Charset::Utf8,
        head => match units_by_nuls(head) {
            Some(charset) => charset,
            None => bytes_charset(sample)?,
        },
    };
    let parts = [sample.head, sample.middle, sample.tail];
    let has = |byte| parts.iter().any(|part| memchr::memchr(byte, part).is_some());
    let lone_cr = !has(b'\n') && has(b'\r');
    Some(Encoding { charset, lone_cr, framing: Framing::Lines })
}

/// UTF-16 without a mark: nearly every second byte of Western text is NUL.
fn units_by_nuls(head: &[u8]) -> Option<Charset> {
    let head = &head[..head.len().min(4_096) & !1];
    let mut even = 0;
    let mut odd = 0;
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0 && pair[1] != 0);
        odd += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    let units = head.len() / 2;
    if units < 4 {
        return None;
    }
    if odd * 10 >= units * 7 && even * 10 < units {
        Some(Charset::Utf16Le)
    } else if even * 10 >= units * 7 && odd * 10 < units {
        Some(Charset::Utf16Be)
    } else {
        None
    }
}

fn bytes_charset(sample: &Sample) -> Option<Charset> {
    let mut bytes = ByteCounts::default();
    for part in [sample.head, sample.middle, sample.tail] {
        bytes.take(part);
    }
    let too_many = |count: usize| count * CONTROLS_ONE_IN > bytes.total;
    if bytes.total == 0 || too_many(bytes.controls) || bytes.invalid * 3 > bytes.total {
        return None;
    }
    // characters of UTF-8 beside more broken ones than an edge of the sample may cut
    let edges = 6;
    if bytes.invalid <= bytes.characters || (bytes.invalid <= edges && bytes.characters > 0) {
        return Some(Charset::Utf8);
    }
    // what stands where letters do is a letter; a few stray bytes are damage
    let letters = bytes.letters * 2 >= bytes.invalid;
    let damage = bytes.invalid * STRAY_ONE_IN <= bytes.total;
    Some(if letters || !damage { Charset::Latin1 } else { Charset::Utf8 })
}

/// Stray bytes of an otherwise plain text, at most one in so many.
const STRAY_ONE_IN: usize = 10;

#[derive(Default)]
struct ByteCounts {
    /// Bytes that are not NUL: a log cut while it was written ends or goes on in NULs, and those
    /// are no sign of a binary.
    total: usize,
    controls: usize,
    /// Characters of UTF-8 beyond ASCII.
    characters: usize,
    invalid: usize,
    /// Invalid sequences that are a letter or a mark beside one, in Windows-1252.
    letters: usize,
}

impl ByteCounts {
    fn take(&mut self, part: &[u8]) {
        let mut end = 0;
        for chunk in part.utf8_chunks() {
            let valid = chunk.valid();
            self.characters += valid.chars().filter(|character| !character.is_ascii()).count();
            self.controls += valid.bytes().filter(|byte| is_control(*byte)).count();
            end += valid.len();
            let invalid = chunk.invalid();
            if !invalid.is_empty() {
                self.invalid += 1;
                self.letters += usize::from(is_letter(part, end, invalid.len()));
                end += invalid.len();
            }
        }
        self.total += part.len() - part.iter().filter(|byte| **byte == 0).count();
    }
}

/// Do the bytes read as part of a word in Windows-1252? A run of many is no word.
fn is_letter(part: &[u8], start: usize, length: usize) -> bool {
    let plausible = |byte: &u8| matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0x99 | 0xA1..=0xD6 | 0xD8..=0xF6 | 0xF8..=0xFD);
    let around = part[..start].iter().rev().take(2).chain(part[start + length..].iter().take(2));
    let beside = around.filter(|byte| byte.is_ascii_alphanumeric()).count() > 0;
    part[start..start + length].iter().all(plausible) && beside
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, 0 | b'\t' | b'\n' | b'\r' | 0x0C | 0x1B | 0x08 | 0x07)
}
