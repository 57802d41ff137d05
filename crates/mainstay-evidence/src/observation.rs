//! What a stored bundle tells of the system that wrote it, in memory and bounded: spans with their
//! parents, metric series with their meaning, records joined to spans, objects, who calls whom.
//!
//! Read from the evidence folder, so that a bundle is examined as often as wanted and beside any
//! other without being read again. Two observations share one [`Vocabulary`], so the same service
//! has the same number in both. What is *not* here: any judgement (`rank`, `change`, `compare`).

mod clock;
mod cluster;
mod component;
mod message;
mod record;
mod series;
mod span;

use crate::columns::ColumnsError;
use crate::finding::Place;
use crate::view::Bundle;

pub(crate) use clock::Offset;
pub(crate) use cluster::Cluster;
pub(crate) use component::{Components, without_pod_hash};
pub(crate) use message::Messages;
pub(crate) use record::Records;
pub(crate) use series::{Owner, Point, Series, read_some as read_series};
pub(crate) use span::{NO_SPAN, Operations, Span, Spans};

/// Names that bundles share while they are looked at together.
#[derive(Default)]
pub(crate) struct Vocabulary {
    pub(crate) components: Components,
    pub(crate) operations: Operations,
    pub(crate) messages: Messages,
}

/// A stored bundle as the engine sees it.
pub(crate) struct Observation<'b> {
    pub(crate) bundle: &'b Bundle,
    pub(crate) spans: Spans,
    pub(crate) series: Vec<Series>,
    pub(crate) records: Records,
    pub(crate) cluster: Cluster,
    /// What was left out because of a limit, in words.
    pub(crate) left_out: Vec<String>,
}

impl<'b> Observation<'b> {
    /// Reads what the folder of the bundle holds.
    ///
    /// # Errors
    /// When a column file is damaged.
    pub(crate) fn read(
        bundle: &'b Bundle,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, ColumnsError> {
        let mut left_out = Vec::new();
        let cluster = Cluster::read(bundle, &mut vocabulary.components)?;
        let spans = Spans::read(
            bundle,
            &mut vocabulary.components,
            &mut vocabulary.operations,
            &mut left_out,
        )?;
        let series = series::read(bundle, &mut vocabulary.components, &mut left_out)?;
        let records = Records::read(bundle, vocabulary, &spans)?;
        Ok(Self { bundle, spans, series, records, cluster, left_out })
    }

    /// A line of a file of the bundle; formats without lines are cited by their first.
    pub(crate) fn place(&self, file: u32, line: u64) -> Place {
        let path = self.bundle.files().get(file as usize);
        let path = path.map_or_else(String::new, |file| file.path.clone());
        Place { file, path, line: line.max(1) }
    }

    /// The first and the last moment at which logs or spans speak.
    pub(crate) fn fine_time(&self) -> Option<(i64, i64)> {
        let records = self.records.time();
        let spans = self.spans.time();
        let both = [records, spans];
        let first = both.iter().flatten().map(|span| span.0).min()?;
        let last = both.iter().flatten().map(|span| span.1).max()?;
        Some((first, last))
    }

    /// The last moment of anything.
    pub(crate) fn last(&self) -> Option<i64> {
        let samples = self.series.iter().filter_map(|series| series.points.last());
        let last_sample = samples.map(|point| point.time).max();
        [self.fine_time().map(|time| time.1), last_sample].into_iter().flatten().max()
    }
}
