//! How often a bundle without the trouble would fit a signature as well, counted and never guessed.
//!
//! Features of one trouble are not independent: a message, its code and its pattern come from one
//! line, so a product of their frequencies would be too small by orders of magnitude. What is
//! counted instead is how many *other* cases have a bundle that fits, all features together.

use serde::{Deserialize, Serialize};

/// Fewer cases than this say nothing about one case in ten: the estimate is left out.
pub const CASES_MIN: u64 = 20;

/// Other cases on the desk: how many have a bundle, and how many of those have one that fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    pub fitting: u64,
    pub cases: u64,
}

impl Seen {
    /// The expected rate by the rule of succession, `(k + 1) / (n + 2)`: the mean of what is
    /// believed of a rate after k of n, when before nothing was known. `None` for too few cases.
    #[must_use]
    pub fn false_match(self) -> Option<f64> {
        let enough = self.cases >= CASES_MIN;
        enough.then(|| (self.fitting as f64 + 1.0) / (self.cases as f64 + 2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_cases_say_nothing_and_none_of_many_is_not_never() {
        assert_eq!(Seen { fitting: 0, cases: CASES_MIN - 1 }.false_match(), None);
        assert_eq!(Seen { fitting: 0, cases: 98 }.false_match(), Some(0.01));
        assert_eq!(Seen { fitting: 9, cases: 98 }.false_match(), Some(0.1));
    }
}
