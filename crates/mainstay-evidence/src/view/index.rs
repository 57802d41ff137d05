//! The small columns of all records in memory: what filters, histograms and facets are made of.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

use mainstay_core::{Level, UtcMicros};
use rayon::slice::ParallelSliceMut;

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

/// A record of this many lines or more is looked up in `long`.
const LONG_LINES: u8 = u8::MAX;

/// Records that may begin between the first line of a record and its last one.
const INTERLEAVED_MAX: usize = 4_096;

/// One column each, by row; a row is a record's number in stored order. Every byte here is in
/// memory once for each record.
pub(crate) struct Index {
    parts: Vec<Part>,
    /// Rows of one file are stored together.
    files: Vec<FileRows>,
    times: Vec<i64>,
    /// The times as the lines state them; empty where no clock is corrected.
    stated: Vec<i64>,
    /// Level in the low half, time confidence in the high half.
    classes: Vec<u8>,
    flags: Vec<u8>,
    /// After the first line of its file.
    lines: Vec<u32>,
    line_counts: Vec<u8>,
    /// The counts that do not fit.
    long: BTreeMap<u32, u32>,
    /// Number of the shape, counted over all parts.
    shapes: Vec<u32>,
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
        records: u64,
        corrections: &Corrections,
    ) -> Result<Self, OpenError> {
        let mut names: Vec<&str> =
            stored.iter().filter_map(|file| file.path.strip_prefix("lines/")).collect();
        names.sort_unstable();
        let form_index: HashMap<FormId, u32> =
            dictionary.forms.keys().zip(0_u32..).map(|(id, index)| (*id, index)).collect();
        let mut index = Self::empty(dictionary.forms.values().cloned().collect());
        index.expect(records);
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
            times: Vec::new(),
            stated: Vec::new(),
            classes: Vec::new(),
            flags: Vec::new(),
            lines: Vec::new(),
            line_counts: Vec::new(),
            long: BTreeMap::new(),
            shapes: Vec::new(),
            form_of: Vec::new(),
            forms,
            order: Rows::from([]),
        }
    }

    /// Takes the memory at once: growing by doubling would take it twice. A manifest that lies is
    /// found by `check`.
    fn expect(&mut self, records: u64) {
        let records = usize::try_from(records.min(u64::from(u32::MAX))).unwrap_or(0);
        let taken = self
            .times
            .try_reserve_exact(records)
            .and_then(|()| self.classes.try_reserve_exact(records))
            .and_then(|()| self.flags.try_reserve_exact(records))
            .and_then(|()| self.lines.try_reserve_exact(records))
            .and_then(|()| self.line_counts.try_reserve_exact(records))
            .and_then(|()| self.shapes.try_reserve_exact(records));
        // without it the columns grow as they come
        let _ = taken;
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
        let count = u8::try_from(row.lines).unwrap_or(LONG_LINES);
        if count == LONG_LINES {
            self.long.insert(number, row.lines);
        }
        let stated = row.time.map_or(UNTIMED, |time| time.0);
        let time = row.time.map_or(UNTIMED, |time| corrections.apply(row.file, time).0);
        if self.stated.is_empty() && time != stated {
            self.stated.clone_from(&self.times);
        }
        if !self.stated.is_empty() || time != stated {
            self.stated.push(stated);
        }
        self.times.push(time);
        self.classes.push(level | (row.confidence as u8) << 4);
        self.flags.push(row.flags.0);
        self.lines.push(line);
        self.line_counts.push(count);
        self.shapes.push(shape);
        number < u32::MAX
    }

    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..self.len_u32()).collect();
        if !order.is_sorted_by_key(|row| self.key(*row)) {
            order.par_sort_unstable_by_key(|row| self.key(*row));
        }
        self.order = Rows::from(order);
    }

    fn key(&self, row: u32) -> (i64, u32, u32, u32, u32) {
        let at = row as usize;
        let time = self.times[at];
        let file = self.file_rows(row);
        (time, file.source, file.file, self.lines[at], row)
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
        rows.par_sort_unstable_by_key(|row| self.key(*row));
    }

    /// Where a row stands in [`Self::order`].
    pub(crate) fn rank(&self, row: u32) -> u32 {
        let key = self.key(row);
        self.order.partition_point(|other| self.key(*other) < key) as u32
    }

    /// Where a row stands in a part of [`Self::order`]; `None` when it is not in it.
    pub(crate) fn rank_in(&self, rows: &[u32], row: u32) -> Option<usize> {
        let key = self.key(row);
        rows.binary_search_by_key(&key, |other| self.key(*other)).ok()
    }

    pub(crate) fn time(&self, row: u32) -> Option<UtcMicros> {
        let time = self.times[row as usize];
        (time != UNTIMED).then_some(UtcMicros(time))
    }

    /// The time that the line states, which is part of its text.
    pub(crate) fn stated_time(&self, row: u32) -> Option<UtcMicros> {
        let times = if self.stated.is_empty() { &self.times } else { &self.stated };
        let time = times[row as usize];
        (time != UNTIMED).then_some(UtcMicros(time))
    }

    pub(crate) fn level(&self, row: u32) -> Option<Level> {
        Level::ALL.get(usize::from(self.classes[row as usize] & 0x0F)).copied()
    }

    pub(crate) fn confidence(&self, row: u32) -> TimeConfidence {
        let class = usize::from(self.classes[row as usize] >> 4);
        TimeConfidence::ALL.get(class).copied().unwrap_or(TimeConfidence::None)
    }

    pub(crate) fn flags(&self, row: u32) -> Flags {
        Flags(self.flags[row as usize])
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
        self.file_rows(row).first_line + u64::from(self.lines[row as usize])
    }

    pub(crate) fn lines(&self, row: u32) -> u32 {
        match self.line_counts[row as usize] {
            LONG_LINES => self.long.get(&row).copied().unwrap_or(u32::from(LONG_LINES)),
            count => u32::from(count),
        }
    }

    pub(crate) fn form(&self, row: u32) -> &Form {
        &self.forms[self.form_number(row) as usize]
    }

    /// Index in [`Self::forms`] of the row's form.
    pub(crate) fn form_number(&self, row: u32) -> u32 {
        self.form_of_shape(self.shapes[row as usize])
    }

    pub(crate) fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The shapes of some rows, counted over all parts.
    pub(crate) fn shapes(&self, rows: Range<u32>) -> &[u32] {
        &self.shapes[rows.start as usize..rows.end as usize]
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
