//! Where a series changes for good: the split that separates its values best, in either direction.

use super::robust::{Usual, median};

/// Values needed on each side of a split.
const SIDE_MIN: usize = 2;

/// A change of less than this many scales is no change.
const STRENGTH_MIN: f64 = 3.0;

/// A split of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ChangePoint {
    /// The first value behind the split.
    pub(crate) at: usize,
    /// Signed distance of the medians in scales of the values before.
    pub(crate) strength: f64,
}

/// Longer series are looked at in this many steps, each the median of its values.
const STEPS_MAX: usize = 400;

/// The split that leaves the least deviation on both sides, if its sides differ; `floor` as in
/// [`Usual::of`].
pub(crate) fn strongest(values: &[f64], floor: f64) -> Option<ChangePoint> {
    let step = values.len().div_ceil(STEPS_MAX).max(1);
    let steps: Vec<f64> =
        values.chunks(step).filter_map(|chunk| median(&mut chunk.to_vec())).collect();
    let splits = SIDE_MIN..(steps.len() + 1).saturating_sub(SIDE_MIN);
    let cost = |at: &usize| deviation(&steps[..*at]) + deviation(&steps[*at..]);
    let at = splits.min_by(|left, right| cost(left).total_cmp(&cost(right)))?;
    let usual = Usual::of(&steps[..at], floor, false)?;
    let after = Usual::of(&steps[at..], floor, false)?;
    // both sides should agree with themselves
    let strength = (after.median - usual.median) / usual.scale.max(after.scale);
    (strength.abs() >= STRENGTH_MIN).then_some(ChangePoint { at: at * step, strength })
}

fn deviation(values: &[f64]) -> f64 {
    let middle = median(&mut values.to_vec()).unwrap_or(0.0);
    values.iter().map(|value| (value - middle).abs()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], expect: Option<(usize, bool)>) {
        let found = strongest(values, 0.01);
        assert_eq!(found.map(|point| (point.at, point.strength > 0.0)), expect);
    }

    #[test]
    fn a_step_is_found_in_both_directions() {
        check(&[1.0, 1.1, 0.9, 1.0, 5.0, 5.2, 4.9], Some((4, true)));
        check(&[5.0, 5.1, 4.9, 5.0, 1.0, 1.1, 0.9], Some((4, false)));
    }

    #[test]
    fn noise_and_short_series_have_none() {
        check(&[1.0, 1.2, 0.9, 1.1, 1.0, 0.95, 1.05], None);
        check(&[1.0, 9.0], None);
        check(&[], None);
    }
}
