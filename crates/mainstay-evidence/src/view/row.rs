//! One record as people see it.

use std::collections::BTreeSet;

use mainstay_core::{Level, UtcMicros};

use super::text::TextReader;
use super::{Bundle, Selection, ViewError};
use crate::columns::{Gap, Text};
use crate::record::{Flags, TimeConfidence};

/// Bytes of continuation lines that a list shows; the rest is one click away.
pub const MORE_BYTES_MAX: usize = 4 << 10;

/// Rows of a window whose row groups are read at once.
const PREFETCHED_MAX: usize = 1_000;

/// Records before and after one; more is the file itself.
const CONTEXT_MAX: usize = 1_000;

/// A record in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The record's number in the bundle; stays the same under any filter.
    pub row: u64,
    /// Its place in the selection.
    pub position: u64,
    pub file: u32,
    /// First physical line, from 1.
    pub line: u64,
    /// Physical lines.
    pub lines: u32,
    pub source: u32,
    pub time: Option<UtcMicros>,
    pub time_confidence: TimeConfidence,
    pub level: Option<Level>,
    /// Template id.
    pub template: String,
    /// Header and message of the first line.
    pub text: String,
    /// Continuation lines, cut at [`MORE_BYTES_MAX`].
    pub more: Option<String>,
    /// Continuation lines in all.
    pub more_lines: u32,
    /// Where the message begins in `text`, in UTF-16 units.
    pub body_start: u32,
}

/// A record with everything that is stored of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFull {
    /// `position` is its place among all records.
    pub line: LineRow,
    pub path: String,
    /// Byte offset in the unpacked file.
    pub offset: u64,
    /// Bytes in the unpacked file.
    pub length: u64,
    pub header: String,
    pub body: String,
    /// All continuation lines.
    pub more_full: String,
    pub trace_id: Option<String>,
    pub span_id: Option<String>,
    pub request_id: Option<String>,
    pub variables: Vec<String>,
    pub flags: Flags,
}

impl Bundle {
    /// The records at `offset..offset + limit` of the selection.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn window(
        &self,
        selection: &Selection,
        offset: u64,
        limit: usize,
    ) -> Result<Vec<LineRow>, ViewError> {
        let first = usize::try_from(offset).unwrap_or(usize::MAX).min(selection.rows.len());
        let last = first.saturating_add(limit).min(selection.rows.len());
        let wanted = &selection.rows[first..last];
        // more would push each other out of memory
        self.prefetch(&wanted[..wanted.len().min(PREFETCHED_MAX)])?;
        let mut reader = TextReader::new(self);
        let mut rows = Vec::with_capacity(wanted.len());
        for (row, position) in wanted.iter().zip(first as u64..) {
            reader.read(*row)?;
            rows.push(self.line_row(*row, position, &reader.text));
        }
        Ok(rows)
    }

    /// One record with all its parts.
    ///
    /// # Errors
    /// When there is no such row or a stored file is damaged.
    pub fn line(&self, row: u64) -> Result<LineFull, ViewError> {
        let row = u32::try_from(row).map_err(|_| ViewError::NoSuchRow)?;
        if row as usize >= self.index.len() {
            return Err(ViewError::NoSuchRow);
        }
        let position = u64::from(self.index.rank(row));
        let mut reader = TextReader::new(self);
        let (group, place) = reader.read(row)?;
        let (offset, length) = group.bytes_of(place).ok_or(ViewError::NoSuchRow)?;
        let id = |gap| group.id(gap, place).map(str::to_owned);
        let (trace_id, span_id, request_id) = (id(Gap::Trace), id(Gap::Span), id(Gap::Request));
        let text = &reader.text;
        let line = self.line_row(row, position, text);
        let file = self.manifest.files.get(line.file as usize);
        let tail = &text.text[text.body.end..];
        Ok(LineFull {
            line,
            path: file.map_or_else(String::new, |file| file.path.clone()),
            offset,
            length,
            header: text.text[..text.body.start].to_owned(),
            body: text.text[text.body.clone()].to_owned(),
            more_full: tail.strip_prefix('\n').unwrap_or(tail).to_owned(),
            trace_id,
            span_id,
            request_id,
            variables: text.variables.iter().map(|at| text.text[at.clone()].to_owned()).collect(),
            flags: self.index.flags(row),
        })
    }

    /// The records of some rows and up to `count` records before and after each in its file, in the
    /// order of files and lines; a record of two neighbourhoods once. `position` is the place among
    /// all records.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn with_context(
        &self,
        around: &[LineRow],
        count: usize,
    ) -> Result<Vec<LineRow>, ViewError> {
        let count = u32::try_from(count.min(CONTEXT_MAX)).unwrap_or(0);
        let mut rows = BTreeSet::new();
        for line in around {
            let row = u32::try_from(line.row).map_err(|_| ViewError::NoSuchRow)?;
            let of_file = self.index.rows_of_file(row);
            let first = row.saturating_sub(count).max(of_file.start);
            rows.extend(first..row.saturating_add(count + 1).min(of_file.end));
        }
        let rows: Vec<u32> = rows.into_iter().collect();
        self.prefetch(&rows[..rows.len().min(PREFETCHED_MAX)])?;
        let mut reader = TextReader::new(self);
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            reader.read(row)?;
            let position = u64::from(self.index.rank(row));
            found.push(self.line_row(row, position, &reader.text));
        }
        Ok(found)
    }

    /// The records around one.
    ///
    /// # Errors
    /// When there is no such row or a stored file is damaged.
    pub fn context(&self, row: u64, count: usize) -> Result<Vec<LineRow>, ViewError> {
        let line = self.line(row)?.line;
        self.with_context(&[line], count)
    }

    fn line_row(&self, row: u32, position: u64, text: &Text) -> LineRow {
        let index = &self.index;
        let (said, tail) = text.text.split_at(text.body.end);
        let more = tail.strip_prefix('\n').unwrap_or(tail);
        let template = self.dictionary.templates.get(index.template(row) as usize);
        LineRow {
            row: u64::from(row),
            position,
            file: index.file(row),
            line: index.line(row),
            lines: index.lines(row),
            source: index.source(row),
            time: index.time(row),
            time_confidence: index.confidence(row),
            level: index.level(row),
            template: template.map_or_else(String::new, |template| template.id.clone()),
            text: said.to_owned(),
            more: (!tail.is_empty()).then(|| cut_at_boundary(more, MORE_BYTES_MAX).to_owned()),
            more_lines: index.lines(row).saturating_sub(1),
            body_start: utf16_units(&said[..text.body.start]),
        }
    }
}

fn utf16_units(text: &str) -> u32 {
    text.encode_utf16().count().try_into().unwrap_or(u32::MAX)
}

fn cut_at_boundary(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}
