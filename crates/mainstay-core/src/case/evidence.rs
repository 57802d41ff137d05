//! Evidence of a case: lines that were pinned, each with a number that is never given twice.

use serde::{Deserialize, Serialize};

use super::{Case, Event, EvidencePinned, EvidenceUnpinned, Seen, require_open};
use crate::citation::EvidenceNumber;
use crate::id::BundleId;
use crate::refusal::Refusal;

/// What a pinned line shows wherever it is cited; the whole line stays in the bundle.
pub const EXCERPT_CHARACTERS_MAX: usize = 2_000;
/// A case with more pins than this has no evidence, it has a copy of the log.
pub const EVIDENCE_PER_CASE_MAX: u32 = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub number: EvidenceNumber,
    pub place: Place,
    pub pinned: bool,
}

/// One line of one file of one bundle: where a citation leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub bundle: BundleId,
    /// The number of the file in the bundle's manifest.
    pub file: u32,
    /// The first physical line of the record, from 1.
    pub line: u64,
}

/// Pinning the same line twice answers with the pin that is there.
pub(super) fn pin(case: &Case, place: Place, seen: Seen) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    if !case.bundles.contains(&place.bundle) {
        return Err(Refusal::not_found(format!("the bundle is not attached to {}", case.number)));
    }
    if seen.excerpt.chars().count() > EXCERPT_CHARACTERS_MAX {
        return Err(Refusal::invalid(format!(
            "an excerpt has at most {EXCERPT_CHARACTERS_MAX} characters"
        )));
    }
    if case.evidence.iter().any(|pin| pin.place == place && pin.pinned) {
        return Ok(vec![]);
    }
    let last = case.evidence.iter().map(|pin| pin.number.0).max().unwrap_or(0);
    if last >= EVIDENCE_PER_CASE_MAX {
        return Err(Refusal::conflict(format!(
            "{} has {EVIDENCE_PER_CASE_MAX} pieces of evidence, the most a case may have",
            case.number
        )));
    }
    let evidence = EvidenceNumber(last + 1);
    Ok(vec![Event::EvidencePinned(EvidencePinned { evidence, place, seen })])
}

/// What is unpinned keeps its number, and what cites it still reads.
pub(super) fn unpin(case: &Case, evidence: EvidenceNumber) -> Result<Vec<Event>, Refusal> {
    match case.evidence.iter().find(|pin| pin.number == evidence) {
        None => Err(Refusal::not_found(format!("no evidence {evidence} in {}", case.number))),
        Some(pin) if !pin.pinned => Ok(vec![]),
        Some(_) => Ok(vec![Event::EvidenceUnpinned(EvidenceUnpinned { evidence })]),
    }
}

pub(super) fn evolve(case: &mut Case, event: &Event) {
    match event {
        Event::EvidencePinned(pinned) => case.evidence.push(Evidence {
            number: pinned.evidence,
            place: pinned.place,
            pinned: true,
        }),
        Event::EvidenceUnpinned(unpinned) => {
            for pin in case.evidence.iter_mut().filter(|pin| pin.number == unpinned.evidence) {
                pin.pinned = false;
            }
        }
        _ => {}
    }
}
