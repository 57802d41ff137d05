//! Everything that can happen, as it stands in the log: a kind, a format number and a JSON body.
//!
//! Old events are never rewritten. When a body gains a field, its format number rises and the field
//! is empty in what was written before; every kind and format has a golden file in
//! `tests/golden/events`. A kind or format this binary does not know is an error, not a guess.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::id::{BundleId, CaseId, CustomerId, HandoffId, SignatureId, TeamId, UserId};
use crate::{
    account, bundle, case, customer, handoff, intake, link, person, redaction, signature, sla, team,
};

/// One entry of the log, whatever it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Case(case::Event),
    Bundle(bundle::Event),
    Account(account::Event),
    Sla(sla::event::Event),
    Redaction(redaction::Event),
    Customer(customer::Event),
    Intake(intake::event::Event),
    Person(person::Event),
    Team(team::Event),
    Handoff(handoff::Event),
    Signature(signature::Event),
    /// Between cases; each stands in the stream of one of them.
    Link(link::Event),
}

/// Whose history an event belongs to; the chain runs per stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    Admin,
    Bundle(BundleId),
    Case(CaseId),
    /// The versions of the checklists.
    Checklists,
    Customer(CustomerId),
    /// A packet from one shift to the next.
    Handoff(HandoffId),
    /// What an account is to the desk beyond signing in.
    Person(UserId),
    /// The versions of the policies.
    Policies,
    /// The versions of the redaction rules.
    Redaction,
    Signature(SignatureId),
    Team(TeamId),
}

impl fmt::Display for Stream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Admin => formatter.write_str("admin"),
            Self::Bundle(id) => write!(formatter, "bundle/{id}"),
            Self::Case(id) => write!(formatter, "case/{id}"),
            Self::Checklists => formatter.write_str("checklists"),
            Self::Customer(id) => write!(formatter, "customer/{id}"),
            Self::Handoff(id) => write!(formatter, "handoff/{id}"),
            Self::Person(id) => write!(formatter, "person/{id}"),
            Self::Policies => formatter.write_str("policies"),
            Self::Redaction => formatter.write_str("redaction"),
            Self::Team(id) => write!(formatter, "team/{id}"),
            Self::Signature(id) => write!(formatter, "signature/{id}"),
        }
    }
}

/// A text that names no stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stream")]
pub struct NotAStream;

impl FromStr for Stream {
    type Err = NotAStream;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('/') {
            None if text == "admin" => Ok(Self::Admin),
            None if text == "checklists" => Ok(Self::Checklists),
            None if text == "policies" => Ok(Self::Policies),
            None if text == "redaction" => Ok(Self::Redaction),
            Some(("bundle", id)) => id.parse().map(Self::Bundle).map_err(|_| NotAStream),
            Some(("case", id)) => id.parse().map(Self::Case).map_err(|_| NotAStream),
            Some(("customer", id)) => id.parse().map(Self::Customer).map_err(|_| NotAStream),
            Some(("handoff", id)) => id.parse().map(Self::Handoff).map_err(|_| NotAStream),
            Some(("person", id)) => id.parse().map(Self::Person).map_err(|_| NotAStream),
            Some(("team", id)) => id.parse().map(Self::Team).map_err(|_| NotAStream),
            Some(("signature", id)) => id.parse().map(Self::Signature).map_err(|_| NotAStream),
            _ => Err(NotAStream),
        }
    }
}

/// An event as the log keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    pub kind: &'static str,
    pub format: u32,
    /// Canonical JSON: fields in the order of the struct, no blanks.
    pub body: String,
}

/// Why a stored event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("event kind {kind} is not known to this version; use the version that wrote it")]
    UnknownKind { kind: String },
    #[error("event {kind} has format {format}, newer than this version reads; upgrade first")]
    NewerFormat { kind: String, format: u32 },
    #[error("event {kind} has a body that does not fit its format")]
    Body {
        kind: String,
        #[source]
        source: serde_json::Error,
    },
}

macro_rules! event_kinds {
    ($($kind:literal $format:literal => $group:ident :: $variant:ident ( $body:ty )),+ $(,)?) => {
        /// Every kind with the format this version writes, in the order of the log's documentation.
        pub const KINDS: &[(&str, u32)] = &[$(($kind, $format)),+];

        /// The event as the log keeps it.
        ///
        /// # Errors
        /// Never in practice: the bodies are plain data, which JSON can always hold.
        pub fn encode(event: &Event) -> Result<Encoded, serde_json::Error> {
            match event {
                $(event_kinds!(@pattern $group $variant body) => to_encoded($kind, $format, body)),+
            }
        }

        /// The event that was kept.
        ///
        /// # Errors
        /// `Unreadable` names the kind and what to do.
        pub fn decode(kind: &str, format: u32, body: &str) -> Result<Event, Unreadable> {
            let current = KINDS.iter().find(|(known, _)| *known == kind);
            match current {
                None => return Err(Unreadable::UnknownKind { kind: kind.to_owned() }),
                Some((_, newest)) if format > *newest || format == 0 => {
                    return Err(Unreadable::NewerFormat { kind: kind.to_owned(), format });
                }
                Some(_) => {}
            }
            match kind {
                $($kind => from_body::<$body>(kind, body).map(|body| event_kinds!(@build $group $variant body)),)+
                _ => Err(Unreadable::UnknownKind { kind: kind.to_owned() }),
            }
        }
    };
    (@pattern case $variant:ident $name:ident) => { Event::Case(case::Event::$variant($name)) };
    (@pattern bundle $variant:ident $name:ident) => { Event::Bundle(bundle::Event::$variant($name)) };
    (@pattern sla $variant:ident $name:ident) => { Event::Sla(sla::event::Event::$variant($name)) };
    (@pattern redaction $variant:ident $name:ident) => { Event::Redaction(redaction::Event::$variant($name)) };
    (@pattern customer $variant:ident $name:ident) => { Event::Customer(customer::Event::$variant($name)) };
    (@pattern intake $variant:ident $name:ident) => { Event::Intake(intake::event::Event::$variant($name)) };
    (@pattern signature $variant:ident $name:ident) => { Event::Signature(signature::Event::$variant($name)) };
    (@pattern link $variant:ident $name:ident) => { Event::Link(link::Event::$variant($name)) };
    (@pattern account $variant:ident $name:ident) => { Event::Account(account::Event::$variant($name)) };
    (@pattern person $variant:ident $name:ident) => { Event::Person(person::Event::$variant($name)) };
    (@pattern team $variant:ident $name:ident) => { Event::Team(team::Event::$variant($name)) };
    (@pattern handoff $variant:ident $name:ident) => { Event::Handoff(handoff::Event::$variant($name)) };
    (@build case $variant:ident $name:ident) => { Event::Case(case::Event::$variant($name)) };
    (@build bundle $variant:ident $name:ident) => { Event::Bundle(bundle::Event::$variant($name)) };
    (@build sla $variant:ident $name:ident) => { Event::Sla(sla::event::Event::$variant($name)) };
    (@build redaction $variant:ident $name:ident) => { Event::Redaction(redaction::Event::$variant($name)) };
    (@build customer $variant:ident $name:ident) => { Event::Customer(customer::Event::$variant($name)) };
    (@build intake $variant:ident $name:ident) => { Event::Intake(intake::event::Event::$variant($name)) };
    (@build signature $variant:ident $name:ident) => { Event::Signature(signature::Event::$variant($name)) };
    (@build link $variant:ident $name:ident) => { Event::Link(link::Event::$variant($name)) };
    (@build account $variant:ident $name:ident) => { Event::Account(account::Event::$variant($name)) };
    (@build person $variant:ident $name:ident) => { Event::Person(person::Event::$variant($name)) };
    (@build team $variant:ident $name:ident) => { Event::Team(team::Event::$variant($name)) };
    (@build handoff $variant:ident $name:ident) => { Event::Handoff(handoff::Event::$variant($name)) };
}

event_kinds! {
    "case.opened" 1 => case::Opened(case::Opened),
    "case.assigned" 1 => case::Assigned(case::Assigned),
    "case.severity_set" 1 => case::SeveritySet(case::SeveritySet),
    "case.noted" 1 => case::Noted(case::Noted),
    "case.bundle_attached" 1 => case::BundleAttached(case::BundleAttached),
    "case.evidence_pinned" 1 => case::EvidencePinned(case::EvidencePinned),
    "case.evidence_unpinned" 1 => case::EvidenceUnpinned(case::EvidenceUnpinned),
    "case.resolved" 1 => case::Resolved(case::Resolved),
    "case.reopened" 1 => case::Reopened(case::Reopened),
    "case.status_set" 1 => case::StatusSet(case::StatusSet),
    "case.customer_wrote" 1 => case::CustomerWrote(case::CustomerWrote),
    "case.update_promised" 1 => case::UpdatePromised(case::UpdatePromised),
    "case.closed" 2 => case::Closed(case::Closed),
    "case.policies_pinned" 1 => case::PoliciesPinned(case::PoliciesPinned),
    "case.clock_rang" 1 => case::ClockRang(case::ClockRang),
    "case.hypothesis_pinned" 1 => case::HypothesisPinned(case::HypothesisPinned),
    "case.hypothesis_judged" 1 => case::HypothesisJudged(case::HypothesisJudged),
    "case.reference_chosen" 1 => case::ReferenceChosen(case::ReferenceChosen),
    "case.customer_set" 1 => case::CustomerSet(case::CustomerSet),
    "case.intake_reported" 1 => case::IntakeReported(case::IntakeReported),
    "case.intake_submitted" 1 => case::IntakeSubmitted(case::IntakeSubmitted),
    "case.intake_accepted" 1 => case::IntakeAccepted(case::IntakeAccepted),
    "case.intake_returned" 1 => case::IntakeReturned(case::IntakeReturned),
    "case.signature_declined" 1 => case::SignatureDeclined(case::SignatureDeclined),
    "case.decided" 1 => case::Decided(case::Decided),
    "case.swarm_opened" 1 => case::SwarmOpened(case::SwarmOpened),
    "case.swarm_joined" 1 => case::SwarmJoined(case::SwarmJoined),
    "case.swarm_left" 1 => case::SwarmLeft(case::SwarmLeft),
    "case.swarm_tried" 1 => case::SwarmTried(case::SwarmTried),
    "case.swarm_rang" 1 => case::SwarmRang(case::SwarmRang),
    "case.swarm_closed" 1 => case::SwarmClosed(case::SwarmClosed),
    "case.mitigation_proposed" 1 => case::MitigationProposed(case::MitigationProposed),
    "case.mitigation_moved" 1 => case::MitigationMoved(case::MitigationMoved),
    "case.linked" 1 => link::Linked(link::Linked),
    "case.unlinked" 1 => link::Unlinked(link::Unlinked),
    "case.merged_into" 1 => link::MergedInto(link::MergedInto),
    "case.merge_took" 1 => link::MergeTook(link::MergeTook),
    "case.unmerged" 1 => link::Unmerged(link::Unmerged),
    "case.merge_released" 1 => link::MergeReleased(link::MergeReleased),
    "case.split_off" 1 => link::SplitOff(link::SplitOff),
    "case.split_from" 1 => link::SplitFrom(link::SplitFrom),
    "case.message_taken" 1 => link::MessageTaken(link::MessageTaken),
    "customer.added" 1 => customer::Added(customer::Added),
    "customer.changed" 1 => customer::Changed(customer::Changed),
    "intake.checklists_published" 1 => intake::ChecklistsPublished(intake::event::ChecklistsPublished),
    "sla.policies_published" 1 => sla::PoliciesPublished(sla::event::PoliciesPublished),
    "redaction.rules_published" 1 => redaction::RulesPublished(redaction::RulesPublished),
    "bundle.received" 1 => bundle::Received(bundle::Received),
    "bundle.read" 1 => bundle::Read(bundle::Read),
    "bundle.failed" 1 => bundle::Failed(bundle::Failed),
    "bundle.redacted" 1 => bundle::Redacted(bundle::Redacted),
    "bundle.identity_revealed" 1 => bundle::IdentityRevealed(bundle::IdentityRevealed),
    "bundle.recognised" 1 => bundle::Recognised(bundle::Recognised),
    "bundle.match_answered" 1 => bundle::MatchAnswered(bundle::MatchAnswered),
    "signature.drafted" 1 => signature::Drafted(signature::Drafted),
    "signature.edited" 1 => signature::Edited(signature::Edited),
    "signature.activated" 1 => signature::Activated(signature::Activated),
    "signature.retired" 1 => signature::Retired(signature::Retired),
    "account.created" 1 => account::Created(account::Created),
    "account.signed_in" 1 => account::SignedIn(account::SignedIn),
    "account.signed_out" 1 => account::SignedOut(account::SignedOut),
    "case.next_step_set" 1 => case::NextStepSet(case::NextStepSet),
    "case.handed_off" 1 => case::HandedOff(case::HandedOff),
    "case.handoff_asked" 1 => case::HandoffAsked(case::HandoffAsked),
    "case.handoff_answered" 1 => case::HandoffAnswered(case::HandoffAnswered),
    "case.handoff_accepted" 1 => case::HandoffAccepted(case::HandoffAccepted),
    "case.handoff_refused" 1 => case::HandoffRefused(case::HandoffRefused),
    "person.changed" 1 => person::Changed(person::Changed),
    "person.removed" 1 => person::Removed(person::Removed),
    "person.shift_started" 1 => person::ShiftStarted(person::ShiftStarted),
    "person.shift_ended" 1 => person::ShiftEnded(person::ShiftEnded),
    "team.added" 1 => team::Added(team::Added),
    "team.changed" 1 => team::Changed(team::Changed),
    "handoff.sent" 1 => handoff::Sent(handoff::Sent),
    "handoff.lead_told" 1 => handoff::LeadTold(handoff::LeadTold),
}

fn to_encoded<B: Serialize>(
    kind: &'static str,
    format: u32,
    body: &B,
) -> Result<Encoded, serde_json::Error> {
    Ok(Encoded { kind, format, body: serde_json::to_string(body)? })
}

fn from_body<B: DeserializeOwned>(kind: &str, body: &str) -> Result<B, Unreadable> {
    serde_json::from_str(body).map_err(|source| Unreadable::Body { kind: kind.to_owned(), source })
}
