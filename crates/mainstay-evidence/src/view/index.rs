//! The small columns of all records in memory: what filters, histograms and facets are made of.

use std::collections::HashMap;
use std::path::Path;

use mainstay_core::{Level, UtcMicros};
use rayon::slice::ParallelSliceMut;

use super::{OpenError, Rows};
use crate::columns::{IndexRow, LinePart};
use crate::manifest::{Manifest, StoredFile};
use crate::mine::{Dictionary, Form, FormId};
use crate::record::{Flags, TimeConfidence};
use crate::skew::Corrections;

/// Stands for "no time" in the time column; jiff ends long before.
const UNTIMED: i64 = i64::MAX;

/// Stands for "no level" in the level column.
const NO_LEVEL: u8 = u8::MAX;

/// One column each, by row; a row is a record's number in stored order.
pub(crate) struct Index {
    parts: Vec<Part>,
    times: Vec<i64>,
    levels: Vec<u8>,
    confidences: Vec<u8>,
    flags: Vec<u8>,
    files: Vec<u32>,
    sources: Vec<u32>,
    lines: Vec<u64>,
    line_counts: Vec<u32>,
    /// Index into `forms`.
    form_of: Vec<u32>,
    forms: Vec<Form>,
    /// Rows by time, source, file, line; untimed last.
    order: Rows,
    /// Where a row stands in `order`.
    rank: Vec<u32>,
}

/// A stored file and the number of its first row.
pub(crate) struct Part {
    pub(crate) lines: LinePart,
    pub(crate) first_row: u64,
}

impl Index {
    /// Reads the small columns of every `lines/*.parquet`.
    pub(crate) fn load(
        folder: &Path,
        stored: &[StoredFile],
        dictionary: &Dictionary,
        corrections: &Corrections,
    ) -> Result<Self, OpenError> {
        let mut paths: Vec<&str> = stored
            .iter()
            .map(|file| file.path.as_str())
            .filter(|path| path.starts_with("lines/"))
            .collect();
        paths.sort_unstable();
        let forms: Vec<Form> = dictionary.forms.values().cloned().collect();
        let form_index: HashMap<FormId, u32> =
            dictionary.forms.keys().zip(0_u32..).map(|(id, index)| (*id, index)).collect();
        let mut index = Self::empty(forms);
        for path in paths {
            let lines = LinePart::open(&folder.join(path))?;
            let first_row = index.times.len() as u64;
            let mut unknown_form = false;
            lines.index(&mut |row| match form_index.get(&row.form) {
                Some(form) => index.push(&row, *form, corrections),
                None => unknown_form = true,
            })?;
            if unknown_form {
                return Err(OpenError::Counts(format!("{path} names a form that is not stored")));
            }
            index.parts.push(Part { lines, first_row });
        }
        if u32::try_from(index.times.len()).is_err() {
            return Err(OpenError::Counts("more records than this version can number".to_owned()));
        }
        index.sort();
        Ok(index)
    }

    fn empty(forms: Vec<Form>) -> Self {
        Self {
            parts: Vec::new(),
            times: Vec::new(),
            levels: Vec::new(),
            confidences: Vec::new(),
            flags: Vec::new(),
            files: Vec::new(),
            sources: Vec::new(),
            lines: Vec::new(),
            line_counts: Vec::new(),
            form_of: Vec::new(),
            forms,
            order: Rows::from([]),
            rank: Vec::new(),
        }
    }

    fn push(&mut self, row: &IndexRow, form: u32, corrections: &Corrections) {
        let time = row.time.map(|time| corrections.apply(row.file, time));
        self.times.push(time.map_or(UNTIMED, |time| time.0));
        self.levels.push(row.level.map_or(NO_LEVEL, |level| level as u8));
        self.confidences.push(row.confidence as u8);
        self.flags.push(row.flags.0);
        self.files.push(row.file);
        self.sources.push(row.source);
        self.lines.push(row.line);
        self.line_counts.push(row.lines);
        self.form_of.push(form);
    }

    fn sort(&mut self) {
        let count = self.times.len() as u32;
        let mut order: Vec<u32> = (0..count).collect();
        order.par_sort_unstable_by_key(|row| {
            let at = *row as usize;
            (self.times[at], self.sources[at], self.files[at], self.lines[at], *row)
        });
        self.rank = vec![0; order.len()];
        for (rank, row) in (0_u32..).zip(&order) {
            self.rank[*row as usize] = rank;
        }
        self.order = Rows::from(order);
    }

    /// Do the rows agree with what ingest counted?
    pub(crate) fn check(&self, manifest: &Manifest, dictionary: &Dictionary) -> Result<(), String> {
        let records = self.len() as u64;
        let in_files: u64 = manifest.files.iter().map(|file| file.records).sum();
        let in_templates: u64 =
            dictionary.templates.iter().map(|template| template.tally.count).sum();
        let equations = [
            ("records in the manifest", manifest.totals.records),
            ("records of the files", in_files),
            ("records of the templates", in_templates),
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

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The part that holds a row, and the row's place in it.
    pub(crate) fn part_of(&self, row: u32) -> Option<(usize, u64)> {
        let row = u64::from(row);
        let part = self.parts.partition_point(|part| part.first_row <= row).checked_sub(1)?;
        let place = row - self.parts[part].first_row;
        (place < self.parts[part].lines.rows()).then_some((part, place))
    }

    pub(crate) fn order(&self) -> &Rows {
        &self.order
    }

    pub(crate) fn rank(&self, row: u32) -> u32 {
        self.rank[row as usize]
    }

    pub(crate) fn time(&self, row: u32) -> Option<UtcMicros> {
        let time = self.times[row as usize];
        (time != UNTIMED).then_some(UtcMicros(time))
    }

    pub(crate) fn level(&self, row: u32) -> Option<Level> {
        Level::ALL.get(usize::from(self.levels[row as usize])).copied()
    }

    pub(crate) fn confidence(&self, row: u32) -> TimeConfidence {
        let class = usize::from(self.confidences[row as usize]);
        TimeConfidence::ALL.get(class).copied().unwrap_or(TimeConfidence::None)
    }

    pub(crate) fn flags(&self, row: u32) -> Flags {
        Flags(self.flags[row as usize])
    }

    pub(crate) fn file(&self, row: u32) -> u32 {
        self.files[row as usize]
    }

    pub(crate) fn source(&self, row: u32) -> u32 {
        self.sources[row as usize]
    }

    pub(crate) fn line(&self, row: u32) -> u64 {
        self.lines[row as usize]
    }

    pub(crate) fn lines(&self, row: u32) -> u32 {
        self.line_counts[row as usize]
    }

    pub(crate) fn form(&self, row: u32) -> &Form {
        &self.forms[self.form_of[row as usize] as usize]
    }

    pub(crate) fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// Index of the row's form in [`Self::forms`].
    pub(crate) fn form_number(&self, row: u32) -> u32 {
        self.form_of[row as usize]
    }

    /// Index of the row's template in the dictionary.
    pub(crate) fn template(&self, row: u32) -> u32 {
        self.form(row).template
    }

    /// The row of the record that covers a line of a file. Rows of a file are stored together and
    /// in the order of their lines.
    pub(crate) fn row_at(&self, file: u32, line: u64) -> Option<u32> {
        let after = self.partition(|row| (self.file(row), self.line(row)) <= (file, line));
        let row = after.checked_sub(1)?;
        let covers = self.file(row) == file && line < self.line(row) + u64::from(self.lines(row));
        covers.then_some(row)
    }

    fn partition(&self, before: impl Fn(u32) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.len() as u32);
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
