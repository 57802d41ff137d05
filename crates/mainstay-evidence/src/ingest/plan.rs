//! How each log is read, decided from its first lines and what the bundle knows of time.

use std::io::BufReader;

use mainstay_core::UtcMicros;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::logs::Task;
use super::survey::{Survey, Surveyed};
use crate::open::SpoolReader;
use crate::parse::lines::{Line, Lines};
use crate::parse::log::{self, Anchors, LogPlan, LogReader};
use crate::problem::Problems;
use crate::record::TimeConfidence;
use crate::redact::RedactSession;

/// Redacted lines shown to the planner of a file.
const SAMPLE_LINES: usize = 200;

/// Moments beyond this much after `now` cannot be in a log; zones and wrong clocks need two days.
const FUTURE_US: i64 = 2 * 24 * 3600 * 1_000_000;

/// The plan of a file; where its first lines do not tell, all lines are looked at.
pub(super) fn plan(file: &Surveyed<'_>, task: &Task<'_>) -> LogPlan {
    // not redacted: only times come out of it, and redaction would cost as much as in reading
    let mut survey = |see: &mut dyn FnMut(&Line)| {
        let mut lines = lines_of(file, task);
        while let Some(line) = lines.next() {
            see(&line);
        }
    };
    let sample: Vec<String> = sample(file, task).into_iter().map(|line| line.text).collect();
    log::plan(&file.recognition, &sample, &mut survey, &anchors(file, task))
}

/// A moment that each log states in full in its first lines, for those that state only a part.
pub(super) fn stated_times(survey: &Survey<'_>, task: &Task<'_>) -> Vec<UtcMicros> {
    survey
        .files
        .par_iter()
        .filter(|file| file.has_lines())
        .filter_map(|file| stated_time(file, task))
        .collect()
}

fn stated_time(file: &Surveyed<'_>, task: &Task<'_>) -> Option<UtcMicros> {
    let limits = &task.options.limits;
    let lines = sample(file, task);
    let texts: Vec<String> = lines.iter().map(|line| line.text.clone()).collect();
    // the first lines are enough to see whether they state their day
    let plan = log::plan(&file.recognition, &texts, &mut |_| {}, &anchors(file, task));
    let mut reader = LogReader::new(plan, limits);
    let mut stated = None;
    let mut sink = |record: crate::record::Record| {
        let full = matches!(record.confidence, TimeConfidence::Exact | TimeConfidence::ZoneAssumed);
        stated = stated.or(record.time.filter(|_| full));
    };
    for line in lines {
        reader.push(line, &mut sink);
    }
    reader.finish(&mut sink, &file.path, &mut Problems::new(0));
    stated
}

fn anchors<'a>(file: &'a Surveyed<'_>, task: &'a Task<'_>) -> Anchors<'a> {
    Anchors {
        path: &file.path,
        modified: file.file.modified,
        not_after: UtcMicros(task.options.now.0.saturating_add(FUTURE_US)),
        near: task.times.near(),
        zone: None,
        span_start: task.span_start,
    }
}

fn sample(file: &Surveyed<'_>, task: &Task<'_>) -> Vec<Line> {
    let mut session = task.redactor.session_for(&file.file.path);
    let mut lines = lines_of(file, task);
    let mut sample = Vec::new();
    while sample.len() < SAMPLE_LINES
        && let Some(mut line) = lines.next()
    {
        redact_line(&mut session, &mut line);
        sample.push(line);
    }
    sample
}

/// The lines of a file from its start, not yet redacted.
pub(super) fn lines_of(file: &Surveyed<'_>, task: &Task<'_>) -> Lines<BufReader<SpoolReader>> {
    let reader = BufReader::new(file.file.content.reader());
    Lines::new(reader, file.recognition.encoding, &task.options.limits)
}

/// Redacts in place; answers how many lines the text is now, which must stay one.
pub(super) fn redact_line(session: &mut RedactSession<'_>, line: &mut Line) -> u64 {
    if let std::borrow::Cow::Owned(text) = session.line(&line.text) {
        line.text = text;
    }
    1 + memchr::memchr_iter(b'\n', line.text.as_bytes()).count() as u64
}
