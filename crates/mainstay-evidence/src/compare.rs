//! Two bundles side by side: what is only in one, what shifted, and whether the counts add up.
//!
//! Order of lines, hosts, pods, ids and times do not count: messages are compared by template,
//! components by workload, settings by key. Every claim has a place, and what chance explains is
//! left out (false discoveries are held at one in twenty).

pub(crate) mod chance;
mod message;
mod metric;
mod value;

use serde::{Deserialize, Serialize};

use crate::change::{self, Change};
use crate::finding::Place;
use crate::observation::{Observation, Vocabulary};
use crate::record::TimeConfidence;
use crate::view::{Bundle, ViewError};

/// The number of this shape.
const SCHEMA_VERSION: u32 = 1;

/// Differences of one kind that are written out; the rest is counted.
const LISTED_MAX: usize = 50;

/// How two bundles differ.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    pub schema_version: u32,
    pub left: Side,
    pub right: Side,
    pub messages: Messages,
    /// Variables whose values are distributed otherwise.
    pub values: Vec<ValueShift>,
    pub metrics: Vec<MetricShift>,
    pub only_left_components: Vec<String>,
    pub only_right_components: Vec<String>,
    /// Settings, images, restarts and kills that are only in the right one.
    pub changes: Vec<Change>,
}

/// One of the two.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    pub name: String,
    pub records: u64,
    pub messages: u64,
    pub errors: u64,
}

/// Messages of both: only left + only right + both = all.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    pub all: u64,
    pub both: u64,
    pub only_left: Vec<MessageShift>,
    pub only_left_others: u64,
    pub only_right: Vec<MessageShift>,
    pub only_right_others: u64,
    pub shifted: Vec<MessageShift>,
    pub shifted_others: u64,
}

/// One message in two bundles.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageShift {
    pub text: String,
    pub component: String,
    pub level: Option<mainstay_core::Level>,
    pub left: u64,
    pub right: u64,
    /// Share of the component's records on the right over that on the left.
    pub ratio: f64,
    /// How often such a difference would be chance among all that were tested.
    pub false_discovery: f64,
    pub cites: Vec<Place>,
}

/// A variable of a message whose values shifted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueShift {
    pub message: String,
    pub value: String,
    /// Shares of the message's records.
    pub left: f64,
    pub right: f64,
    pub cites: Vec<Place>,
}

/// A metric whose level shifted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricShift {
    pub component: String,
    pub metric: String,
    pub left: f64,
    pub right: f64,
    /// In robust deviations of the left one.
    pub score: f64,
    pub cites: Vec<Place>,
}

impl Comparison {
    /// Is there any difference at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let messages = &self.messages;
        messages.only_left.is_empty()
            && messages.only_right.is_empty()
            && messages.shifted.is_empty()
            && self.values.is_empty()
            && self.metrics.is_empty()
            && self.only_left_components.is_empty()
            && self.only_right_components.is_empty()
            && self.changes.is_empty()
    }
}

/// Compares a good bundle (left) with another of the same system (right).
///
/// # Errors
/// When a stored file of either is damaged.
pub fn compare(left: &Bundle, right: &Bundle) -> Result<Comparison, ViewError> {
    let mut vocabulary = Vocabulary::default();
    let good = Observation::read(left, &mut vocabulary)?;
    let other = Observation::read(right, &mut vocabulary)?;
    let shifts = message::shifts(&good, &other, &vocabulary);
    let (here, there) = (components(&good), components(&other));
    let names = |from: &std::collections::BTreeSet<u32>, to: &std::collections::BTreeSet<u32>| {
        let only = from.difference(to).filter(|id| **id != u32::MAX);
        only.map(|id| vocabulary.components.name(*id).to_owned()).collect()
    };
    Ok(Comparison {
        schema_version: SCHEMA_VERSION,
        left: side(left, shifts.left_messages),
        right: side(right, shifts.right_messages),
        messages: shifts.messages,
        values: value::shifts(&good, &other, &vocabulary)?,
        metrics: metric::shifts(&good, &other, &vocabulary),
        only_left_components: names(&here, &there),
        only_right_components: names(&there, &here),
        changes: change::find(&other, Some(&good), &vocabulary)?,
    })
}

fn side(bundle: &Bundle, messages: u64) -> Side {
    let totals = &bundle.manifest().totals;
    Side {
        name: bundle.manifest().name.clone(),
        records: totals.records,
        messages,
        errors: totals.errors,
    }
}

/// Components that speak in spans, objects or records that tell their time; a file of settings, whose
/// lines have at most the time of the file, is none.
fn components(observation: &Observation<'_>) -> std::collections::BTreeSet<u32> {
    let mut found: std::collections::BTreeSet<u32> =
        observation.spans.rows.iter().map(|span| span.component).collect();
    let index = observation.bundle.index();
    let tells_time = |row: u32| {
        !matches!(index.confidence(row), TimeConfidence::FileOnly | TimeConfidence::None)
    };
    let spoken = observation.records.each(observation.bundle).filter(|it| tells_time(it.row));
    found.extend(spoken.map(|record| record.component));
    found.extend(observation.cluster.objects.iter().map(|(component, _)| *component));
    // records of no component
    found.remove(&u32::MAX);
    found
}
