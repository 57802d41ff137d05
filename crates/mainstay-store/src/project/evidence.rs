//! The row of a pinned line.

use mainstay_core::{CaseId, case};

use super::Happened;
use crate::value::{Value, values};

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
