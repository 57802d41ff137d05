//! The seven metrics: from when to when each one runs, and in which statuses it stands still.
//!
//! They are derived for every case, policy or not, so that a policy which matches later finds the
//! whole history.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::history::{self, Entry, EntryKind};
use crate::UtcMicros;
use crate::calendar::Span;
use crate::status::{Category, Status};

/// What a clock measures. The names are those of Zendesk's published metrics; how they count is
/// ours and stands in `docs/sla.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    FirstReplyTime,
    NextReplyTime,
    PeriodicUpdateTime,
    PausableUpdateTime,
    AgentWorkTime,
    RequesterWaitTime,
    TotalResolutionTime,
}

impl Metric {
    /// All of them, in the order in which people read them.
    pub const ALL: [Self; 7] = [
        Self::FirstReplyTime,
        Self::NextReplyTime,
        Self::PeriodicUpdateTime,
        Self::PausableUpdateTime,
        Self::AgentWorkTime,
        Self::RequesterWaitTime,
        Self::TotalResolutionTime,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstReplyTime => "first_reply_time",
            Self::NextReplyTime => "next_reply_time",
            Self::PeriodicUpdateTime => "periodic_update_time",
            Self::PausableUpdateTime => "pausable_update_time",
            Self::AgentWorkTime => "agent_work_time",
            Self::RequesterWaitTime => "requester_wait_time",
            Self::TotalResolutionTime => "total_resolution_time",
        }
    }

    /// Whether it happens again and again, each time with a verdict of its own.
    #[must_use]
    pub fn is_repeated(self) -> bool {
        matches!(self, Self::NextReplyTime | Self::PeriodicUpdateTime | Self::PausableUpdateTime)
    }

    /// Whether it counts in this status.
    #[must_use]
    pub fn counts_in(self, status: Status) -> bool {
        match self {
            Self::FirstReplyTime | Self::NextReplyTime | Self::PeriodicUpdateTime => true,
            Self::PausableUpdateTime => status != Status::Pending,
            Self::AgentWorkTime => matches!(status, Status::New | Status::Open),
            Self::RequesterWaitTime => {
                matches!(status, Status::New | Status::Open | Status::Hold)
            }
            Self::TotalResolutionTime => status.category() == Category::Open,
        }
    }

    /// Its runs in a history, in order, seen at `now`.
    #[must_use]
    pub fn instances(self, history: &[Entry], now: UtcMicros) -> Vec<Instance> {
        let lives: Vec<Life> = match self {
            Self::FirstReplyTime => first_reply(history, now).into_iter().collect(),
            Self::NextReplyTime => next_replies(history, now),
            Self::PeriodicUpdateTime | Self::PausableUpdateTime => updates(history, now),
            Self::AgentWorkTime | Self::RequesterWaitTime | Self::TotalResolutionTime => {
                duration(history, now).into_iter().collect()
            }
        };
        // what still ran when the case went into another one ended there, without a verdict
        let merged = history.iter().find(|it| it.kind == EntryKind::Merged && it.at <= now);
        let lives: Vec<Life> = lives
            .into_iter()
            .map(|life| Life {
                end: life.end.or(merged.map(|entry| (entry.at, Ending::Merged))),
                ..life
            })
            .collect();
        let statuses = history::statuses(history, now);
        let status = history::told(history, now).last().map(|(_, status)| status);
        let instance = |life: Life| {
            let end = life.end.map_or(now, |(at, _)| at);
            let running = statuses
                .iter()
                .filter(|held| self.counts_in(held.status))
                .filter_map(|held| held.span.within(life.from, end));
            Instance {
                metric: self,
                activated: life.from,
                end: life.end,
                running: joined(running),
                paused: status.filter(|status| life.end.is_none() && !self.counts_in(*status)),
            }
        };
        lives.into_iter().map(instance).collect()
    }
}

/// A word that names no metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a metric")]
pub struct NotAMetric;

impl FromStr for Metric {
    type Err = NotAMetric;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|metric| metric.as_str() == text).ok_or(NotAMetric)
    }
}

/// How a run of a metric ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// What it waits for happened.
    Fulfilled,
    /// The case was solved first, which ends it with the verdict of that moment.
    Solved,
    /// The case was closed without a word to the customer: no verdict.
    ClosedUnanswered,
    /// The case went into another one: no verdict.
    Merged,
}

/// One run of a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    pub metric: Metric,
    /// When it began.
    pub activated: UtcMicros,
    /// When and how it ended; `None` while it goes on.
    pub end: Option<(UtcMicros, Ending)>,
    /// When it was not paused: what a calendar then counts.
    pub running: Vec<Span>,
    /// The status in which it stands still at the end of the history, if it does.
    pub paused: Option<Status>,
}

struct Life {
    from: UtcMicros,
    end: Option<(UtcMicros, Ending)>,
}

/// Status changes and notes do not end it, and neither does `solved`: solved without a word to the
/// customer must not look like a reply.
fn first_reply(history: &[Entry], now: UtcMicros) -> Option<Life> {
    let mut entries = history::told(history, now);
    let (created, _) = entries.next()?;
    let end = entries.find_map(|(entry, status)| match entry.kind {
        EntryKind::Agent => Some((entry.at, Ending::Fulfilled)),
        _ if status == Status::Closed => Some((entry.at, Ending::ClosedUnanswered)),
        _ => None,
    });
    Some(Life { from: created.at, end })
}

/// From the oldest comment that nobody answered; more comments do not restart it.
fn next_replies(history: &[Entry], now: UtcMicros) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    let mut replied = false;
    for (entry, status) in history::told(history, now) {
        let running = lives.last_mut().filter(|life| life.end.is_none());
        match (entry.kind, running) {
            (EntryKind::Agent, running) => {
                replied = true;
                if let Some(life) = running {
                    life.end = Some((entry.at, Ending::Fulfilled));
                }
            }
            (_, Some(life)) if status.category() == Category::Done => {
                life.end = Some((entry.at, Ending::Solved))
            }
            (EntryKind::Customer, None) if replied && status.category() == Category::Open => {
                lives.push(Life { from: entry.at, end: None });
            }
            _ => {}
        }
    }
    lives
}

/// From each word of ours to the next, or to the solution.
fn updates(history: &[Entry], now: UtcMicros) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    for (entry, status) in history::told(history, now) {
        let said = matches!(entry.kind, EntryKind::Agent | EntryKind::CreateByAgent);
        if let Some(life) = lives.last_mut().filter(|life| life.end.is_none()) {
            if said {
                life.end = Some((entry.at, Ending::Fulfilled));
            } else if status.category() == Category::Done {
                life.end = Some((entry.at, Ending::Solved));
            }
        }
        if said && status.category() == Category::Open {
            lives.push(Life { from: entry.at, end: None });
        }
    }
    lives
}

/// One run for the whole case: a solution stops it, and a reopened case resumes the same count.
fn duration(history: &[Entry], now: UtcMicros) -> Option<Life> {
    let from = history::told(history, now).next()?.0.at;
    let mut end = None;
    for (entry, status) in history::told(history, now) {
        if status.category() == Category::Open {
            end = None;
        } else if end.is_none() {
            end = Some((entry.at, Ending::Fulfilled));
        }
    }
    Some(Life { from, end })
}

/// Spans that touch are one.
fn joined(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.to == span.from => last.to = span.to,
            _ => joined.push(span),
        }
    }
    joined
}
