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

/// The strongest split, if there is one; `floor` as in [`Usual::of`].
pub(crate) fn strongest(values: &[f64], floor: f64) -> Option<ChangePoint> {
    let splits = SIDE_MIN..(values.len() + 1).saturating_sub(SIDE_MIN);
    let best = splits.filter_map(|at| {
        let usual = Usual::of(&values[..at], floor, false)?;
        let after = median(&mut values[at..].to_vec())?;
        // both sides should agree with themselves
        let inner = Usual::of(&values[at..], floor, false)?;
        let strength = (after - usual.median) / usual.scale.max(inner.scale);
        Some(ChangePoint { at, strength })
    });
    best.max_by(|a, b| a.strength.abs().total_cmp(&b.strength.abs()))
        .filter(|point| point.strength.abs() >= STRENGTH_MIN)
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
