//! What is counted of one form while its records pass by: every record costs a few additions, and
//! maps are made at the end.

use mainstay_core::Level;

use super::bodies::Variable;
use super::{FormId, Seen, Tally};

/// One form while it is counted.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) id: FormId,
    /// The kinds met at each variable, as bits, so that merging does not depend on order.
    pub(super) kinds: Vec<u32>,
    pub(super) counts: Counts,
}

impl Counted {
    pub(super) fn new(id: FormId, variables: usize) -> Self {
        Self { id, kinds: vec![0; variables], counts: Counts::default() }
    }

    pub(super) fn add(&mut self, variables: &[Variable], at: Seen) {
        debug_assert_eq!(self.kinds.len(), variables.len());
        for (bits, (_, _, kind)) in self.kinds.iter_mut().zip(variables) {
            *bits |= 1 << (*kind as u32);
        }
        self.counts.add(at);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        debug_assert_eq!(self.id, other.id);
        for (bits, more) in self.kinds.iter_mut().zip(&other.kinds) {
            *bits |= more;
        }
        self.counts.merge(&other.counts);
    }
}

/// A `Tally` in the making; all but the numbers that change with every record.
#[derive(Debug, Default)]
pub(super) struct Counts {
    tally: Tally,
    by_level: [u64; Level::ALL.len()],
    /// Records of the source that came last; not yet in the tally.
    source: u32,
    of_source: u64,
}

impl Counts {
    pub(super) fn add(&mut self, at: Seen) {
        if at.source != self.source {
            self.close_source();
            self.source = at.source;
        }
        self.of_source += 1;
        if let Some(level) = at.level {
            self.by_level[level as usize] += 1;
        }
        self.tally.span(at.time, at.time);
        self.tally.example((at.file, at.line));
    }

    fn close_source(&mut self) {
        if self.of_source > 0 {
            self.tally.count += self.of_source;
            *self.tally.sources.entry(self.source).or_default() += self.of_source;
            self.of_source = 0;
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.tally.count + self.of_source
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.tally.merge(&other.tally());
    }

    pub(super) fn tally(&self) -> Tally {
        let mut tally = self.tally.clone();
        let levels = Level::ALL.into_iter().zip(self.by_level);
        for (level, count) in levels.filter(|(_, count)| *count > 0) {
            *tally.levels.entry(level).or_default() += count;
        }
        if self.of_source > 0 {
            tally.count += self.of_source;
            *tally.sources.entry(self.source).or_default() += self.of_source;
        }
        tally
    }
}
