//! Examples with their answers: a file of calendars, questions and histories is asked of this
//! engine, and what differs is named. Anybody can write such a file; `docs/sla.md` has its form.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::clock::Clock;
use super::history::{Entry, EntryKind};
use super::metric::{Ending, Metric};
use crate::UtcMicros;
use crate::calendar::{Calendar, CalendarForm};
use crate::status::Status;

const SECOND_US: i64 = 1_000_000;

/// The file. What it holds beside this (`rules`, `version`) is for people.
#[derive(Debug, Deserialize)]
struct Examples {
    calendars: BTreeMap<String, CalendarForm>,
    #[serde(default)]
    cases: Vec<Question>,
    #[serde(default)]
    clocks: Vec<History>,
}

/// One question to a calendar.
#[derive(Debug, Deserialize)]
struct Question {
    id: String,
    #[serde(flatten)]
    asked: Asked,
    cal: String,
    tag: String,
    want: Value,
    #[serde(default)]
    want_open: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
enum Asked {
    After { t: String, secs: i64 },
    Before { t: String, secs: i64 },
    Elapsed { t: String, u: String },
    Open { t: String },
}

/// One case with the clocks it must show.
#[derive(Debug, Deserialize)]
struct History {
    id: String,
    cal: String,
    target: i64,
    at: String,
    events: Vec<Happened>,
    want: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Happened {
    t: String,
    kind: EntryKind,
    #[serde(default)]
    status: Option<Status>,
}

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Passed and failed by tag; histories are under `clocks`.
    pub tags: BTreeMap<String, Score>,
    pub failures: Vec<Failure>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    pub passed: usize,
    pub failed: usize,
}

/// An answer that is not the expected one.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    pub id: String,
    pub what: String,
    pub want: String,
    pub got: String,
}

/// Why a file cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error("not a file of SLA examples: {0}")]
    Form(#[from] serde_json::Error),
    #[error("calendar {name:?}: {source}")]
    Calendar {
        name: String,
        #[source]
        source: crate::calendar::CalendarError,
    },
    #[error("{id} names calendar {name:?}, which the file does not have")]
    NoCalendar { id: String, name: String },
    #[error("{id}: {text:?} is not a time; use RFC 3339 like 2026-11-24T09:41:07Z")]
    Time { id: String, text: String },
}

/// Asks all questions of a file.
///
/// # Errors
/// If the file does not have the documented form.
pub fn check(json: &str) -> Result<Outcome, CheckError> {
    let examples: Examples = serde_json::from_str(json)?;
    let mut calendars = BTreeMap::new();
    for (name, form) in &examples.calendars {
        let calendar = Calendar::new(form)
            .map_err(|source| CheckError::Calendar { name: name.clone(), source })?;
        calendars.insert(name.as_str(), calendar);
    }
    let named = |id: &str, name: &str| {
        let missing = || CheckError::NoCalendar { id: id.to_owned(), name: name.to_owned() };
        calendars.get(name).ok_or_else(missing)
    };
    let mut outcome = Outcome::default();
    for question in &examples.cases {
        let calendar = named(&question.id, &question.cal)?;
        outcome.note(&question.tag, question.ask(calendar)?);
    }
    for history in &examples.clocks {
        let calendar = named(&history.id, &history.cal)?;
        outcome.note("clocks", history.ask(calendar)?);
    }
    Ok(outcome)
}

impl Outcome {
    fn note(&mut self, tag: &str, failures: Vec<Failure>) {
        let score = self.tags.entry(tag.to_owned()).or_default();
        if failures.is_empty() {
            score.passed += 1;
        } else {
            score.failed += 1;
        }
        self.failures.extend(failures);
    }
}

impl Question {
    fn ask(&self, calendar: &Calendar) -> Result<Vec<Failure>, CheckError> {
        let time = |text: &str| time(&self.id, text);
        let instant = |at: Option<UtcMicros>| at.map_or(Value::Null, |at| seconds(at).into());
        let mut reopens = None;
        let got = match &self.asked {
            Asked::After { t, secs } => {
                let due = calendar.after(time(t)?, secs * SECOND_US);
                reopens = due.and_then(|at| calendar.after(at, 0)).filter(|at| Some(*at) != due);
                instant(due)
            }
            Asked::Before { t, secs } => instant(calendar.before(time(t)?, secs * SECOND_US)),
            Asked::Elapsed { t, u } => {
                (calendar.elapsed(time(t)?, time(u)?).div_euclid(SECOND_US)).into()
            }
            Asked::Open { t } => calendar.is_open(time(t)?).into(),
        };
        let mut failures: Vec<_> = differs(&self.id, "want", &self.want, got).into_iter().collect();
        if let Some(want) = &self.want_open {
            failures.extend(differs(&self.id, "want_open", want, instant(reopens)));
        }
        Ok(failures)
    }
}

impl History {
    fn ask(&self, calendar: &Calendar) -> Result<Vec<Failure>, CheckError> {
        let now = time(&self.id, &self.at)?;
        let mut history = Vec::with_capacity(self.events.len());
        for happened in &self.events {
            let at = time(&self.id, &happened.t)?;
            history.push(Entry { at, kind: happened.kind, status: happened.status });
        }
        let mut failures = Vec::new();
        for metric in Metric::ALL {
            let clocks: Vec<Clock> = metric
                .instances(&history, now)
                .into_iter()
                .map(|instance| Clock::new(instance, self.target * SECOND_US, calendar, now))
                .collect();
            if let Some(want) = self.want.get(metric.as_str()) {
                failures.extend(differs(&self.id, metric.as_str(), want, shown(metric, &clocks)));
            }
            if metric == Metric::FirstReplyTime
                && let Some(want) = self.want.get("first_reply_met")
            {
                failures.extend(differs(&self.id, "first_reply_met", want, met(&clocks)));
            }
        }
        Ok(failures)
    }
}

fn shown(metric: Metric, clocks: &[Clock]) -> Value {
    if metric.is_repeated() {
        let seconds: Vec<_> = clocks.iter().map(Clock::elapsed_s).collect();
        let breached: Vec<_> = clocks.iter().map(Clock::is_breached).collect();
        return serde_json::json!({ "secs": seconds, "breached": breached });
    }
    let only = clocks.first();
    serde_json::json!({
        "secs": only.map(Clock::elapsed_s),
        "breached": only.map(Clock::is_breached),
    })
}

/// Null while nobody has answered.
fn met(clocks: &[Clock]) -> Value {
    let answered =
        clocks.first().filter(|clock| matches!(clock.instance.end, Some((_, Ending::Fulfilled))));
    answered.map_or(Value::Null, |clock| (!clock.is_breached()).into())
}

/// Instants are compared as instants, everything else as it stands.
fn differs(id: &str, what: &str, want: &Value, got: Value) -> Option<Failure> {
    let as_instant = |text: &str| text.parse().ok().map(|at| Value::from(seconds(at)));
    let wanted = want.as_str().and_then(as_instant).unwrap_or_else(|| want.clone());
    (wanted != got).then(|| Failure {
        id: id.to_owned(),
        what: what.to_owned(),
        want: want.to_string(),
        got: got.to_string(),
    })
}

fn seconds(at: UtcMicros) -> i64 {
    at.0.div_euclid(SECOND_US)
}

fn time(id: &str, text: &str) -> Result<UtcMicros, CheckError> {
    text.parse().map_err(|_| CheckError::Time { id: id.to_owned(), text: text.to_owned() })
}
