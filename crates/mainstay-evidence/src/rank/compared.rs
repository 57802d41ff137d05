//! One quantity in the window against its baselines: the reference and the time before.

use super::constant::{OLD_DIFFERENCE, RAISED, VALUES_MIN, VALUES_WANTED};
use crate::metric::robust::{SCORE_MAX, Usual, median, quantile};

/// Share of values that may lie beyond the 95th percentile of the baseline.
const TAIL_SHARE: f64 = 0.05;

/// Fewer slow values than one in five come and go by themselves: collections, cold caches.
const TAIL_SHARE_MIN: f64 = 0.2;

/// A tail counts half as much as the middle.
const TAIL_WEIGHT: f64 = 0.5;

/// Values of one quantity.
pub(super) struct Values<'a> {
    pub(super) window: &'a [f64],
    pub(super) before: &'a [f64],
    pub(super) reference: &'a [f64],
    pub(super) floor: f64,
}

/// How the window differs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    /// Signed, bounded.
    pub(super) score: f64,
    pub(super) usual: f64,
    pub(super) now: f64,
}

impl Values<'_> {
    /// By the middle and the tail of both, weighed by how many values there are.
    pub(super) fn compare(&self) -> Option<Difference> {
        let reference = against(self.window, self.reference, self.floor);
        let before = against(self.window, self.before, self.floor);
        join(reference, before, self.before.len())
    }
}

/// The reference counts; a difference that was there before the window as well is an old one.
pub(super) fn join(
    reference: Option<Difference>,
    before: Option<Difference>,
    before_count: usize,
) -> Option<Difference> {
    let Some(reference) = reference else { return before };
    let Some(before) = before.filter(|_| before_count >= VALUES_MIN) else {
        return Some(reference);
    };
    // how much of the way from the reference to now had been gone before the window
    let way = reference.now - reference.usual;
    let old = if way == 0.0 { 0.0 } else { (before.usual - reference.usual) / way };
    let score = reference.score * (1.0 - (1.0 - OLD_DIFFERENCE) * old.clamp(0.0, 1.0));
    Some(Difference { score, ..reference })
}

fn against(window: &[f64], baseline: &[f64], floor: f64) -> Option<Difference> {
    if window.len() < VALUES_MIN || baseline.len() < VALUES_MIN {
        return None;
    }
    let usual = Usual::of(baseline, floor, false)?;
    let now = median(&mut window.to_vec())?;
    let middle = usual.score(now);
    let tail = tail(window, baseline, &usual);
    let score = if middle.abs() >= tail { middle } else { tail };
    // a few values of a long tail do not show what is usual; a few odd ones are odd
    let enough = |count: usize| (count as f64 / VALUES_WANTED).min(1.0);
    let score = score * enough(window.len()).sqrt() * enough(baseline.len());
    Some(Difference { score, usual: usual.median, now })
}

/// Are there more values beyond the usual tail than chance allows, and far beyond?
fn tail(window: &[f64], baseline: &[f64], usual: &Usual) -> f64 {
    let Some(edge) = quantile(&mut baseline.to_vec(), 1.0 - TAIL_SHARE) else { return 0.0 };
    let far = edge.max(usual.median + RAISED * usual.scale);
    let beyond = window.iter().filter(|value| **value > far).count() as f64;
    let count = window.len() as f64;
    let chance = TAIL_SHARE + 1.0 / baseline.len() as f64;
    let deviation = (count * chance * (1.0 - chance)).sqrt().max(1.0);
    if beyond < count * TAIL_SHARE_MIN {
        return 0.0;
    }
    let score = (beyond - count * chance) / deviation * TAIL_WEIGHT;
    score.clamp(0.0, SCORE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(window: &[f64], before: &[f64], reference: &[f64]) -> f64 {
        let values = Values { window, before, reference, floor: 0.1 };
        values.compare().map_or(0.0, |difference| difference.score)
    }

    #[test]
    fn the_reference_counts_most() {
        let (calm, high) = ([1.0; 12], [30.0; 12]);
        assert!(score(&high, &[], &calm) > 10.0);
        assert!(score(&high, &calm, &[]) > 10.0);
        assert!(score(&high, &calm, &calm) > 10.0);
        assert!(score(&high, &high, &calm) < 10.0, "the difference is an old one");
        assert!(score(&[1.0; 12], &high, &calm).abs() < 1.0, "back to normal");
    }

    #[test]
    fn few_values_say_little() {
        assert!(score(&[30.0; 3], &[], &[1.0; 3]) < 10.0);
        assert!(score(&[30.0; 2], &[], &[1.0; 30]).abs() < f64::EPSILON);
    }
}
