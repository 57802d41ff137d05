//! One record as people see it.

use mainstay_core::{Level, UtcMicros};

use super::{Bundle, Selection, ViewError};
use crate::record::{Flags, TimeConfidence};

/// Bytes of continuation lines that a list shows; the rest is one click away.
pub const MORE_BYTES_MAX: usize = 4 << 10;

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
        let mut rows = Vec::with_capacity(last - first);
        for (row, position) in selection.rows[first..last].iter().zip(first as u64..) {
            rows.push(self.full(*row, position)?.line);
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
        self.full(row, u64::from(self.index.rank(row)))
    }

    fn full(&self, row: u32, position: u64) -> Result<LineFull, ViewError> {
        let index = &self.index;
        let stored = self.stored_row(row)?;
        let body = index.form(row).fill(&stored.variables);
        let more_full = stored.tail.strip_prefix('\n').unwrap_or(&stored.tail).to_owned();
        let template = self.dictionary.templates.get(index.template(row) as usize);
        let line = LineRow {
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
            text: format!("{}{body}", stored.header),
            more: (!stored.tail.is_empty())
                .then(|| cut_at_boundary(&more_full, MORE_BYTES_MAX).to_owned()),
            more_lines: index.lines(row).saturating_sub(1),
            body_start: stored.header.encode_utf16().count().try_into().unwrap_or(u32::MAX),
        };
        let file = self.manifest.files.get(index.file(row) as usize);
        Ok(LineFull {
            line,
            path: file.map_or_else(String::new, |file| file.path.clone()),
            offset: stored.offset,
            length: stored.length,
            header: stored.header,
            body,
            more_full,
            trace_id: stored.trace_id,
            span_id: stored.span_id,
            request_id: stored.request_id,
            variables: stored.variables,
            flags: index.flags(row),
        })
    }
}

fn cut_at_boundary(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}
