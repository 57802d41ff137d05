//! How many, when: the bars above a list of lines.

use mainstay_core::{Level, UtcMicros};

use super::{Bundle, Selection};

/// More bars than a wide screen has columns are of no use.
const BUCKETS_MAX: usize = 2_000;

/// Counts over time. `total = sum(buckets.all) + untimed + outside`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// Begin of the first bucket; `None` without a timed record.
    pub start: Option<UtcMicros>,
    pub width_us: i64,
    pub buckets: Vec<Bucket>,
    /// Selected records without time.
    pub untimed: u64,
    /// Selected records before `from` or at `to` and later.
    pub outside: u64,
    /// All selected records.
    pub total: u64,
}

/// One bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bucket {
    pub all: u64,
    /// Of level error or fatal.
    pub error: u64,
    pub warn: u64,
}

impl Bundle {
    /// First and last moment of any record, whatever the filter.
    #[must_use]
    pub fn record_span(&self) -> Option<(UtcMicros, UtcMicros)> {
        let order = self.index.order();
        let timed = order.partition_point(|row| self.index.time(*row).is_some());
        let first = self.index.time(*order.first()?)?;
        let last = self.index.time(*order.get(timed.checked_sub(1)?)?)?;
        Some((first, last))
    }

    /// Counts the selected records in `buckets` equal steps from `from` to `to` (half-open); where
    /// they are not given, over the span of all records of the bundle.
    #[must_use]
    pub fn histogram(
        &self,
        selection: &Selection,
        from: Option<UtcMicros>,
        to: Option<UtcMicros>,
        buckets: usize,
    ) -> Histogram {
        let span = self.record_span();
        let start = from.or(span.map(|(first, _)| first));
        let end = to.or(span.map(|(_, last)| UtcMicros(last.0.saturating_add(1))));
        let buckets = buckets.clamp(1, BUCKETS_MAX);
        let (Some(start), Some(end)) = (start, end) else {
            return Histogram {
                start: None,
                width_us: 0,
                buckets: Vec::new(),
                untimed: selection.len(),
                outside: 0,
                total: selection.len(),
            };
        };
        let length_us = end.0.saturating_sub(start.0).max(1);
        let steps = i64::try_from(buckets).unwrap_or(1);
        let width_us = length_us / steps + i64::from(length_us % steps != 0);
        let count = usize::try_from((length_us + width_us - 1) / width_us).unwrap_or(buckets);
        let mut histogram = Histogram {
            start: Some(start),
            width_us,
            buckets: vec![Bucket::default(); count],
            untimed: 0,
            outside: 0,
            total: selection.len(),
        };
        for row in selection.rows.iter() {
            self.count_row(*row, end, &mut histogram);
        }
        histogram
    }

    fn count_row(&self, row: u32, end: UtcMicros, histogram: &mut Histogram) {
        let (Some(time), Some(start)) = (self.index.time(row), histogram.start) else {
            histogram.untimed += 1;
            return;
        };
        if time < start || time >= end {
            histogram.outside += 1;
            return;
        }
        let place = time.0.saturating_sub(start.0) / histogram.width_us;
        let Some(bucket) = usize::try_from(place).ok().and_then(|at| histogram.buckets.get_mut(at))
        else {
            histogram.outside += 1;
            return;
        };
        bucket.all += 1;
        match self.index.level(row) {
            Some(Level::Error | Level::Fatal) => bucket.error += 1,
            Some(Level::Warn) => bucket.warn += 1,
            _ => {}
        }
    }
}
