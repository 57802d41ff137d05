//! The small columns of all records in memory: what filters, histograms and facets are made of.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mainstay_core::{Level, UtcMicros};
use rayon::slice::ParallelSliceMut;

use super::packed::Packed;
use super::{OpenError, Rows};
use crate::columns::{ColumnsError, IndexRow, LinePart};
use crate::manifest::{Manifest, StoredFile};
use crate::mine::{Dictionary, Form, FormId};
use crate::record::{Flags, TimeConfidence};
use crate::skew::Corrections;

/// Stands for "no time" in the time column; jiff ends long before.
const UNTIMED: i64 = i64::MAX;

/// Stands for "no level" in the level column.
const NO_LEVEL: u8 = 0x0F;

/// Records that may begin between the first line of a record and its last one.
const INTERLEAVED_MAX: usize = 4_096;

/// One column each, by row; a row is a record's number in stored order. Every byte here is in
/// memory once for each record, so columns are packed.
pub(crate) struct Index {
    parts: Vec<Part>,
    /// Rows of one file are stored together.
    files: Vec<FileRows>,
    times: Packed,
    /// The times as the lines state them; `None` where no clock is corrected.
    stated: Option<Packed>,
    /// Level in the lowest four bits, time confidence in the next four, then the flags.
    classes: Packed,
    /// After the first line of its file.
    lines: Packed,
    line_counts: Packed,
    /// Number of the shape, counted over all parts.
    shapes: Packed,
    /// Index into `forms`, by number of the shape.
    form_of: Vec<u32>,
    forms: Vec<Form>,
    /// Rows by time, source, file, line; untimed last.
    order: Rows,
}

/// A stored part and the numbers of its first row and first shape.
pub(crate) struct Part {
    pub(crate) lines: LinePart,
    pub(crate) first_row: u32,
    pub(crate) first_shape: u32,
}

/// The rows of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileRows {
    pub(crate) first_row: u32,
    pub(crate) file: u32,
    pub(crate) source: u32,
    first_line: u64,
}

impl Index {
    /// Reads the small columns of every part.
    pub(crate) fn load(
        folder: &Path,
        stored: &[StoredFile],
        dictionary: &Dictionary,
        corrections: &Corrections,
    ) -> Result<Self, OpenError> {
        let mut names: Vec<&str> =
            stored.iter().filter_map(|file| file.path.strip_prefix("lines/")).collect();
        names.sort_unstable();
        let form_index: HashMap<FormId, u32> =
            dictionary.forms.keys().zip(0_u32..).map(|(id, index)| (*id, index)).collect();
        let mut index = Self::empty(dictionary.forms.values().cloned().collect());
        for name in names {
            let (first_row, first_shape) = (index.len_u32(), index.form_of.len() as u32);
            let mut fits = true;
            let lines = LinePart::open(folder, name, &mut |rows| {
                for row in rows {
                    fits &= index.push(&row, first_shape, corrections);
                }
                if fits { Ok(()) } else { Err(ColumnsError::Column("line")) }
            });
            if !fits {
                let what = "more records or lines than this version can number";
                return Err(OpenError::Counts(what.to_owned()));
            }
            let lines = lines?;
            for shape in lines.shapes() {
                let Some(form) = form_index.get(&shape.form) else {
                    return Err(OpenError::Counts(format!(
                        "{name} names a form that is not stored"
                    )));
                };
                index.form_of.push(*form);
            }
            index.parts.push(Part { lines, first_row, first_shape });
        }
        index.sort();
        Ok(index)
    }

    fn empty(forms: Vec<Form>) -> Self {
        Self {
            parts: Vec::new(),
            files: Vec::new(),
            times: Packed::default(),
            stated: None,
            classes: Packed::default(),
            lines: Packed::default(),
            line_counts: Packed::default(),
            shapes: Packed::default(),
            form_of: Vec::new(),
            forms,
            order: Rows::from([]),
        }
    }

    /// Adds a row; `false` when its numbers are too large for this version.
    fn push(&mut self, row: &IndexRow, first_shape: u32, corrections: &Corrections) -> bool {
        let number = self.times.len();
        if self.files.last().is_none_or(|last| last.file != row.file) {
            self.files.push(FileRows {
                first_row: number as u32,
                file: row.file,
                source: row.source,
                first_line: row.line,
            });
        }
        let first_line = self.files.last().map_or(0, |last| last.first_line);
        let line = row.line.checked_sub(first_line).and_then(|line| u32::try_from(line).ok());
        let (Some(line), Some(shape), Ok(number)) =
            (line, row.shape.checked_add(first_shape), u32::try_from(number))
        else {
            return false;
        };
        let level = row.level.map_or(NO_LEVEL, |level| level as u8);
        let stated = row.time.map_or(UNTIMED, |time| time.0);
        let time = row.time.map_or(UNTIMED, |time| corrections.apply(row.file, time).0);
        if time != stated {
            self.stated.get_or_insert_with(|| self.times.copied());
        }
        if let Some(of_lines) = &mut self.stated {
            of_lines.push(stated);
        }
        let class = level | (row.confidence as u8) << 4;
        self.times.push(time);
        self.classes.push(i64::from(class) | i64::from(row.flags.0) << 8);
        self.lines.push(i64::from(line));
        self.line_counts.push(i64::from(row.lines));
        self.shapes.push(i64::from(shape));
        number < u32::MAX
    }

    /// Files are mostly in order, so runs are merged rather than rows sorted.
    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..self.len_u32()).collect();
        order.par_sort_by(|left, right| self.compare(*left, *right));
        self.order = Rows::from(order);
    }

    /// By time; most rows differ in it, and the rest of the key is dear.
    fn compare(&self, left: u32, right: u32) -> Ordering {
        let time = |row: u32| self.times.get(row as usize);
        time(left).cmp(&time(right)).then_with(|| self.key(left).cmp(&self.key(right)))
    }

    fn key(&self, row: u32) -> (i64, u32, u32, i64, u32) {
        let at = row as usize;
        let file = self.file_rows(row);
        (self.times.get(at), file.source, file.file, self.lines.get(at), row)
    }

    /// Do the rows agree with what ingest counted?
    pub(crate) fn check(&self, manifest: &Manifest, dictionary: &Dictionary) -> Result<(), String> {
        let records = self.len() as u64;
        let in_files: u64 = manifest.files.iter().map(|file| file.records).sum();
        let in_templates: u64 =
            dictionary.templates.iter().map(|template| template.tally.count).sum();
        let shapes = self.parts.iter().flat_map(|part| part.lines.shapes());
        let in_shapes: u64 = shapes.map(|shape| shape.records).sum();
        let equations = [
            ("records in the manifest", manifest.totals.records),
            ("records of the files", in_files),
            ("records of the templates", in_templates),
            ("records of the shapes", in_shapes),
        ];
        for (name, count) in equations {
            if count != records {
                return Err(format!("{records} records are stored, {count} {name}"));
            }
        }
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.times.len()
    }

    fn len_u32(&self) -> u32 {
        self.times.len() as u32
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The rows of every file, in stored order.
    pub(crate) fn files(&self) -> impl Iterator<Item = (FileRows, Range<u32>)> {
        let ends = self.files.iter().skip(1).map(|file| file.first_row).chain([self.len_u32()]);
        self.files.iter().zip(ends).map(|(file, end)| (*file, file.first_row..end))
    }

    /// The part and row group that hold a row, and the row's place in the group.
    pub(crate) fn place_of(&self, row: u32) -> Option<(usize, usize, usize)> {
        let part = self.parts.partition_point(|part| part.first_row <= row).checked_sub(1)?;
        let within = u64::from(row - self.parts[part].first_row);
        let lines = &self.parts[part].lines;
        let group = lines.group_of(within)?;
        let rows = lines.rows_of(group);
        rows.contains(&within).then_some((part, group, (within - rows.start) as usize))
    }

    /// The rows of a row group.
    pub(crate) fn rows_of(&self, part: usize, group: usize) -> Range<u32> {
        let part = &self.parts[part];
        let rows = part.lines.rows_of(group);
        part.first_row + rows.start as u32..part.first_row + rows.end as u32
    }

    pub(crate) fn order(&self) -> &Rows {
        &self.order
    }

    /// Puts rows into the order of [`Self::order`].
    pub(crate) fn put_in_order(&self, rows: &mut [u32]) {
        rows.par_sort_unstable_by(|left, right| self.compare(*left, *right));
    }

    /// Where a row stands in [`Self::order`].
    pub(crate) fn rank(&self, row: u32) -> u32 {
        self.order.partition_point(|other| self.compare(*other, row) == Ordering::Less) as u32
    }

    /// Where a row stands in a part of [`Self::order`]; `None` when it is not in it.
    pub(crate) fn rank_in(&self, rows: &[u32], row: u32) -> Option<usize> {
        rows.binary_search_by(|other| self.compare(*other, row)).ok()
    }

    pub(crate) fn time(&self, row: u32) -> Option<UtcMicros> {
        let time = self.times.get(row as usize);
        (time != UNTIMED).then_some(UtcMicros(time))
    }

    /// The years that lines write, with those beside them for their zones; `None` where they may be
    /// any or are too many to be told apart.
    pub(crate) fn years(&self) -> Option<RangeInclusive<i16>> {
        const YEARS_MAX: i16 = 50;
        let timed = self.order.partition_point(|row| self.time(*row).is_some());
        let (first, last) = (*self.order.first()?, *self.order.get(timed.checked_sub(1)?)?);
        let year = |row: u32| {
            let second = self.time(row)?.0.div_euclid(1_000_000);
            Some(Timestamp::from_second(second).ok()?.to_zoned(TimeZone::UTC).year())
        };
        let (first, last) = (year(first)?, year(last)?);
        // a clock that is corrected may be decades off
        let are_known = self.stated.is_none() && first > 0 && last - first <= YEARS_MAX;
        are_known.then(|| first - 1..=last + 1)
    }

    /// The time that the line states, which is part of its text.
    pub(crate) fn stated_time(&self, row: u32) -> Option<UtcMicros> {
        let time = self.stated.as_ref().unwrap_or(&self.times).get(row as usize);
        (time != UNTIMED).then_some(UtcMicros(time))
    }

    fn class(&self, row: u32) -> usize {
        self.classes.get(row as usize) as usize
    }

    pub(crate) fn level(&self, row: u32) -> Option<Level> {
        Level::ALL.get(self.class(row) & 0x0F).copied()
    }

    pub(crate) fn confidence(&self, row: u32) -> TimeConfidence {
        let confidence = self.class(row) >> 4 & 0x0F;
        TimeConfidence::ALL.get(confidence).copied().unwrap_or(TimeConfidence::None)
    }

    pub(crate) fn flags(&self, row: u32) -> Flags {
        Flags((self.class(row) >> 8) as u8)
    }

    fn file_rows(&self, row: u32) -> &FileRows {
        let after = match self.files.as_slice() {
            [_] => 1,
            files => files.partition_point(|file| file.first_row <= row),
        };
        &self.files[after.saturating_sub(1)]
    }

    /// The rows of the file that a row is of.
    pub(crate) fn rows_of_file(&self, row: u32) -> Range<u32> {
        let after = self.files.partition_point(|file| file.first_row <= row);
        let start = after.checked_sub(1).map_or(0, |at| self.files[at].first_row);
        start..self.files.get(after).map_or(self.len_u32(), |next| next.first_row)
    }

    pub(crate) fn file(&self, row: u32) -> u32 {
        self.file_rows(row).file
    }

    pub(crate) fn source(&self, row: u32) -> u32 {
        self.file_rows(row).source
    }

    pub(crate) fn line(&self, row: u32) -> u64 {
        self.file_rows(row).first_line + self.lines.get(row as usize) as u64
    }

    pub(crate) fn lines(&self, row: u32) -> u32 {
        self.line_counts.get(row as usize) as u32
    }

    pub(crate) fn form(&self, row: u32) -> &Form {
        &self.forms[self.form_number(row) as usize]
    }

    /// Index in [`Self::forms`] of the row's form.
    pub(crate) fn form_number(&self, row: u32) -> u32 {
        self.form_of_shape(self.shape(row))
    }

    pub(crate) fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The shape of a row, counted over all parts.
    pub(crate) fn shape(&self, row: u32) -> u32 {
        self.shapes.get(row as usize) as u32
    }

    /// The shapes of the rows of a row group, counted from the first of its part.
    pub(crate) fn shapes_of(&self, part: usize, group: usize) -> Vec<u32> {
        let first = self.parts[part].first_shape;
        self.rows_of(part, group).map(|row| self.shape(row) - first).collect()
    }

    /// How many shapes there are in all parts.
    pub(crate) fn shape_count(&self) -> usize {
        self.form_of.len()
    }

    /// Index in [`Self::forms`] of a shape's form.
    pub(crate) fn form_of_shape(&self, shape: u32) -> u32 {
        self.form_of[shape as usize]
    }

    /// Index of the row's template in the dictionary.
    pub(crate) fn template(&self, row: u32) -> u32 {
        self.form(row).template
    }

    /// The row of the record that covers a line of a file. Rows of a file are stored together and
    /// in the order of their first lines; between the lines of one record may stand others.
    pub(crate) fn row_at(&self, file: u32, line: u64) -> Option<u32> {
        let (_, rows) = self.files().find(|(of, _)| of.file == file)?;
        let first = rows.start;
        let before = self.partition(rows, |row| self.line(row) <= line);
        // lines since a record began that no later record began are left for it
        (first..before)
            .rev()
            .take(INTERLEAVED_MAX)
            .zip(0_u64..)
            .find(|(row, later)| line - self.line(*row) < u64::from(self.lines(*row)) + later)
            .map(|(row, _)| row)
    }

    fn partition(&self, rows: Range<u32>, before: impl Fn(u32) -> bool) -> u32 {
        let (mut low, mut high) = (rows.start, rows.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
