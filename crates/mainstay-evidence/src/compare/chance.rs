//! How likely a difference of two shares is by chance, alone and among many that were tested.

/// How likely two such shares are if both sides do the same: two proportions, two-sided.
pub(crate) fn of_two_shares(left: u64, all_left: f64, right: u64, all_right: f64) -> f64 {
    if all_left == 0.0 || all_right == 0.0 {
        return 1.0;
    }
    let (left, right) = (left as f64, right as f64);
    let both = (left + right) / (all_left + all_right);
    let spread = (both * (1.0 - both) * (1.0 / all_left + 1.0 / all_right)).sqrt();
    if spread == 0.0 {
        return 1.0;
    }
    // lines come in bursts: a difference of one record either way is none
    let distance = ((left / all_left - right / all_right).abs()
        - 0.5 * (1.0 / all_left + 1.0 / all_right))
        .max(0.0);
    two_sided(distance / spread)
}

/// Chance of a normal deviation at least this far from zero (Abramowitz and Stegun 7.1.26).
fn two_sided(deviations: f64) -> f64 {
    let x = deviations / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = ((((1.061_405_429 * t - 1.453_152_027) * t + 1.421_413_741) * t - 0.284_496_736)
        * t
        + 0.254_829_592)
        * t;
    (series * (-x * x).exp()).clamp(0.0, 1.0)
}

/// Benjamini and Hochberg: for each of the rising chances, the share of false ones among all that
/// are at least this sure.
pub(crate) fn false_discoveries(rising: &[f64]) -> Vec<f64> {
    let count = rising.len() as f64;
    let mut least: f64 = 1.0;
    let mut shares: Vec<f64> = rising
        .iter()
        .enumerate()
        .rev()
        .map(|(rank, chance)| {
            least = least.min(chance * count / (rank + 1) as f64);
            least
        })
        .collect();
    shares.reverse();
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_falls_with_the_difference() {
        assert!(of_two_shares(10, 100.0, 10, 100.0) > 0.9);
        assert!(of_two_shares(10, 100.0, 60, 100.0) < 1e-6);
        assert!((of_two_shares(1, 0.0, 5, 10.0) - 1.0).abs() < f64::EPSILON);
        assert!((two_sided(1.96) - 0.05).abs() < 1e-3);
    }

    #[test]
    fn of_many_that_were_tested_some_are_chance() {
        let shares = false_discoveries(&[0.001, 0.02, 0.03, 0.9]);
        let rounded: Vec<i64> = shares.iter().map(|it| (it * 1000.0).round() as i64).collect();
        assert_eq!(rounded, [4, 40, 40, 900]);
    }
}
