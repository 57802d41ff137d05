//! Every physical line of logs with its template, for those who want the lines and no bundle.
//!
//! The same steps as an ingest up to mining; nothing is stored. What is *not* here: structured
//! files, whose times would also anchor those of the logs, and columns.

use mainstay_core::{Level, UtcMicros};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::logs::Task;
use super::survey::Surveyed;
use super::{IngestError, KnownTimes, Options, note_overflow, plan, stop_if_cancelled, survey};
use crate::mine::{Dictionary, FormId, Miner, Seen};
use crate::open::{self, Input, Phase, Progress};
use crate::parse::log::LogReader;
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
    let task =
        |times| Task { redactor: &redactor, options, times, span_start: &|_: &str| None, progress };
    let mut times = KnownTimes::default();
    times.extend(plan::stated_times(&survey, &task(times)));
    let task = task(times);
    let parts: Vec<Part> = survey
        .files
        .par_iter()
        .filter(|file| file.has_lines())
        .map(|file| read(file, &task, redaction))
        .collect::<Result<_, IngestError>>()?;
    let mut miner = Miner::new(limits);
    let mut files = Vec::with_capacity(parts.len());
    for part in parts {
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
    let plan = plan::plan(file, task);
    let mut problems = Problems::new(limits.problems_per_code);
    let mut reader = LogReader::new(plan, limits);
    let mut session = task.redactor.session_for(&file.file.path);
    let mut taker = Taker::new(file, task);
    let mut lines = plan::lines_of(file, task);
    while let Some(mut line) = lines.next() {
        if line.number.is_multiple_of(super::logs::PROGRESS_LINES) {
            stop_if_cancelled(task.progress)?;
        }
        if redaction == Redaction::On {
            let raw = line.text.clone();
            plan::redact_line(&mut session, &mut line);
            if raw != line.text {
                taker.edits.push(Edit::new(line.number, raw, &line.text));
            }
        }
        reader.push(line, &mut |record| taker.take(&record));
    }
    let counts = lines.finish(&file.path, &mut problems);
    let summary = reader.finish(&mut |record| taker.take(&record), &file.path, &mut problems);
    task.progress.report(Phase::Reading, file.file.size_bytes, 1, counts.lines, Some(&file.path));
    let is_log = file.recognition.kind == Kind::Log;
    let file = MinedFile {
        path: file.path.clone(),
        format: if is_log { summary.label } else { file.recognition.label.clone() },
        lines: counts.lines,
        rows: taker.rows,
    };
    Ok(Part { file, miner: taker.miner, problems })
}

/// Makes rows of records.
struct Taker<'a> {
    redactor: &'a Redactor,
    source: u32,
    file: u32,
    miner: Miner,
    rows: Vec<Row>,
    /// Of the lines whose records are not complete, so few.
    edits: Vec<Edit>,
}

impl<'a> Taker<'a> {
    fn new(file: &Surveyed<'_>, task: &Task<'a>) -> Self {
        Self {
            redactor: task.redactor,
            source: file.source.unwrap_or_default(),
            file: file.id,
            miner: Miner::new(&task.options.limits),
            rows: Vec::new(),
            edits: Vec::new(),
        }
    }

    fn take(&mut self, record: &Record) {
        let seen = Seen {
            source: self.source,
            file: self.file,
            line: record.line,
            time: record.time,
            level: record.level,
        };
        let form = self.miner.observe(&record.body, seen).form;
        let start = record.header.find('\n').unwrap_or(record.header.len());
        let edit = self.edits.iter().find(|edit| edit.line == record.line);
        let start = edit.map_or(start, |edit| edit.before(start, self.redactor));
        self.rows.push(Row {
            line: record.line,
            form,
            time: record.time.filter(|_| record.confidence <= TimeConfidence::Inherited),
            lines: record.lines,
            body_start: u32::try_from(start).unwrap_or(u32::MAX),
            level: record.level,
        });
        let done = record.line + u64::from(record.lines);
        self.edits.retain(|edit| edit.line >= done);
    }
}

/// A line that redaction changed.
struct Edit {
    line: u64,
    raw: String,
    /// Bytes in front of the first change.
    same: usize,
}

impl Edit {
    fn new(line: u64, raw: String, redacted: &str) -> Self {
        let pairs = raw.bytes().zip(redacted.bytes());
        let same = pairs.take_while(|(left, right)| left == right).count();
        Self { line, raw, same }
    }

    /// Where a place of the redacted line was before. Headers seldom hold a secret, so only then
    /// the line is searched again.
    fn before(&self, place: usize, redactor: &Redactor) -> usize {
        if place <= self.same {
            return place;
        }
        let (mut raw, mut redacted) = (0, 0);
        for span in redactor.spans(&self.raw) {
            let next = redacted + (span.place.start - raw);
            if place <= next {
                break;
            }
            redacted = next + span.replacement.len();
            raw = span.place.end;
        }
        (raw + place.saturating_sub(redacted)).min(self.raw.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_before_redaction() {
        let redactor = Redactor::new([7; 32]);
        let check = |header: &str, body: &str| {
            let raw = format!("{header}{body}");
            let redacted = redactor.session().line(&raw).into_owned();
            let place = redactor.session().line(header).len();
            assert_eq!(Edit::new(1, raw, &redacted).before(place, &redactor), header.len());
        };
        check("up: ", "10.20.30.40 is ready");
        check("[10.20.30.40] up: ", "ready");
        check("[10.20.30.40] up: ", "mail to ann.lee@shop.test from 10.20.30.41");
        check("[10.20.30.40] [10.20.30.41] up: ", "from 10.20.30.42");
    }
}
