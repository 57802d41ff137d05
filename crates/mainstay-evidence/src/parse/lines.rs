//! Physical lines of foreign bytes: bounded, decoded, without colour codes, with exact places.
//!
//! A line ends at LF (a CR before it is not part of it), at a lone CR only in a file without LF,
//! or at the end of the file. What is *not* here: redaction and any meaning of the text.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::framing::{self, Framer};
use crate::limits::Limits;
use crate::problem::{Problem, ProblemCode, Problems};
use crate::recognise::{Charset, Encoding, Framing};

/// One physical line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1. Where records are not lines, the record's number.
    pub number: u64,
    /// Of its first byte in the unpacked file.
    pub offset: u64,
    /// Bytes including the line end, a byte order mark and what a limit cut.
    pub length: u64,
    /// Decoded, without line end, NULs and ANSI sequences, cut at the limit.
    pub text: String,
    /// The limit cut this line.
    pub cut: bool,
}

/// What a file's lines add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineCounts {
    pub lines: u64,
    pub bytes: u64,
    pub nul_bytes: u64,
    pub invalid_sequences: u64,
    pub cut_lines: u64,
}

/// Reads lines one by one; holds one line at most.
pub struct Lines<R> {
    reader: R,
    encoding: Encoding,
    line_bytes: usize,
    raw: Vec<u8>,
    counts: LineCounts,
    first_invalid: Option<(u64, u64)>,
    first_nul: Option<(u64, u64)>,
    first_cut: Option<(u64, u64)>,
    failed: bool,
    framer: Framer,
}

impl<R: BufRead> Lines<R> {
    /// Starts at the reader's position, which must be the start of the file.
    pub fn new(reader: R, encoding: Encoding, limits: &Limits) -> Self {
        Self {
            reader,
            encoding,
            line_bytes: limits.line_bytes,
            raw: Vec::new(),
            counts: LineCounts::default(),
            first_invalid: None,
            first_nul: None,
            first_cut: None,
            failed: false,
            framer: Framer::default(),
        }
    }

    /// The next line; `None` at the end of the file or where reading failed.
    #[expect(clippy::should_implement_trait, reason = "an iterator could not be finished")]
    pub fn next(&mut self) -> Option<Line> {
        self.raw.clear();
        let length = match self.encoding.charset {
            _ if self.encoding.framing != Framing::Lines => self.read_frame(),
            Charset::Utf16Le | Charset::Utf16Be => self.read_units(),
            _ => self.read_bytes(),
        };
        if length == 0 {
            return None;
        }
        let offset = self.counts.bytes;
        let number = self.counts.lines + 1;
        self.counts.lines = number;
        self.counts.bytes += length;
        let cut = length > self.raw.len() as u64;
        if cut {
            self.counts.cut_lines += 1;
            self.first_cut.get_or_insert((number, offset));
        }
        let text = self.decode(number, offset);
        Some(Line { number, offset, length, text, cut })
    }

    /// Reports what was wrong with the bytes.
    pub fn finish(self, path: &str, problems: &mut Problems) -> LineCounts {
        let counts = self.counts;
        let mut note = |code, place: Option<(u64, u64)>, detail: &str, count| {
            if let Some((line, offset)) = place {
                let mut problem = Problem::new(code, Some(path), detail).at_line(line, offset);
                problem.count = count;
                problems.push(problem);
            }
        };
        note(
            ProblemCode::InvalidUtf8,
            self.first_invalid,
            "bytes that are no text in the file's encoding were replaced by U+FFFD",
            counts.invalid_sequences,
        );
        note(ProblemCode::NulBytes, self.first_nul, "NUL bytes were skipped", counts.nul_bytes);
        note(
            ProblemCode::LongLine,
            self.first_cut,
            "the rest of a line beyond the limit was not read",
            counts.cut_lines,
        );
        if self.failed {
            problems.push(Problem::new(
                ProblemCode::UnreadableInput,
                Some(path),
                "the rest of the file could not be read",
            ));
        }
        counts
    }

    /// Fills `raw` up to the limit; returns all bytes of the line, 0 at the end.
    fn read_bytes(&mut self) -> u64 {
        let mut length = 0;
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok([]) => return length,
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => {
                    self.failed = true;
                    return length;
                }
            };
            let end = if self.encoding.lone_cr {
                memchr::memchr2(b'\n', b'\r', buffer)
            } else {
                memchr::memchr(b'\n', buffer)
            };
            let taken = end.map_or(buffer.len(), |end| end + 1);
            let room = self.line_bytes.saturating_sub(self.raw.len());
            self.raw.extend_from_slice(&buffer[..taken.min(room)]);
            self.reader.consume(taken);
            length += taken as u64;
            if end.is_some() {
                return length;
            }
        }
    }

    /// The same for units of two bytes, whose line end is a unit.
    fn read_units(&mut self) -> u64 {
        let newline = match self.encoding.charset {
            Charset::Utf16Be => [0, b'\n'],
            _ => [b'\n', 0],
        };
        let mut length = 0_u64;
        let mut first_of_unit = 0;
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok([]) => return length,
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => {
                    self.failed = true;
                    return length;
                }
            };
            let mut taken = 0;
            let mut ended = false;
            for byte in buffer {
                taken += 1;
                length += 1;
                if self.raw.len() < self.line_bytes {
                    self.raw.push(*byte);
                }
                if length % 2 == 1 {
                    first_of_unit = *byte;
                } else if [first_of_unit, *byte] == newline {
                    ended = true;
                    break;
                }
            }
            self.reader.consume(taken);
            if ended {
                return length;
            }
        }
    }

    /// The same for records that are not lines.
    fn read_frame(&mut self) -> u64 {
        let width = match self.encoding.charset {
            Charset::Utf16Le | Charset::Utf16Be => 2,
            Charset::Utf8 | Charset::Latin1 => 1,
        };
        let low_byte = usize::from(self.encoding.charset == Charset::Utf16Be);
        let mut length = 0_u64;
        let mut unit = [0; 2];
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok([]) => return length,
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => {
                    self.failed = true;
                    return length;
                }
            };
            let mut taken = 0;
            let mut ended = false;
            for byte in buffer {
                taken += 1;
                let place = (length % width) as usize;
                length += 1;
                if self.raw.len() < self.line_bytes {
                    self.raw.push(*byte);
                }
                unit[place] = *byte;
                if place + 1 < width as usize {
                    continue;
                }
                let ascii = if width == 2 && unit[1 - low_byte] != 0 {
                    NOT_ASCII
                } else {
                    unit[low_byte * (width as usize - 1)]
                };
                ended = self.framer.ends_after(self.encoding.framing, ascii);
                if ended {
                    break;
                }
            }
            self.reader.consume(taken);
            if ended {
                return length;
            }
        }
    }

    fn decode(&mut self, number: u64, offset: u64) -> String {
        let raw = &self.raw[..];
        let mut invalid = 0;
        let text: Cow<'_, str> = match self.encoding.charset {
            Charset::Utf16Le | Charset::Utf16Be => Cow::Owned(units_to_text(
                raw,
                self.encoding.charset == Charset::Utf16Be,
                &mut invalid,
            )),
            Charset::Latin1 => latin1_to_text(raw),
            Charset::Utf8 => utf8_to_text(raw, &mut invalid),
        };
        let mut text = text.as_ref();
        if offset == 0 {
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        let framed;
        if self.encoding.framing == Framing::Lines {
            text = text.strip_suffix('\n').unwrap_or(text);
            text = text.strip_suffix('\r').unwrap_or(text);
        } else {
            framed = framing::unframed(self.encoding.framing, text);
            text = &framed;
        }
        if invalid > 0 {
            self.counts.invalid_sequences += invalid;
            self.first_invalid.get_or_insert((number, offset));
        }
        let nul_bytes = memchr::memchr_iter(0, text.as_bytes()).count() as u64;
        if nul_bytes > 0 {
            self.counts.nul_bytes += nul_bytes;
            self.first_nul.get_or_insert((number, offset));
        }
        if nul_bytes > 0 || memchr::memchr(ESCAPE, text.as_bytes()).is_some() {
            without_controls(text)
        } else {
            text.to_owned()
        }
    }
}

const ESCAPE: u8 = 0x1b;
/// Stands for a unit of UTF-16 beyond ASCII.
const NOT_ASCII: u8 = 0xff;

/// Invalid sequences become U+FFFD; a character that the limit cut in two is dropped.
fn utf8_to_text<'r>(raw: &'r [u8], invalid: &mut u64) -> Cow<'r, str> {
    let error = match std::str::from_utf8(raw) {
        Ok(text) => return Cow::Borrowed(text),
        Err(error) => error,
    };
    if error.error_len().is_none() && !raw.ends_with(b"\n") {
        let valid = &raw[..error.valid_up_to()];
        *invalid += 1;
        return String::from_utf8_lossy(valid);
    }
    let mut text = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            *invalid += 1;
        }
    }
    Cow::Owned(text)
}

fn units_to_text(raw: &[u8], big_endian: bool, invalid: &mut u64) -> String {
    let units = raw.chunks(2).map(|pair| match (pair, big_endian) {
        ([first, second], true) => u16::from_be_bytes([*first, *second]),
        ([first, second], false) => u16::from_le_bytes([*first, *second]),
        // half a unit at the end of a cut file
        _ => 0xFFFD,
    });
    char::decode_utf16(units)
        .map(|decoded| {
            decoded.unwrap_or_else(|_| {
                *invalid += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect()
}

/// Latin-1, with Windows-1252's characters where Latin-1 has only controls.
fn latin1_to_text(raw: &[u8]) -> Cow<'_, str> {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match std::str::from_utf8(raw) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => Cow::Owned(
            raw.iter()
                .map(|byte| match byte {
                    0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
                    other => char::from(*other),
                })
                .collect(),
        ),
    }
}

/// The text without NULs and without ANSI sequences (`ESC [ … letter`, `ESC ] … BEL`, `ESC x`).
fn without_controls(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\0', '\u{1b}']) {
        clean.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        rest = if rest.as_bytes()[at] == 0 { after } else { after_escape(after) };
    }
    clean.push_str(rest);
    clean
}

fn after_escape(text: &str) -> &str {
    let body = text.get(1..).unwrap_or("");
    match text.bytes().next() {
        Some(b'[') => {
            let end = body.find(|character: char| ('\u{40}'..='\u{7e}').contains(&character));
            end.map_or("", |end| &body[end + 1..])
        }
        Some(b']') => {
            let end = body.find(['\u{7}', '\u{1b}']);
            end.map_or("", |end| body[end + 1..].strip_prefix('\\').unwrap_or(&body[end + 1..]))
        }
        Some(byte) if byte.is_ascii() => body,
        _ => text,
    }
}
