//! What the desk has seen: which features the bundles of each case had. It says how rare a feature
//! is, and how many cases besides the known trouble would fit a signature as well.
//!
//! Cases are counted and not bundles: two bundles of one case are two looks at one system.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mainstay_core::signature::Feature;

use super::Observed;

/// A bundle's features by their hashes: small enough to be kept of thousands of bundles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprint(Vec<u64>);

/// Features of a bundle that are kept; a bundle has as many when every message is another one.
const FEATURES_MAX: usize = 50_000;

impl Fingerprint {
    /// Of what a bundle shows.
    #[must_use]
    pub fn of(observed: &Observed) -> Self {
        Self(observed.features.iter().take(FEATURES_MAX).map(hash).collect())
    }

    /// From what `to_hex` wrote.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        if !text.len().is_multiple_of(16) || text.len() > 16 * FEATURES_MAX || !text.is_ascii() {
            return None;
        }
        let digits = text.as_bytes().chunks_exact(16);
        digits
            .map(|it| u64::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok())
            .collect::<Option<_>>()
            .map(Self)
    }

    /// Sixteen digits a feature.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|hash| format!("{hash:016x}")).collect()
    }
}

fn hash(feature: &Feature) -> u64 {
    let hash = blake3::hash(feature.to_string().as_bytes());
    let bytes = hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes");
    u64::from_be_bytes(bytes)
}

/// The cases of a desk by the features of their bundles.
#[derive(Debug, Clone, Default)]
pub struct History {
    cases: BTreeMap<String, u32>,
    /// By feature: the cases, in order.
    postings: HashMap<u64, Vec<u32>>,
}

impl History {
    /// Adds a bundle of a case; the same one again changes nothing.
    pub fn add(&mut self, case: &str, fingerprint: &Fingerprint) {
        let next = u32::try_from(self.cases.len()).unwrap_or(u32::MAX);
        let case = *self.cases.entry(case.to_owned()).or_insert(next);
        for hash in &fingerprint.0 {
            let cases = self.postings.entry(*hash).or_default();
            if let Err(place) = cases.binary_search(&case) {
                cases.insert(place, case);
            }
        }
    }

    /// Cases with a bundle.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.cases.len() as u64
    }

    /// Cases that have the feature.
    #[must_use]
    pub fn count(&self, feature: &Feature) -> u64 {
        self.postings.get(&hash(feature)).map_or(0, |cases| cases.len() as u64)
    }

    /// The share of cases that have the feature; `None` for too few cases to say.
    #[must_use]
    pub fn share(&self, feature: &Feature) -> Option<f64> {
        let enough = self.cases() >= mainstay_core::signature::CASES_MIN;
        enough.then(|| self.count(feature) as f64 / self.cases() as f64)
    }

    /// Per case without these: the summed weights of the features it has, and whether one of them is
    /// said in its lines.
    pub(super) fn weigh<'a>(
        &self,
        weighted: impl Iterator<Item = (&'a Feature, f64)>,
        without: &BTreeSet<String>,
    ) -> (u64, Vec<f64>) {
        let left_out: BTreeSet<u32> =
            without.iter().filter_map(|case| self.cases.get(case).copied()).collect();
        let mut sums: HashMap<u32, (f64, bool)> = HashMap::new();
        for (feature, weight) in weighted {
            for case in self.postings.get(&hash(feature)).into_iter().flatten() {
                let sum = sums.entry(*case).or_default();
                sum.0 += weight;
                sum.1 |= super::library::is_said(feature);
            }
        }
        let others = sums.into_iter().filter(|(case, _)| !left_out.contains(case));
        let said = others.filter(|(_, (_, said))| *said).map(|(_, (sum, _))| sum).collect();
        (self.cases() - left_out.len() as u64, said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(codes: &[&str]) -> Fingerprint {
        let features = codes.iter().map(|it| Feature::Code((*it).to_owned())).collect();
        Fingerprint::of(&Observed { features, compared: false })
    }

    #[test]
    fn cases_are_counted_and_not_bundles() {
        let mut history = History::default();
        history.add("a", &fingerprint(&["X1", "X2"]));
        history.add("a", &fingerprint(&["X1", "X3"]));
        history.add("b", &fingerprint(&["X1"]));
        let count = |code: &str| history.count(&Feature::Code(code.to_owned()));
        assert_eq!((history.cases(), count("X1"), count("X3"), count("X9")), (2, 2, 1, 0));
        assert_eq!(history.share(&Feature::Code("X1".to_owned())), None, "two cases say nothing");
    }

    #[test]
    fn a_fingerprint_is_kept_as_text() {
        let kept = fingerprint(&["X1", "X2"]);
        assert_eq!(Fingerprint::from_hex(&kept.to_hex()), Some(kept));
        for text in ["x", "zzzzzzzzzzzzzzzz", "\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}"] {
            assert_eq!(Fingerprint::from_hex(text), None);
        }
    }
}
