//! A run of neighbouring lines, cut out but not yet decoded: what one thread works on at a time.

use super::decode::{Flaws, decode};
use super::lines::Line;
use crate::recognise::Encoding;

/// Where a line stands in its file and in its chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawLine {
    pub(super) number: u64,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) cut: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Whole lines of a file; filled again and again by `Lines::fill`.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub(super) raw: Vec<u8>,
    pub(super) lines: Vec<RawLine>,
}

impl Chunk {
    /// The number of the first line.
    pub(crate) fn first_line(&self) -> u64 {
        self.lines.first().map_or(1, |line| line.number)
    }

    /// Shows each line; answers what was wrong with the bytes.
    pub(crate) fn each(&self, encoding: Encoding, mut see: impl FnMut(Line<'_>)) -> Flaws {
        let mut flaws = Flaws::default();
        for line in &self.lines {
            let RawLine { number, offset, length, cut, start, end } = *line;
            let text = decode(&self.raw[start..end], encoding, (number, offset), &mut flaws);
            see(Line { number, offset, length, text, cut });
        }
        flaws
    }
}
