//! Every physical line of logs with its template, for those who want the lines and no bundle.
//!
//! The same steps as an ingest up to mining; nothing is stored. What is *not* here: structured
//! files, whose times would also anchor those of the logs, and columns.

use std::sync::Arc;

use mainstay_core::{Level, UtcMicros};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::host::Hosts;
use super::logs::Task;
use super::passage::{Edit, Masks, Passage, Preparation};
use super::pipe::{self, Taker};
use super::survey::Surveyed;
use super::{IngestError, KnownTimes, Options, note_overflow, plan, stop_if_cancelled, survey};
use crate::mine::{Dictionary, FormId, Miner, Seen};
use crate::open::{self, Input, Phase, Progress};
use crate::parse::log::LogReader;
use crate::parse::told::Shapes;
use crate::problem::{Problem, Problems};
use crate::recognise::Kind;
use crate::record::{Record, TimeConfidence};
use crate::redact::Redactor;

/// Whether lines are redacted before they are mined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redaction {
    On,
    /// Only for lines that never leave the machine of the one who asks.
    Off,
}

/// All lines of all logs, mined.
#[derive(Debug)]
pub struct Mined {
    /// The logs, by path.
    pub files: Vec<MinedFile>,
    pub dictionary: Dictionary,
    pub problems: Vec<Problem>,
    /// Files that hold no lines of a log, by path, with what they are.
    pub passed_over: Vec<(String, String)>,
}

/// One log.
#[derive(Debug)]
pub struct MinedFile {
    /// Redacted, like everything here.
    pub path: String,
    /// `CRI › Spring Boot`.
    pub format: String,
    pub lines: u64,
    rows: Vec<Row>,
}

/// One physical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinedLine<'a> {
    /// From 1.
    pub line: u64,
    /// Of the record's body, with `<*>` where it varies; all lines of a record carry it. Empty for
    /// a line that is in no record.
    pub template: &'a str,
    /// The template's id.
    pub cluster: Option<&'a str>,
    /// Of the record; stated, or taken from the record before it.
    pub time: Option<UtcMicros>,
    pub level: Option<Level>,
    /// Where the body begins, in bytes of the line as it was before redaction; 0 in a line that
    /// only goes on.
    pub body_start: u32,
}

/// A record; forms become templates when all are known.
#[derive(Debug)]
struct Row {
    line: u64,
    form: FormId,
    time: Option<UtcMicros>,
    lines: u32,
    body_start: u32,
    level: Option<Level>,
}

impl Mined {
    /// Shows every line of `file` in order, blank ones too.
    ///
    /// # Errors
    /// The first error of `show`, which ends it.
    pub fn lines<E>(
        &self,
        file: &MinedFile,
        mut show: impl FnMut(MinedLine<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = file.rows.iter().peekable();
        for line in 1..=file.lines {
            while rows.next_if(|row| row.line + u64::from(row.lines) <= line).is_some() {}
            let row = rows.peek().filter(|row| row.line <= line);
            let template = row.and_then(|row| self.dictionary.template_of(row.form));
            show(MinedLine {
                line,
                template: template.map_or("", |template| &template.text),
                cluster: template.map(|template| template.id.as_str()),
                time: row.and_then(|row| row.time),
                level: row.and_then(|row| row.level),
                body_start: row.filter(|row| row.line == line).map_or(0, |row| row.body_start),
            })?;
        }
        Ok(())
    }
}

/// Opens, recognises, redacts, reads and mines the inputs, and stores nothing.
///
/// # Errors
/// As [`super::ingest`], but for what concerns writing.
pub fn mine(
    inputs: Vec<Input>,
    options: &Options,
    redaction: Redaction,
    progress: &dyn Progress,
) -> Result<Mined, IngestError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.max(1))
        .build()
        .map_err(IngestError::Threads)?;
    pool.install(|| run(inputs, options, redaction, progress))
}

fn run(
    inputs: Vec<Input>,
    options: &Options,
    redaction: Redaction,
    progress: &dyn Progress,
) -> Result<Mined, IngestError> {
    let limits = &options.limits;
    let mut problems = Problems::new(limits.problems_per_code);
    let opened = open::open(inputs, limits, &mut problems, progress);
    stop_if_cancelled(progress)?;
    if opened.files.is_empty() {
        return Err(IngestError::Unreadable(problems.kept().to_vec()));
    }
    let redactor =
        super::identities::redactor(&opened, options.pseudonym_key, options.rules.as_ref());
    problems.rewrite_paths(|path| redactor.session().text(path).into_owned());
    let survey = survey::survey(&opened.files, &redactor, &mut problems);
    let hosts = Hosts::of(&survey);
    let task = |times| Task {
        redactor: &redactor,
        options,
        times,
        span_start: &|_: &str| None,
        progress,
        hosts: &hosts,
    };
    let mut times = KnownTimes::default();
    times.extend(plan::stated_times(&survey, &task(times)));
    let task = task(times);
    let (large, small): (Vec<&Surveyed<'_>>, Vec<_>) = survey
        .files
        .iter()
        .filter(|file| file.has_lines())
        .partition(|file| pipe::is_large(file, limits));
    let read = |file: &Surveyed<'_>| Ok((file.id, read(file, &task, redaction)?));
    let mut parts: Vec<(u32, Part)> =
        small.into_par_iter().map(read).collect::<Result<_, IngestError>>()?;
    for file in large {
        parts.push(read(file)?);
    }
    parts.sort_by_key(|(id, _)| *id);
    let mut miner = Miner::new(limits);
    let mut files = Vec::with_capacity(parts.len());
    for (_, part) in parts {
        problems.merge(part.problems);
        miner.merge(part.miner);
        files.push(part.file);
    }
    note_overflow(&miner, &mut problems);
    progress.report(Phase::Mining, 0, 0, 0, None);
    let others = survey.files.iter().filter(|file| !file.has_lines());
    Ok(Mined {
        files,
        dictionary: miner.finish(),
        problems: problems.kept().to_vec(),
        passed_over: others.map(|it| (it.path.clone(), it.recognition.label.clone())).collect(),
    })
}

struct Part {
    file: MinedFile,
    miner: Miner,
    problems: Problems,
}

fn read(file: &Surveyed<'_>, task: &Task<'_>, redaction: Redaction) -> Result<Part, IngestError> {
    let limits = &task.options.limits;
    let mut problems = Problems::new(limits.problems_per_code);
    let mut reading = FileReading {
        reader: LogReader::new(plan::plan(file, task), limits),
        rows: Rows {
            source: file.source.unwrap_or_default(),
            file: file.id,
            miner: Miner::new(limits),
            rows: Vec::new(),
            edits: Vec::new(),
            redactor: task.redactor,
        },
    };
    let preparation = Preparation {
        redactor: task.redactor,
        path: &file.file.path,
        redaction,
        encoding: file.recognition.encoding,
        edits: true,
        tokens: limits.tokens,
    };
    let (counts, _) = pipe::run(file, task, preparation, &mut problems, &mut reading)?;
    let FileReading { reader, mut rows } = reading;
    let mut sink = |record: Record<'_>| rows.take(&record, &mut Masks::default());
    let summary = reader.finish(&mut sink, &file.path, &mut problems);
    let is_log = file.recognition.kind == Kind::Log;
    let Rows { miner, rows, .. } = rows;
    let file = MinedFile {
        path: file.path.clone(),
        format: if is_log { summary.label } else { file.recognition.label.clone() },
        lines: counts.lines,
        rows,
    };
    Ok(Part { file, miner, problems })
}

/// A file on its way to rows.
struct FileReading<'t> {
    reader: LogReader,
    rows: Rows<'t>,
}

impl Taker for FileReading<'_> {
    fn shapes(&self) -> Arc<Shapes> {
        self.reader.shapes()
    }

    fn take(&mut self, passage: &mut Passage<'_>) -> Result<(), IngestError> {
        let Self { reader, rows } = self;
        rows.edits.append(&mut passage.edits);
        passage.read(reader, &mut |record, masks| rows.take(&record, masks));
        let open = reader.first_open_line().unwrap_or(u64::MAX);
        rows.edits.retain(|edit| edit.line >= open);
        Ok(())
    }
}

/// Makes rows of records.
struct Rows<'t> {
    redactor: &'t Redactor,
    source: u32,
    file: u32,
    miner: Miner,
    rows: Vec<Row>,
    /// Lines of this passage and of open records that redaction changed, in order.
    edits: Vec<Edit>,
}

impl Rows<'_> {
    fn take(&mut self, record: &Record<'_>, masks: &mut Masks<'_>) {
        let seen = Seen {
            source: self.source,
            file: self.file,
            line: record.line,
            time: record.time,
            level: record.level,
        };
        let (form, _) = masks.count(&record.body, &mut self.miner, seen);
        let start = record.header.find('\n').unwrap_or(record.header.len());
        let edit = self.edits.binary_search_by_key(&record.line, |edit| edit.line);
        let start = edit.map_or(start, |at| self.edits[at].before(start, self.redactor));
        self.rows.push(Row {
            line: record.line,
            form,
            time: record.time.filter(|_| record.confidence <= TimeConfidence::Inherited),
            lines: record.lines,
            body_start: u32::try_from(start).unwrap_or(u32::MAX),
            level: record.level,
        });
    }
}
