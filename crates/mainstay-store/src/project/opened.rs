//! The values of a new case and of a new pin, in the order of their statements.

use mainstay_core::{CaseId, case};

use super::Happened;
use crate::value::{Value, values};

pub(super) fn opened_values(
    id: CaseId,
    happened: &Happened<'_>,
    opened: &case::Opened,
) -> Vec<Value> {
    values![
        id,
        opened.number,
        opened.subject.as_str(),
        u32::from(opened.severity.rank()),
        opened.customer.as_str(),
        opened.product.as_str(),
        opened.version.as_str(),
        opened.description.as_str(),
        opened.sample,
        happened.at,
        happened.actor,
        happened.version,
    ]
}

pub(super) fn pin_values(
    id: CaseId,
    happened: &Happened<'_>,
    pinned: &case::EvidencePinned,
) -> Vec<Value> {
    values![
        id,
        pinned.evidence,
        pinned.place.bundle,
        pinned.place.file,
        pinned.place.line,
        pinned.seen.source.as_str(),
        pinned.seen.at,
        pinned.seen.level.map(mainstay_core::Level::as_str),
        pinned.seen.excerpt.as_str(),
        happened.actor,
        happened.at,
    ]
}
