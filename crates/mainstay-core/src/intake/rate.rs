//! How often intake comes back, per sending team: to coach the form, not to rank people.

use std::collections::BTreeMap;

/// Fewer decisions say nothing about anybody.
pub const DECISIONS_MIN: u32 = 5;
/// 95 %.
const Z: f64 = 1.96;

/// Decided rounds of one sender.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub accepted: u32,
    pub returned: u32,
    /// Why rounds were returned.
    pub reasons: BTreeMap<String, u32>,
}

/// A share with its 95 % Wilson interval, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

impl Tally {
    /// Rounds that were decided.
    #[must_use]
    pub fn decided(&self) -> u32 {
        self.accepted + self.returned
    }

    /// `returned / (accepted + returned)`; `None` while too few were decided.
    #[must_use]
    pub fn rate(&self) -> Option<Rate> {
        (self.decided() >= DECISIONS_MIN).then(|| wilson(self.returned, self.decided()))
    }
}

fn wilson(hits: u32, of: u32) -> Rate {
    let (n, share) = (f64::from(of), f64::from(hits) / f64::from(of));
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    Rate {
        share,
        low: ((middle - spread) / scale).max(0.0),
        high: ((middle + spread) / scale).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand: 5 of 20 are 25 %, and the interval of Wilson is 11.2 % to 46.9 %.
    #[test]
    fn the_interval_is_wilsons() {
        let tally = Tally { accepted: 15, returned: 5, ..Tally::default() };
        let rate = tally.rate().expect("enough");
        let told = [rate.share, rate.low, rate.high].map(|it| format!("{it:.3}"));
        assert_eq!(told, ["0.250", "0.112", "0.469"]);
    }

    #[test]
    fn few_decisions_have_no_rate() {
        assert_eq!(Tally { accepted: 2, returned: 2, ..Tally::default() }.rate(), None);
        let all = Tally { accepted: 0, returned: 5, ..Tally::default() }.rate().expect("enough");
        assert!(all.high <= 1.0 && all.low > 0.5);
    }
}
