//! A part of a case becomes one of its own. Nothing leaves the first one: messages come along as they
//! were said, evidence is cited where it is.

use super::{Event, MessageTaken, Relation, SplitFrom, SplitOff, linked, require_unmerged};
use crate::case::{Audience, Case, NOTE_CHARACTERS_MAX, REASON_CHARACTERS_MAX, check_text};
use crate::citation::{CaseNumber, EvidenceNumber, absolute};
use crate::id::UserId;
use crate::refusal::Refusal;
use crate::time::UtcMicros;

/// Who needs more opens a case and links it.
pub const MESSAGES_MAX: usize = 200;

/// A message of the first case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub sequence: u64,
    pub at: UtcMicros,
    pub author: UserId,
    pub audience: Audience,
    /// `None` for a word of ours.
    pub contact: Option<String>,
    pub text: String,
}

/// What goes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// In the order in which they were said.
    pub messages: Vec<Message>,
    pub evidence: Vec<EvidenceNumber>,
}

/// The events of the first case and those of the new one, which was opened in the same write.
///
/// # Errors
/// `invalid` for a split of nothing or without a reason, `not_found` for evidence that is not there,
/// `conflict` for a merged case.
pub fn split(
    first: &Case,
    new: &Case,
    parts: Parts,
    reason: &str,
) -> Result<(Vec<Event>, Vec<Event>), Refusal> {
    check_text("reason", reason, REASON_CHARACTERS_MAX)?;
    require_unmerged(first)?;
    let Parts { messages, evidence } = parts;
    if messages.is_empty() && evidence.is_empty() {
        return Err(Refusal::invalid(
            "choose the messages or the evidence that the split is about",
        ));
    }
    if messages.len() > MESSAGES_MAX {
        return Err(Refusal::invalid(format!("at most {MESSAGES_MAX} messages go along")));
    }
    for number in &evidence {
        if !first.evidence.iter().any(|pin| pin.number == *number) {
            let detail = format!("no evidence {number} in {}", first.number);
            return Err(Refusal::not_found(detail));
        }
    }
    let of_customer = messages.iter().filter(|message| message.contact.is_some());
    let started_at = of_customer.map(|message| message.at).min();
    let off = SplitOff {
        into: new.id,
        number: new.number,
        messages: messages.iter().map(|message| message.sequence).collect(),
        evidence: evidence.clone(),
        reason: reason.to_owned(),
    };
    let mut there: Vec<Event> =
        messages.into_iter().map(|it| taken(first.number, it, started_at)).collect();
    let (new_end, first_end) = linked(new, first, Relation::SplitFrom, reason);
    there.push(new_end);
    there.push(Event::SplitFrom(SplitFrom {
        from: first.id,
        number: first.number,
        started_at,
        evidence,
        reason: reason.to_owned(),
    }));
    Ok((vec![Event::SplitOff(off), first_end], there))
}

fn taken(from: CaseNumber, message: Message, started_at: Option<UtcMicros>) -> Event {
    let Message { sequence, at, author, audience, contact, text } = message;
    // the first word of the customer is the beginning itself
    let counts = started_at.is_some_and(|started_at| started_at < at);
    let text = absolute(&text, from).chars().take(NOTE_CHARACTERS_MAX).collect();
    let contact = contact.unwrap_or_default();
    Event::MessageTaken(MessageTaken {
        from,
        sequence,
        at,
        author,
        audience,
        contact,
        text,
        counts,
    })
}
