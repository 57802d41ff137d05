//! Reads every file of lines: decode, redact, split into records, mine, store. Files are grouped
//! by size in the order of their ids; a group is one task and one `lines/NNNN.parquet`, so the
//! result is the same for any number of threads.

use mainstay_core::{Level, UtcMicros};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::balance::Flow;
use super::plan;
use super::redactions::FileRedactions;
use super::store::Staging;
use super::structured::KnownTimes;
use super::survey::{Survey, Surveyed};
use super::{IngestError, Options, stop_if_cancelled};
use crate::columns::{ColumnsError, LineWriter, RowPlace};
use crate::mine::{Miner, Seen};
use crate::open::{Phase, Progress};
use crate::parse::log::LogReader;
use crate::problem::Problems;
use crate::recognise::Kind;
use crate::record::Record;
use crate::redact::Redactor;

/// Small files share a column file; a task of about this size keeps both cores busy.
const GROUP_BYTES: u64 = 1 << 20;

/// Lines between two reports of progress.
pub(super) const PROGRESS_LINES: u64 = 10_000;

/// What every group needs.
pub(super) struct Task<'a> {
    pub(super) redactor: &'a Redactor,
    pub(super) options: &'a Options,
    pub(super) times: KnownTimes,
    /// When a span began, by its id.
    pub(super) span_start: &'a (dyn Fn(&str) -> Option<UtcMicros> + Sync),
    pub(super) progress: &'a dyn Progress,
}

/// What reading a group gave.
pub(super) struct Part {
    pub(super) files: Vec<FileCounts>,
    pub(super) miner: Miner,
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
}

/// All groups, in order.
pub(super) fn read(
    survey: &Survey<'_>,
    task: &Task<'_>,
    staging: &Staging,
) -> Result<Vec<Part>, IngestError> {
    group(survey)
        .into_par_iter()
        .enumerate()
        .map(|(number, files)| {
            let path = staging.path(&format!("lines/{number:04}.parquet"));
            let mut group = Group {
                task,
                writer: LineWriter::create(&path)?,
                miner: Miner::new(&task.options.limits),
                problems: Problems::new(task.options.limits.problems_per_code),
                flow: Flow::default(),
            };
            let mut counts = Vec::with_capacity(files.len());
            for file in files {
                stop_if_cancelled(task.progress)?;
                counts.push(group.read(file)?);
            }
            group.finish(counts)
        })
        .collect()
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
    problems: Problems,
    flow: Flow,
}

impl Group<'_> {
    fn finish(mut self, files: Vec<FileCounts>) -> Result<Part, IngestError> {
        self.flow.rows = self.writer.finish()?;
        Ok(Part { files, miner: self.miner, problems: self.problems, flow: self.flow })
    }

    fn read(&mut self, file: &Surveyed<'_>) -> Result<FileCounts, IngestError> {
        let task = self.task;
        let limits = &task.options.limits;
        let plan = plan::plan(file, task);
        let mut problems = Problems::new(limits.problems_per_code);
        let mut reader = LogReader::new(plan, limits);
        let mut session = task.redactor.session_for(&file.file.path);
        let mut tally = Tally::new(file);
        let mut failed = None;
        let (writer, miner) = (&mut self.writer, &mut self.miner);
        let mut sink = |record: Record| {
            if failed.is_none() {
                failed = tally.take(&record, writer, miner).err();
            }
        };
        let mut lines = plan::lines_of(file, task);
        let mut ticker = Ticker::new(task.progress, &file.path);
        let mut redacted = 0;
        while let Some(mut line) = lines.next() {
            ticker.line(line.length);
            redacted += plan::redact_line(&mut session, &mut line);
            reader.push(line, &mut sink);
            if ticker.lines == 0 {
                stop_if_cancelled(task.progress)?;
            }
        }
        ticker.finish();
        let line_counts = lines.finish(&file.path, &mut problems);
        let summary = reader.finish(&mut sink, &file.path, &mut problems);
        if let Some(error) = failed {
            return Err(error.into());
        }
        self.flow.add(&Flow {
            file_bytes: file.file.size_bytes,
            record_bytes: tally.bytes,
            blank_bytes: summary.blank_bytes,
            lines_in: line_counts.lines,
            lines_redacted: redacted,
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
            redactions: FileRedactions::of(file.id, session.finish()),
        };
        self.problems.merge(problems);
        Ok(counts)
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
        }
    }

    fn take(
        &mut self,
        record: &Record,
        writer: &mut LineWriter,
        miner: &mut Miner,
    ) -> Result<(), ColumnsError> {
        self.records += 1;
        self.lines += u64::from(record.lines);
        self.bytes += record.length;
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
        let seen = Seen {
            source: self.place.source,
            file: self.place.file,
            line: record.line,
            time: record.time,
            level: record.level,
        };
        let mined = miner.observe(&record.body, seen);
        writer.push(self.place, record, mined.form, &mined.variables)
    }
}

/// Reports every few thousand lines and at the end of a file.
struct Ticker<'a> {
    progress: &'a dyn Progress,
    path: &'a str,
    bytes: u64,
    lines: u64,
}

impl<'a> Ticker<'a> {
    fn new(progress: &'a dyn Progress, path: &'a str) -> Self {
        Self { progress, path, bytes: 0, lines: 0 }
    }

    fn line(&mut self, bytes: u64) {
        self.bytes += bytes;
        self.lines += 1;
        if self.lines == PROGRESS_LINES {
            self.send(0);
        }
    }

    fn finish(mut self) {
        self.send(1);
    }

    fn send(&mut self, files: u64) {
        self.progress.report(Phase::Reading, self.bytes, files, self.lines, Some(self.path));
        self.bytes = 0;
        self.lines = 0;
    }
}
