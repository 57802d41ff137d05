//! Physical lines of foreign bytes: bounded, decoded, without colour codes, with exact places.
//!
//! A line ends at LF (a CR before it is not part of it), at a lone CR only in a file without LF,
//! or at the end of the file. Where a line ends needs all bytes before it; its text (`decode`) needs
//! only its own. What is *not* here: redaction and any meaning of the text.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::chunk::{Chunk, RawLine};
use super::decode::{Flaws, decode};
use super::framing::Framer;
use crate::limits::Limits;
use crate::problem::{Problem, ProblemCode, Problems};
use crate::recognise::{Charset, Encoding, Framing};

/// One physical line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'t> {
    /// From 1. Where records are not lines, the record's number.
    pub number: u64,
    /// Of its first byte in the unpacked file.
    pub offset: u64,
    /// Bytes including the line end, a byte order mark and what a limit cut.
    pub length: u64,
    /// Decoded, without line end, NULs and ANSI sequences, cut at the limit.
    pub text: Cow<'t, str>,
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

/// Reads lines one by one, or a chunk of them at a time; holds no more than was asked for.
pub struct Lines<R> {
    reader: R,
    encoding: Encoding,
    line_bytes: usize,
    raw: Vec<u8>,
    counts: LineCounts,
    flaws: Flaws,
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
            flaws: Flaws::default(),
            first_cut: None,
            failed: false,
            framer: Framer::default(),
        }
    }

    /// The next line; `None` at the end of the file or where reading failed.
    #[expect(clippy::should_implement_trait, reason = "the line borrows from the reader")]
    pub fn next(&mut self) -> Option<Line<'_>> {
        self.raw.clear();
        let raw = self.read_line()?;
        let place = (raw.number, raw.offset);
        let text = decode(&self.raw, self.encoding, place, &mut self.flaws);
        let RawLine { number, offset, length, cut, .. } = raw;
        Some(Line { number, offset, length, text, cut })
    }

    /// Fills a chunk with the next lines, about `bytes` of them, undecoded; `false` at the end. What
    /// is wrong with their text is told by the chunk.
    pub(crate) fn fill(&mut self, chunk: &mut Chunk, bytes: usize) -> bool {
        std::mem::swap(&mut self.raw, &mut chunk.raw);
        self.raw.clear();
        chunk.lines.clear();
        while self.raw.len() < bytes
            && let Some(line) = self.read_line()
        {
            chunk.lines.push(line);
        }
        std::mem::swap(&mut self.raw, &mut chunk.raw);
        !chunk.lines.is_empty()
    }

    /// Adds what a chunk of this file told of its text; chunks must come in order.
    pub(crate) fn note(&mut self, flaws: &Flaws) {
        self.flaws.merge(flaws);
    }

    /// Appends the bytes of the next line to `raw`.
    fn read_line(&mut self) -> Option<RawLine> {
        let start = self.raw.len();
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
        let end = self.raw.len();
        let cut = length > (end - start) as u64;
        if cut {
            self.counts.cut_lines += 1;
            self.first_cut.get_or_insert((number, offset));
        }
        Some(RawLine { number, offset, length, cut, start, end })
    }

    /// Reports what was wrong with the bytes.
    pub fn finish(self, path: &str, problems: &mut Problems) -> LineCounts {
        let flaws = self.flaws;
        let counts = LineCounts {
            nul_bytes: flaws.nul_bytes,
            invalid_sequences: flaws.invalid_sequences,
            ..self.counts
        };
        let mut note = |code, place: Option<(u64, u64)>, detail: &str, count| {
            if let Some((line, offset)) = place {
                let mut problem = Problem::new(code, Some(path), detail).at_line(line, offset);
                problem.count = count;
                problems.push(problem);
            }
        };
        note(
            ProblemCode::InvalidUtf8,
            flaws.first_invalid,
            "bytes that are no text in the file's encoding were replaced by U+FFFD",
            counts.invalid_sequences,
        );
        note(ProblemCode::NulBytes, flaws.first_nul, "NUL bytes were skipped", counts.nul_bytes);
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

    fn read_bytes(&mut self) -> u64 {
        let lone_cr = self.encoding.lone_cr;
        self.read_until(|_, buffer| {
            let end = if lone_cr {
                memchr::memchr2(b'\n', b'\r', buffer)
            } else {
                memchr::memchr(b'\n', buffer)
            };
            end.map(|end| end + 1)
        })
    }

    /// The same for units of two bytes, whose line end is a unit.
    fn read_units(&mut self) -> u64 {
        let newline = match self.encoding.charset {
            Charset::Utf16Be => [0, b'\n'],
            _ => [b'\n', 0],
        };
        let mut first_of_unit = None;
        self.read_until(|_, buffer| {
            for (at, byte) in buffer.iter().enumerate() {
                match first_of_unit.take() {
                    None => first_of_unit = Some(*byte),
                    Some(first) if [first, *byte] == newline => return Some(at + 1),
                    Some(_) => {}
                }
            }
            None
        })
    }

    /// The same for records that are not lines.
    fn read_frame(&mut self) -> u64 {
        let wide = matches!(self.encoding.charset, Charset::Utf16Le | Charset::Utf16Be);
        let big_end = self.encoding.charset == Charset::Utf16Be;
        let framing = self.encoding.framing;
        let mut first_of_unit = None;
        self.read_until(|framer, buffer| {
            for (at, byte) in buffer.iter().enumerate() {
                let ascii = match first_of_unit.take() {
                    None if wide => {
                        first_of_unit = Some(*byte);
                        continue;
                    }
                    None => *byte,
                    Some(first) => {
                        let (high, low) = if big_end { (first, *byte) } else { (*byte, first) };
                        if high == 0 { low } else { NOT_ASCII }
                    }
                };
                if framer.ends_after(framing, ascii) {
                    return Some(at + 1);
                }
            }
            None
        })
    }

    /// Fills `raw` up to the limit until `end` finds where the record ends, told as how many bytes
    /// of the buffer belong to it; returns all bytes of the record, 0 at the end of the file.
    fn read_until(&mut self, mut end: impl FnMut(&mut Framer, &[u8]) -> Option<usize>) -> u64 {
        let most = self.raw.len() + self.line_bytes;
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
            let ended = end(&mut self.framer, buffer);
            let taken = ended.unwrap_or(buffer.len());
            let room = most.saturating_sub(self.raw.len());
            self.raw.extend_from_slice(&buffer[..taken.min(room)]);
            self.reader.consume(taken);
            length += taken as u64;
            if ended.is_some() {
                return length;
            }
        }
    }
}

/// Stands for a unit of UTF-16 beyond ASCII.
const NOT_ASCII: u8 = 0xff;
