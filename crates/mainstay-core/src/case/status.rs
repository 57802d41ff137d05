//! The status of a case: what may change it, and what it is after each event.

use super::{
    Audience, Case, Closed, CustomerWrote, Event, Gate, LABEL_CHARACTERS_MAX, NOTE_CHARACTERS_MAX,
    REASON_CHARACTERS_MAX, Reopened, StatusSet, check_length, check_text, require_open,
};
use crate::id::NoteId;
use crate::refusal::Refusal;
use crate::status::{Category, Status};

/// Work begins with the first owner or the first word to the customer; nobody has to say so.
pub(super) fn after(status: Status, event: &Event) -> Status {
    let begun = if status == Status::New { Status::Open } else { status };
    match event {
        Event::Assigned(assigned) if assigned.assignee.is_some() => begun,
        Event::Noted(noted) if noted.audience == Audience::Public => begun,
        Event::StatusSet(set) => set.to,
        Event::CustomerWrote(wrote) => wrote.status,
        Event::Resolved(_) => Status::Solved,
        Event::Reopened(_) => Status::Open,
        Event::Closed(_) => Status::Closed,
        _ => status,
    }
}

/// Between open, pending and hold; whoever holds a case up is named.
pub(super) fn set(
    case: &Case,
    status: Status,
    waits_on: String,
    reason: String,
) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    check_length("reason", &reason, REASON_CHARACTERS_MAX)?;
    check_length("waits_on", &waits_on, LABEL_CHARACTERS_MAX)?;
    match status {
        Status::Open | Status::Pending => {}
        Status::Hold => check_text("waits_on", &waits_on, LABEL_CHARACTERS_MAX)?,
        Status::New => return Err(Refusal::invalid("a case is new only before work on it begins")),
        Status::Solved => {
            return Err(Refusal::invalid("to solve a case, resolve it with its resolution"));
        }
        Status::Closed => return Err(Refusal::invalid("to close a case, resolve it first")),
    }
    let waits_on = if status == Status::Hold { waits_on } else { String::new() };
    if case.status == status && waits_on.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![Event::StatusSet(StatusSet { from: case.status, to: status, waits_on, reason })])
}

/// An answer makes it our turn again and reopens what was solved; a closed case stays closed.
pub(super) fn customer_wrote(
    case: &Case,
    comment: NoteId,
    contact: String,
    text: String,
) -> Result<Vec<Event>, Refusal> {
    check_text("text", &text, NOTE_CHARACTERS_MAX)?;
    check_length("contact", &contact, LABEL_CHARACTERS_MAX)?;
    let status = match case.status {
        Status::New => Status::New,
        Status::Hold => Status::Hold,
        Status::Open | Status::Pending | Status::Solved => Status::Open,
        Status::Closed => {
            let detail = format!("{} is closed; open a follow-up case", case.number);
            return Err(Refusal::conflict(detail));
        }
    };
    Ok(vec![Event::CustomerWrote(CustomerWrote { comment, contact, text, status })])
}

pub(super) fn reopen(case: &Case, reason: String) -> Result<Vec<Event>, Refusal> {
    match case.status {
        Status::Solved => {}
        Status::Closed => {
            let detail = format!("{} is closed; open a follow-up case", case.number);
            return Err(Refusal::conflict(detail));
        }
        _ => return Err(Refusal::conflict(format!("{} is open", case.number))),
    }
    check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
    Ok(vec![Event::Reopened(Reopened { reason })])
}

pub(super) fn close(case: &Case, reason: String, gate: Gate) -> Result<Vec<Event>, Refusal> {
    if case.status == Status::Closed {
        return Ok(vec![]);
    }
    if case.status.category() == Category::Open {
        return Err(Refusal::conflict(format!("{} is not solved; resolve it first", case.number)));
    }
    check_length("reason", &reason, REASON_CHARACTERS_MAX)?;
    gate.check()?;
    Ok(vec![Event::Closed(Closed { reason, gate: Some(gate) })])
}
