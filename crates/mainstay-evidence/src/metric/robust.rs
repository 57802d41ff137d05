//! Robust scores: how far a value lies from what was usual, in units of what was usual to vary.

/// A score beyond this says nothing more.
pub(crate) const SCORE_MAX: f64 = 20.0;

/// Makes the median of absolute deviations comparable with a standard deviation.
const MAD_TO_DEVIATION: f64 = 1.4826;

/// A tenth of the usual value is never odd.
const RELATIVE_SCALE: f64 = 0.1;

/// So few values do not show how much they vary: half of the middle is taken for it.
const FEW_VALUES: usize = 3;
const FEW_VALUES_SCALE: f64 = 0.5;

/// From this many values on, the tails of a baseline are known.
const TAIL_VALUES_MIN: usize = 4;

/// A value that the calm baseline itself reached scores at most this.
const TAIL_SCORE: f64 = 3.0;

/// The middle of some values; they are put in order.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The value below which a share of the values lies; they are put in order.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    let place = share * (values.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the slice")]
    let low = place.floor() as usize;
    let high = (low + 1).min(values.len() - 1);
    Some(values[low] + (values[high] - values[low]) * (place - place.floor()))
}

/// What was usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Usual {
    pub(crate) median: f64,
    /// Unit of a score.
    pub(crate) scale: f64,
    /// Lowest and highest value of a calm baseline with enough values.
    tails: Option<(f64, f64)>,
    pub(crate) count: usize,
}

impl Usual {
    /// Median and scale of a baseline; `floor` is the smallest change of this unit that counts.
    /// `calm` baselines hold no fault, so their own extremes are usual too.
    pub(crate) fn of(values: &[f64], floor: f64, calm: bool) -> Option<Self> {
        let mut values = values.to_vec();
        let middle = median(&mut values)?;
        let tails = (calm && values.len() >= TAIL_VALUES_MIN)
            .then(|| (values[0], values[values.len() - 1]));
        let count = values.len();
        let mut spread: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
        let spread = median(&mut spread)? * MAD_TO_DEVIATION;
        let relative = if count < FEW_VALUES { FEW_VALUES_SCALE } else { RELATIVE_SCALE };
        let scale = spread.max(relative * middle.abs()).max(floor).max(f64::MIN_POSITIVE);
        Some(Self { median: middle, scale, tails, count })
    }

    /// The same, with tails that reach as far as these values do as well.
    pub(crate) fn reaching(mut self, values: &[f64]) -> Self {
        if let Some((low, high)) = &mut self.tails {
            *low = values.iter().copied().fold(*low, f64::min);
            *high = values.iter().copied().fold(*high, f64::max);
        }
        self
    }

    /// Signed, between minus and plus [`SCORE_MAX`].
    pub(crate) fn score(&self, value: f64) -> f64 {
        let mut scale = self.scale;
        if let Some((low, high)) = self.tails {
            let reach = if value >= self.median { high - self.median } else { self.median - low };
            scale = scale.max(reach / TAIL_SCORE);
        }
        ((value - self.median) / scale).clamp(-SCORE_MAX, SCORE_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_has_two_signs_and_an_end() {
        let usual = Usual::of(&[10.0, 11.0, 9.0, 10.0, 10.0], 0.1, false).expect("values");
        assert!(usual.score(30.0) > 10.0 && usual.score(1.0) < -5.0);
        assert!((usual.score(1e9) - SCORE_MAX).abs() < f64::EPSILON);
        assert!(usual.score(10.5).abs() < 1.0);
    }

    #[test]
    fn what_a_calm_baseline_reached_is_not_odd() {
        let values = [1.0, 1.0, 1.0, 1.0, 1.0, 9.0];
        let calm = Usual::of(&values, 0.01, true).expect("values");
        assert!(calm.score(9.0) <= TAIL_SCORE);
        let other = Usual::of(&values, 0.01, false).expect("values");
        assert!(other.score(9.0) > 10.0);
    }

    #[test]
    fn nothing_has_no_usual() {
        assert_eq!(Usual::of(&[], 1.0, true), None);
        assert_eq!(quantile(&mut [1.0, 3.0], 0.5), Some(2.0));
    }
}
