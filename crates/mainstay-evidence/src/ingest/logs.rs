//! Reads every file of lines: decode, redact, split into records, mine, store. Files are grouped
//! by size in the order of their ids; a group is one `lines/NNNN.parquet`, so the result is the same
//! for any number of threads. Groups of small files are read side by side, then those with large
//! files one after the other, each by all threads (`pipe`).

use std::sync::{Arc, Mutex, PoisonError};

use mainstay_core::{Level, UtcMicros};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::balance::Flow;
use super::host::Hosts;
use super::mined::Redaction;
use super::passage::{Masks, Passage, Preparation};
use super::pipe::{self, Taker};
use super::plan;
use super::redactions::FileRedactions;
use super::store::Staging;
use super::structured::KnownTimes;
use super::survey::{Survey, Surveyed};
use super::{IngestError, Options, stop_if_cancelled};
use crate::columns::{ColumnsError, LineWriter, RowPlace};
use crate::finding::Traces;
use crate::mine::{Miner, Seen};
use crate::open::Progress;
use crate::parse::log::LogReader;
use crate::parse::told::Shapes;
use crate::problem::Problems;
use crate::recognise::Kind;
use crate::record::Record;
use crate::redact::Redactor;
use crate::skew::Sightings;

/// Small files share a column file; a task of about this size keeps both cores busy.
const GROUP_BYTES: u64 = 1 << 20;

/// What every group needs.
pub(super) struct Task<'a> {
    pub(super) redactor: &'a Redactor,
    pub(super) options: &'a Options,
    pub(super) times: KnownTimes,
    /// When a span began, by its id.
    pub(super) span_start: &'a (dyn Fn(&str) -> Option<UtcMicros> + Sync),
    pub(super) progress: &'a dyn Progress,
    pub(super) hosts: &'a Hosts,
}

/// What reading all groups gave.
pub(super) struct Logs {
    /// By group.
    pub(super) parts: Vec<Part>,
    pub(super) noted: Noted,
}

/// What all groups add to, in any order; one for each of them would be too much to hold.
pub(super) struct Noted {
    pub(super) miner: Miner,
    pub(super) traces: Traces,
}

/// What reading a group gave.
pub(super) struct Part {
    pub(super) files: Vec<FileCounts>,
    pub(super) problems: Problems,
    pub(super) flow: Flow,
}

/// What reading a file gave.
pub(super) struct FileCounts {
    pub(super) file: u32,
    /// What the reader made of a log; other texts keep the name they were recognised by.
    pub(super) label: Option<String>,
    pub(super) lines: u64,
    pub(super) blank_lines: u64,
    pub(super) records: u64,
    pub(super) timed: u64,
    pub(super) errors: u64,
    pub(super) warns: u64,
    pub(super) first: Option<UtcMicros>,
    pub(super) last: Option<UtcMicros>,
    pub(super) redactions: Option<FileRedactions>,
    /// Which requests it saw, and when.
    pub(super) sightings: Sightings,
}

/// All groups, in order.
pub(super) fn read(
    survey: &Survey<'_>,
    task: &Task<'_>,
    staging: &Staging,
) -> Result<Logs, IngestError> {
    let limits = &task.options.limits;
    let noted = Mutex::new(Noted { miner: Miner::new(limits), traces: Traces::default() });
    let read = |(number, files): (usize, &Vec<&Surveyed<'_>>)| {
        Ok((number, read_group(number, files, task, staging, &noted)?))
    };
    let groups = group(survey);
    let is_large = |group: &[&Surveyed<'_>]| {
        group.iter().any(|file| pipe::is_large(file, &task.options.limits))
    };
    let numbered = || groups.iter().enumerate();
    let small: Vec<(usize, &Vec<&Surveyed<'_>>)> =
        numbered().filter(|(_, group)| !is_large(group)).collect();
    let mut parts: Vec<(usize, Part)> =
        small.into_par_iter().map(read).collect::<Result<_, IngestError>>()?;
    for group in numbered().filter(|(_, group)| is_large(group)) {
        parts.push(read(group)?);
    }
    parts.sort_by_key(|(number, _)| *number);
    let parts = parts.into_iter().map(|(_, part)| part).collect();
    let noted = noted.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Logs { parts, noted })
}

fn read_group(
    number: usize,
    files: &[&Surveyed<'_>],
    task: &Task<'_>,
    staging: &Staging,
    noted: &Mutex<Noted>,
) -> Result<Part, IngestError> {
    let path = staging.path(&format!("lines/{number:04}.parquet"));
    let mut group = Group {
        task,
        writer: LineWriter::create(&path)?,
        miner: Miner::new(&task.options.limits),
        traces: Traces::default(),
        problems: Problems::new(task.options.limits.problems_per_code),
        flow: Flow::default(),
    };
    let mut counts = Vec::with_capacity(files.len());
    for file in files {
        stop_if_cancelled(task.progress)?;
        counts.push(group.read(file)?);
    }
    group.finish(counts, noted)
}

fn group<'s, 'a>(survey: &'s Survey<'a>) -> Vec<Vec<&'s Surveyed<'a>>> {
    let mut groups: Vec<Vec<&Surveyed<'a>>> = Vec::new();
    let mut bytes = GROUP_BYTES;
    for file in survey.files.iter().filter(|file| file.has_lines()) {
        if bytes >= GROUP_BYTES {
            groups.push(Vec::new());
            bytes = 0;
        }
        bytes += file.file.size_bytes;
        if let Some(group) = groups.last_mut() {
            group.push(file);
        }
    }
    groups
}

struct Group<'a> {
    task: &'a Task<'a>,
    writer: LineWriter,
    miner: Miner,
    traces: Traces,
    problems: Problems,
    flow: Flow,
}

impl Group<'_> {
    fn finish(mut self, files: Vec<FileCounts>, noted: &Mutex<Noted>) -> Result<Part, IngestError> {
        self.flow.rows = self.writer.finish()?;
        let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.miner.merge(self.miner);
        noted.traces.merge(self.traces);
        Ok(Part { files, problems: self.problems, flow: self.flow })
    }

    fn read(&mut self, file: &Surveyed<'_>) -> Result<FileCounts, IngestError> {
        let task = self.task;
        let limits = &task.options.limits;
        let mut problems = Problems::new(limits.problems_per_code);
        let mut reading = FileReading {
            reader: LogReader::new(plan::plan(file, task), limits),
            tally: Tally::new(file),
            lines_redacted: 0,
            group: self,
        };
        let preparation = Preparation {
            redactor: task.redactor,
            path: &file.file.path,
            redaction: Redaction::On,
            encoding: file.recognition.encoding,
            edits: false,
            tokens: limits.tokens,
        };
        let (line_counts, redactions) =
            pipe::run(file, task, preparation, &mut problems, &mut reading)?;
        let FileReading { reader, mut tally, lines_redacted, .. } = reading;
        let mut failed = None;
        let mut sink = |record: Record<'_>| {
            if failed.is_none() {
                failed = self.take(&mut tally, &record, &mut Masks::default()).err();
            }
        };
        let summary = reader.finish(&mut sink, &file.path, &mut problems);
        if let Some(error) = failed {
            return Err(error.into());
        }
        self.flow.add(&Flow {
            file_bytes: file.file.size_bytes,
            record_bytes: tally.bytes,
            blank_bytes: summary.blank_bytes,
            lines_in: line_counts.lines,
            lines_redacted,
            record_lines: tally.lines,
            blank_lines: summary.blank_lines,
            rows: 0,
        });
        let counts = FileCounts {
            file: file.id,
            label: (file.recognition.kind == Kind::Log).then_some(summary.label),
            lines: line_counts.lines,
            blank_lines: summary.blank_lines,
            records: tally.records,
            timed: tally.timed,
            errors: tally.errors,
            warns: tally.warns,
            first: tally.first,
            last: tally.last,
            redactions: FileRedactions::of(file.id, redactions),
            sightings: tally.sightings,
        };
        self.problems.merge(problems);
        Ok(counts)
    }
}

impl Group<'_> {
    /// Takes a record on its way into the columns.
    fn take(
        &mut self,
        tally: &mut Tally,
        record: &Record<'_>,
        masks: &mut Masks<'_>,
    ) -> Result<(), ColumnsError> {
        tally.add(record);
        let place = tally.place;
        self.traces.note(place.file, place.source, record);
        let seen = Seen {
            source: place.source,
            file: place.file,
            line: record.line,
            time: record.time,
            level: record.level,
        };
        let (form, variables) = masks.count(&record.body, &mut self.miner, seen);
        self.writer.push(place, record, form, &variables)
    }
}

/// A file on its way into the columns.
struct FileReading<'g, 't> {
    reader: LogReader,
    tally: Tally,
    lines_redacted: u64,
    group: &'g mut Group<'t>,
}

impl Taker for FileReading<'_, '_> {
    fn shapes(&self) -> Arc<Shapes> {
        self.reader.shapes()
    }

    fn take(&mut self, passage: &mut Passage<'_>) -> Result<(), IngestError> {
        self.lines_redacted += passage.lines_of_text();
        let Self { reader, tally, group, .. } = self;
        let mut failed = None;
        passage.read(reader, &mut |record, masks| {
            if failed.is_none() {
                failed = group.take(tally, &record, masks).err();
            }
        });
        failed.map_or(Ok(()), |error| Err(error.into()))
    }
}

/// Counts the records of a file on their way into the columns.
struct Tally {
    place: RowPlace,
    records: u64,
    lines: u64,
    bytes: u64,
    timed: u64,
    errors: u64,
    warns: u64,
    first: Option<UtcMicros>,
    last: Option<UtcMicros>,
    sightings: Sightings,
}

impl Tally {
    fn new(file: &Surveyed<'_>) -> Self {
        Self {
            place: RowPlace { file: file.id, source: file.source.unwrap_or_default() },
            records: 0,
            lines: 0,
            bytes: 0,
            timed: 0,
            errors: 0,
            warns: 0,
            first: None,
            last: None,
            sightings: Sightings::default(),
        }
    }

    fn add(&mut self, record: &Record<'_>) {
        self.records += 1;
        self.lines += u64::from(record.lines);
        self.bytes += record.length;
        self.sightings.see(record);
        match record.level {
            Some(Level::Error | Level::Fatal) => self.errors += 1,
            Some(Level::Warn) => self.warns += 1,
            _ => {}
        }
        if let Some(time) = record.time {
            self.timed += 1;
            self.first = Some(self.first.map_or(time, |first| first.min(time)));
            self.last = Some(self.last.map_or(time, |last| last.max(time)));
        }
    }
}
