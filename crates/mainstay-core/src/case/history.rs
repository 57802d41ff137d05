//! What of a case's events its clocks see.

use super::{Audience, Event, status};
use crate::UtcMicros;
use crate::sla::{Entry, EntryKind};
use crate::status::Status;

/// The status after an event of a case.
#[must_use]
pub fn status_after(before: Status, event: &Event) -> Status {
    status::after(before, event)
}

/// What clocks see of an event that happened in this status; most events are nothing to them.
#[must_use]
pub fn entry(before: Status, event: &Event, at: UtcMicros) -> Option<Entry> {
    let after = status::after(before, event);
    let kind = match event {
        Event::Opened(_) => EntryKind::Create,
        Event::Noted(noted) if noted.audience == Audience::Public => EntryKind::Agent,
        Event::Noted(_) => EntryKind::Note,
        Event::CustomerWrote(_) => EntryKind::Customer,
        _ if after != before => EntryKind::Status,
        _ => return None,
    };
    let status = match event {
        Event::Opened(_) => Some(Status::New),
        _ => (after != before).then_some(after),
    };
    Some(Entry { at, kind, status })
}

/// Adds an entry to a history. A status at the instant of a word belongs to the word: a word that
/// solves promises no further one.
pub fn add(history: &mut Vec<Entry>, entry: Entry) {
    match history.last_mut() {
        Some(last)
            if entry.kind == EntryKind::Status
                && last.at == entry.at
                && last.kind != EntryKind::Status =>
        {
            last.status = entry.status;
        }
        _ => history.push(entry),
    }
}
