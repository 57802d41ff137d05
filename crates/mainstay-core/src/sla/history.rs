//! What happened to a case, as far as clocks care.
//!
//! Answers of machines, bots and imports are not here: they never start, stop or restart a clock.

use serde::{Deserialize, Serialize};

use crate::UtcMicros;
use crate::calendar::Span;
use crate::status::Status;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// The case came into being by a customer's public comment.
    Create,
    /// Somebody of support opened it with a public comment to the customer.
    CreateByAgent,
    /// A public comment by the customer's side.
    Customer,
    /// A public comment by a person of the support side.
    Agent,
    /// An internal comment.
    Note,
    /// A status alone.
    Status,
    /// The case went into another one, and its clocks with it.
    Merged,
}

/// One thing that happened. Entries of one instant stand in the order of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub at: UtcMicros,
    pub kind: EntryKind,
    /// The status in force from now on, if it changed.
    pub status: Option<Status>,
}

/// A stretch of time with one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub span: Span,
    pub status: Status,
}

/// The entries up to a moment with the status after each.
pub(crate) fn told(history: &[Entry], now: UtcMicros) -> impl Iterator<Item = (Entry, Status)> {
    let mut status = Status::New;
    history.iter().copied().filter(move |entry| entry.at <= now).map(move |entry| {
        status = entry.status.unwrap_or(status);
        (entry, status)
    })
}

/// The statuses from the first entry to `now`, without gap or overlap.
#[must_use]
pub fn statuses(history: &[Entry], now: UtcMicros) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for (entry, status) in told(history, now) {
        match held.last_mut() {
            Some(last) if last.status == status => {}
            last => {
                if let Some(last) = last {
                    last.span.to = entry.at;
                }
                held.push(Held { span: Span { from: entry.at, to: now }, status });
            }
        }
    }
    held.retain(|held| held.span.from < held.span.to);
    held
}
