//! Ten thousand signatures against one bundle in milliseconds: an index from feature to signature,
//! so only those that share something with the bundle are looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Feature, Signature};

/// A signature fits if the weight of what the bundle has is at least this share of all.
const FITS_FROM: f64 = 0.6;

/// Signatures by their features.
pub struct Library {
    signatures: Vec<Signature>,
    holders: HashMap<Feature, Vec<u32>>,
}

/// A signature that fits a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place in the library.
    pub signature: usize,
    /// Weighed share of its features that the bundle has.
    pub share: f64,
    /// How often a bundle without this trouble would fit as well, as far as the library tells.
    pub false_match: f64,
    /// What both have: the reason.
    pub shared: Vec<Feature>,
    pub lacking: Vec<Feature>,
}

impl Library {
    /// Indexes signatures.
    #[must_use]
    pub fn new(signatures: Vec<Signature>) -> Self {
        let mut holders: HashMap<Feature, Vec<u32>> = HashMap::new();
        for (signature, number) in signatures.iter().zip(0_u32..) {
            for (feature, _) in &signature.features {
                holders.entry(feature.clone()).or_default().push(number);
            }
        }
        Self { signatures, holders }
    }

    /// A signature by its place.
    #[must_use]
    pub fn get(&self, number: usize) -> &Signature {
        &self.signatures[number]
    }

    /// The signatures that fit, best first.
    #[must_use]
    pub fn find(&self, features: &BTreeSet<Feature>) -> Vec<Hit> {
        let mut shared: BTreeMap<u32, f64> = BTreeMap::new();
        for feature in features {
            let Some(holders) = self.holders.get(feature) else { continue };
            let weight = self.weight(feature);
            for number in holders {
                *shared.entry(*number).or_default() += weight;
            }
        }
        let mut hits: Vec<Hit> = shared
            .into_iter()
            .filter_map(|(number, weight)| self.hit(number as usize, weight, features))
            .collect();
        hits.sort_by(|a, b| {
            b.share
                .total_cmp(&a.share)
                .then(a.false_match.total_cmp(&b.false_match))
                .then(a.signature.cmp(&b.signature))
        });
        hits
    }

    fn hit(&self, number: usize, weight: f64, features: &BTreeSet<Feature>) -> Option<Hit> {
        let own = &self.signatures[number].features;
        let all: f64 = own.iter().map(|(feature, _)| self.weight(feature)).sum();
        let share = weight / all.max(f64::MIN_POSITIVE);
        if share < FITS_FROM {
            return None;
        }
        let (shared, lacking): (Vec<Feature>, Vec<Feature>) =
            own.iter().map(|(feature, _)| feature.clone()).partition(|it| features.contains(it));
        let false_match = shared.iter().map(|it| self.commonness(it)).product();
        Some(Hit { signature: number, share, false_match, shared, lacking })
    }

    /// What few signatures have says most.
    fn weight(&self, feature: &Feature) -> f64 {
        -self.commonness(feature).ln()
    }

    /// How often a feature is met where it does not belong: by how many signatures hold it, and by
    /// what it is where the library is small.
    fn commonness(&self, feature: &Feature) -> f64 {
        let holders = self.holders.get(feature).map_or(0, Vec::len) as f64;
        let count = self.signatures.len() as f64;
        // ten imagined signatures that hold it as often as such features are held
        let imagined = match feature {
            Feature::Message(_) => 0.02,
            Feature::Code(_) => 0.05,
            Feature::Pattern(_) => 0.1,
        };
        ((holders - 1.0).max(0.0) + 10.0 * imagined) / (count + 10.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(name: &str, messages: &[&str]) -> Signature {
        let features =
            messages.iter().map(|id| (Feature::Message((*id).to_owned()), String::new())).collect();
        Signature { name: name.to_owned(), kind: String::new(), features }
    }

    fn bundle(messages: &[&str]) -> BTreeSet<Feature> {
        messages.iter().map(|id| Feature::Message((*id).to_owned())).collect()
    }

    #[test]
    fn the_right_one_of_ten_thousand_is_found_with_its_reason() {
        let mut all: Vec<Signature> = (0..10_000)
            .map(|number| {
                let own = [format!("Ta{number}"), format!("Tb{number}"), "Tcommon".to_owned()];
                signature(&format!("s{number}"), &own.each_ref().map(String::as_str))
            })
            .collect();
        all.push(signature("narrow", &["Tx", "Ty", "Tz", "Tw", "Tv"]));
        let library = Library::new(all);
        let hits = library.find(&bundle(&["Ta42", "Tb42", "Tcommon", "Tother", "Tx"]));
        assert_eq!(hits.len(), 1, "what all have fits nobody, and one of five is too few");
        assert_eq!(library.get(hits[0].signature).name, "s42");
        assert_eq!(hits[0].shared.len(), 3);
        assert!(hits[0].false_match < 1e-6);
    }

    #[test]
    fn a_part_of_a_signature_may_lack() {
        let library = Library::new(vec![signature("a", &["T1", "T2", "T3"])]);
        let hits = library.find(&bundle(&["T1", "T2"]));
        assert_eq!(hits[0].lacking, [Feature::Message("T3".to_owned())]);
        assert!(library.find(&bundle(&["T1"])).is_empty());
        assert!(library.find(&BTreeSet::new()).is_empty());
    }
}
