//! A packet from one shift to the next: what the receiver has to know of each case, as it was sent.
//!
//! The packet is written from the log (`draft`), edited by the giver and kept as it was sent. Its
//! cases are taken one by one, which their own streams tell (`case::HandoffAccepted`).

use serde::{Deserialize, Serialize};

use crate::case::{
    NOTE_CHARACTERS_MAX, NextStep, REASON_CHARACTERS_MAX, SUBJECT_CHARACTERS_MAX, check_length,
};
use crate::citation::CaseNumber;
use crate::id::{CaseId, HandoffId, TeamId, UserId};
use crate::refusal::Refusal;
use crate::severity::Severity;
use crate::time::UtcMicros;

mod draft;
mod fact;
mod text;

pub use draft::{LastWord, Source, draft};
pub use fact::{ClockFact, Facts, HypothesisFact, difference};
pub use text::{Named, markdown};

/// Who owns more open cases than this cannot hand them off one by one.
pub const CASES_PER_PACKET_MAX: usize = 200;
/// How long after the start of the receiver's shift the lead is told.
pub const ANSWER_US: i64 = 15 * 60 * 1_000_000;
/// What stands where nothing is to be said: an empty part could also be forgotten.
pub const NONE: &str = "none";

/// Who is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    Person(UserId),
    Team(TeamId),
}

/// The parts of a case in a packet that are text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// Where it stands, in one sentence.
    #[serde(default)]
    pub state: String,
    /// The clocks with their next deadlines.
    #[serde(default)]
    pub clocks: String,
    /// What is suspected, with what speaks for and against it.
    #[serde(default)]
    pub hypotheses: String,
    #[serde(default)]
    pub tried: String,
    #[serde(default)]
    pub next_step: String,
    /// What the customer was told.
    #[serde(default)]
    pub promise: String,
    /// Actions and approvals that are open.
    #[serde(default)]
    pub open: String,
    #[serde(default)]
    pub risks: String,
    /// Whom to call.
    #[serde(default)]
    pub people: String,
}

/// A case as it stands in a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub case: CaseId,
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub parts: Parts,
    pub step_owner: Option<UserId>,
    pub step_due: Option<UtcMicros>,
    pub promised: Option<UtcMicros>,
    /// What is new since the last packet of this case.
    pub difference: Vec<String>,
    /// The parts that the giver left empty: they read "none".
    pub missing: Vec<String>,
    pub facts: Facts,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Sent(Sent),
    LeadTold(LeadTold),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    pub handoff: HandoffId,
    pub giver: UserId,
    pub to: Receiver,
    /// To all cases together.
    pub note: String,
    pub items: Vec<Item>,
    /// When the lead is told of what nobody took.
    pub answer_by: UtcMicros,
}

/// Cases that nobody took in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeadTold {
    /// `None` where no team of the receiver or the giver has a lead: managers see it then.
    pub lead: Option<UserId>,
    pub cases: Vec<CaseNumber>,
    /// The instant it was due; the event's own time is when it was told.
    pub due_at: UtcMicros,
}

impl Parts {
    /// Each part with its name, in the order that they are read.
    #[must_use]
    pub fn named(&self) -> [(&'static str, &String); 9] {
        let Self { state, clocks, hypotheses, tried, next_step, promise, open, risks, people } =
            self;
        [
            ("state", state),
            ("clocks", clocks),
            ("hypotheses", hypotheses),
            ("tried", tried),
            ("next_step", next_step),
            ("promise", promise),
            ("open", open),
            ("risks", risks),
            ("people", people),
        ]
    }

    fn named_mut(&mut self) -> [(&'static str, &mut String); 9] {
        let Self { state, clocks, hypotheses, tried, next_step, promise, open, risks, people } =
            self;
        [
            ("state", state),
            ("clocks", clocks),
            ("hypotheses", hypotheses),
            ("tried", tried),
            ("next_step", next_step),
            ("promise", promise),
            ("open", open),
            ("risks", risks),
            ("people", people),
        ]
    }
}

impl Item {
    /// The next step that the case gets with this packet; `None` where none is named.
    #[must_use]
    pub fn next_step(&self) -> Option<NextStep> {
        let text = self.parts.next_step.trim();
        let named = !text.is_empty() && !text.eq_ignore_ascii_case(NONE);
        named.then(|| NextStep {
            text: text.to_owned(),
            owner: self.step_owner,
            due: self.step_due,
        })
    }
}

/// Closes a packet: every case once, every part said, "none" where nothing was.
///
/// # Errors
/// `invalid` names the case and the part.
pub fn close(mut sent: Sent) -> Result<Sent, Refusal> {
    if sent.items.is_empty() {
        return Err(Refusal::invalid("a packet needs at least one case"));
    }
    if sent.items.len() > CASES_PER_PACKET_MAX {
        return Err(Refusal::invalid(format!("a packet has at most {CASES_PER_PACKET_MAX} cases")));
    }
    check_length("note", &sent.note, REASON_CHARACTERS_MAX)?;
    let mut cases: Vec<CaseNumber> = sent.items.iter().map(|item| item.number).collect();
    cases.sort_unstable();
    if let Some(pair) = cases.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Refusal::invalid(format!("{} stands in the packet twice", pair[0])));
    }
    for item in &mut sent.items {
        check_length("subject", &item.subject, SUBJECT_CHARACTERS_MAX)?;
        let step = item.parts.next_step.as_str();
        check_length("next step", step, crate::case::NEXT_STEP_CHARACTERS_MAX)?;
        item.missing.clear();
        for (name, text) in item.parts.named_mut() {
            if text.chars().count() > NOTE_CHARACTERS_MAX / 10 {
                let detail = format!("{name} of {} is too long; cite instead", item.number);
                return Err(Refusal::invalid(detail));
            }
            if text.trim().is_empty() {
                item.missing.push(name.to_owned());
                NONE.clone_into(text);
            }
        }
    }
    Ok(sent)
}
