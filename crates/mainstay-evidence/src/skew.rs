//! How far the clocks of a bundle are apart, from requests that several of them saw, and what is
//! corrected by it.
//!
//! A clock is a host; where the host is unknown a pod, then a log. Skew is estimated between
//! clocks, never between files of one. The stored time stays what the line states; a correction
//! stands in the manifest and is applied when rows are shown. What is *not* here: zones that a
//! file or its spans tell (`stamp`), and hints such as common bursts of errors, which never correct.

mod correction;
mod estimate;
pub(crate) mod overlap;
mod solve;

use std::collections::HashMap;

use mainstay_core::UtcMicros;
use serde::{Deserialize, Serialize};

use crate::record::{Record, TimeConfidence};

pub(crate) use correction::Corrections;

/// Ids that are remembered for one clock; beyond it every second one is let go, by its hash, so that
/// all clocks let go of the same ones.
const IDS_MAX: usize = 100_000;

/// One clock of the bundle and how far it goes from the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    pub name: String,
    /// Ids of the files that were written by it.
    pub files: Vec<u32>,
    /// In order; several where the clock was set or drifts.
    pub windows: Vec<Window>,
}

/// The offset of a clock for a stretch of its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// By this clock; `None` is the beginning.
    pub from: Option<UtcMicros>,
    pub until: Option<UtcMicros>,
    /// This clock minus the reference.
    pub offset_us: i64,
    pub uncertainty_us: i64,
    /// Requests that were seen here and on the clock it is compared with.
    pub pairs: u64,
    /// Those of them whose bounds hold the offset.
    pub agreeing: u64,
    pub method: Method,
    /// Are times shown without the offset?
    pub corrected: bool,
}

/// What an offset comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Nothing to compare with: the clock that the others are compared with.
    Reference,
    /// Requests with both ends.
    Requests,
    /// The same, and the offset is that of a zone which the lines do not state.
    Zone,
}

impl Method {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Requests => "requests",
            Self::Zone => "zone",
        }
    }
}

/// When one clock saw which request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sightings {
    spans: HashMap<u64, Span>,
    /// Only ids whose hash has none of these bits are kept.
    mask: u64,
    /// A line stated its zone.
    zone_stated: bool,
}

/// The first and the last line of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    first: i64,
    last: i64,
}

impl Sightings {
    /// Notes the ids of a record that states its own time.
    pub(crate) fn see(&mut self, record: &Record) {
        let Some(UtcMicros(time)) =
            record.time.filter(|_| record.confidence <= TimeConfidence::YearInferred)
        else {
            return;
        };
        let ids = [&record.request_id, &record.trace_id];
        for id in ids.into_iter().flatten() {
            self.zone_stated |= record.confidence == TimeConfidence::Exact;
            self.note(hash_of(id), Span { first: time, last: time });
        }
    }

    /// Adds what another file of the same clock saw.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.zone_stated |= other.zone_stated;
        self.raise(other.mask);
        for (id, span) in other.spans {
            self.note(id, span);
        }
    }

    fn note(&mut self, id: u64, span: Span) {
        if id & self.mask != 0 {
            return;
        }
        let held = self.spans.entry(id).or_insert(span);
        held.first = held.first.min(span.first);
        held.last = held.last.max(span.last);
        if self.spans.len() > IDS_MAX {
            self.raise(self.mask << 1 | 1);
        }
    }

    fn raise(&mut self, mask: u64) {
        if mask & !self.mask != 0 {
            self.mask |= mask;
            let mask = self.mask;
            self.spans.retain(|id, _| id & mask == 0);
        }
    }
}

/// FNV-1a with a last mixing, so that its low bits are as good as any.
fn hash_of(id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (hash >> 29)
}

/// What one clock saw, and which files it wrote.
pub(crate) struct Witness {
    pub(crate) name: String,
    pub(crate) files: Vec<u32>,
    pub(crate) sightings: Sightings,
}

/// The clocks that share requests, with their offsets, and how many comparisons contradict them.
pub(crate) fn clocks(witnesses: Vec<Witness>, correct: bool) -> (Vec<Clock>, u64) {
    let edges = estimate::edges(&witnesses);
    let (solved, contradictions) = solve::solve(&edges, witnesses.len());
    let clocks = witnesses.into_iter().zip(solved).filter(|(_, pieces)| !pieces.is_empty());
    let clocks = clocks.map(|(witness, pieces)| Clock {
        windows: solve::windows(&pieces, witness.sightings.zone_stated, correct),
        name: witness.name,
        files: witness.files,
    });
    (clocks.collect(), contradictions)
}

/// Do two neighbouring windows of a clock differ by more than it can have drifted between them?
pub(crate) fn is_step(pair: &[Window]) -> bool {
    /// Ten seconds an hour: quartz drifts less by far.
    const DRIFT_US: i64 = 1_700_000;
    let [before, after] = pair else { return false };
    (after.offset_us - before.offset_us).abs() > DRIFT_US.max(before.uncertainty_us)
}
