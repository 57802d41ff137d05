//! What can happen to a case. Every body is for ever: a changed shape is a new format.

use serde::{Deserialize, Serialize};

use super::{
    Audience, Gate, HandedOff, HandoffAccepted, HandoffAnswered, HandoffAsked, HandoffRefused,
    HypothesisJudged, HypothesisPinned, IntakeAccepted, IntakeReported, IntakeReturned,
    IntakeSubmitted, MitigationMoved, MitigationProposed, NextStepSet, Place, ReferenceChosen,
    SignatureDeclined, SwarmClosed, SwarmJoined, SwarmLeft, SwarmOpened, SwarmRang, SwarmTried,
};
use crate::citation::{CaseNumber, EvidenceNumber};
use crate::id::{BundleId, CaseId, CustomerId, NoteId, UserId};
use crate::severity::Severity;
use crate::sla::Metric;
use crate::status::Status;
use crate::time::UtcMicros;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Opened(Opened),
    Assigned(Assigned),
    SeveritySet(SeveritySet),
    Noted(Noted),
    BundleAttached(BundleAttached),
    EvidencePinned(EvidencePinned),
    EvidenceUnpinned(EvidenceUnpinned),
    Resolved(Resolved),
    Reopened(Reopened),
    StatusSet(StatusSet),
    CustomerWrote(CustomerWrote),
    UpdatePromised(UpdatePromised),
    Closed(Closed),
    PoliciesPinned(PoliciesPinned),
    ClockRang(ClockRang),
    HypothesisPinned(HypothesisPinned),
    HypothesisJudged(HypothesisJudged),
    ReferenceChosen(ReferenceChosen),
    CustomerSet(CustomerSet),
    IntakeReported(IntakeReported),
    IntakeSubmitted(IntakeSubmitted),
    IntakeAccepted(IntakeAccepted),
    IntakeReturned(IntakeReturned),
    Decided(Decided),
    SwarmOpened(SwarmOpened),
    SwarmJoined(SwarmJoined),
    SwarmLeft(SwarmLeft),
    SwarmTried(SwarmTried),
    SwarmRang(SwarmRang),
    SwarmClosed(SwarmClosed),
    MitigationProposed(MitigationProposed),
    MitigationMoved(MitigationMoved),
    NextStepSet(NextStepSet),
    HandedOff(HandedOff),
    HandoffAsked(HandoffAsked),
    HandoffAnswered(HandoffAnswered),
    HandoffAccepted(HandoffAccepted),
    HandoffRefused(HandoffRefused),
    SignatureDeclined(SignatureDeclined),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    pub case: CaseId,
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub customer: String,
    pub product: String,
    pub version: String,
    pub description: String,
    /// Part of the sample desk, to be removed with one key.
    pub sample: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    pub assignee: Option<UserId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeveritySet {
    pub from: Severity,
    pub to: Severity,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noted {
    pub note: NoteId,
    pub audience: Audience,
    /// Markdown; rendered once, on the server, and always cleaned.
    pub text: String,
    /// Evidence of this case that the text cites.
    pub cites: Vec<EvidenceNumber>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleAttached {
    pub bundle: BundleId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidencePinned {
    pub evidence: EvidenceNumber,
    pub place: Place,
    pub seen: Seen,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceUnpinned {
    pub evidence: EvidenceNumber,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolved {
    pub resolution: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopened {
    pub reason: String,
}

/// What the pinned line said, so that a citation still reads when the bundle is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    pub source: String,
    pub at: Option<UtcMicros>,
    pub level: Option<crate::level::Level>,
    /// Redacted text, as everything from a bundle.
    pub excerpt: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusSet {
    pub from: Status,
    pub to: Status,
    /// Who has the ball while the case is on hold; empty otherwise.
    pub waits_on: String,
    pub reason: String,
}

/// What the customer's side said, by whichever channel it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerWrote {
    pub comment: NoteId,
    /// Who wrote, as they call themselves.
    pub contact: String,
    pub text: String,
    /// The status after it: an answer brings a waiting case back, a solved one is open again.
    pub status: Status,
}

/// The customer was told when they hear from us next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdatePromised {
    pub by: UtcMicros,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    pub reason: String,
    /// What it was closed with; cases closed before format 2 were asked nothing.
    pub gate: Option<Gate>,
}

/// What was decided in the case, and why: for who comes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    pub decision: String,
    pub reason: String,
}

/// The version of the policies whose promises hold for the case from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoliciesPinned {
    pub version: u32,
}

/// People were told that a clock runs out, or has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRang {
    pub metric: Metric,
    /// The run of the metric, from 1.
    pub number: u32,
    pub bell: Bell,
    /// The version of the policies that promised it.
    pub policies: u32,
    pub target_s: i64,
    /// The instant it was due to ring; the event's own time is when it did.
    pub due_at: UtcMicros,
}

/// Whose case it is, as they were at that moment: a tier that changes later moves no clock by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerSet {
    /// `None` for somebody who is not in the list: the name is then free text.
    pub customer: Option<CustomerId>,
    pub name: String,
    pub tier: String,
}

/// When a clock rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bell {
    /// A quarter of the target is left.
    DueSoon,
    /// More than the target has passed.
    Breached,
}

impl Bell {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DueSoon => "due_soon",
            Self::Breached => "breached",
        }
    }
}
