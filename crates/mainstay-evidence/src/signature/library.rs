//! Ten thousand signatures against one bundle in milliseconds: an index from feature to signature,
//! so only those that share something with the bundle are looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use mainstay_core::signature::{Document, Feature, Seen};

use super::observed;
use super::{History, Observed};
use crate::finding::Place;
use crate::view::{Bundle, ViewError};

/// A signature fits if the weight of what the bundle has is at least this share of all.
const FITS_FROM: f64 = 0.6;

/// Imagined cases and signatures that hold a feature as often as features of its sort are held: what
/// is believed of a feature while little was seen.
const IMAGINED: f64 = 10.0;

/// How often a feature is met where it does not belong, before anything was seen.
fn usual(feature: &Feature) -> f64 {
    match feature {
        Feature::Message(_) => 0.02,
        Feature::Code(_) => 0.05,
        Feature::Pattern(_) | Feature::Change(..) => 0.1,
        Feature::Kind(_) => 0.3,
        Feature::Shape(_) => 0.4,
    }
}

/// Does the bundle say it in its lines? What is only measured fits too much to stand alone.
pub(super) fn is_said(feature: &Feature) -> bool {
    matches!(feature, Feature::Message(_) | Feature::Code(_) | Feature::Pattern(_))
}

/// Signatures by their features.
pub struct Library {
    index: Arc<Index>,
    /// By the number of a feature.
    weights: Vec<f64>,
    /// By signature: all its weight, and the part of it that a bundle alone can show.
    totals: Vec<(f64, f64)>,
}

/// What the signatures say, whatever the desk has seen.
struct Index {
    documents: Vec<Document>,
    numbers: HashMap<Feature, u32>,
    /// By the number of a feature: the signatures that hold it.
    holders: Vec<Vec<u32>>,
}

/// A signature that fits a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place in the library.
    pub signature: usize,
    /// Weighed share of its features that the bundle has, of those it can show.
    pub share: f64,
    /// What both have: the reason.
    pub shared: Vec<Feature>,
    pub lacking: Vec<Feature>,
    /// What only shows beside a good bundle, and there was none: it counts neither way.
    pub unknown: Vec<Feature>,
}

impl Library {
    /// Indexes signatures and weighs their features by how rare they are: in the library, and in
    /// what the desk has seen.
    #[must_use]
    pub fn new(documents: Vec<Document>, history: &History) -> Self {
        let mut numbers: HashMap<Feature, u32> = HashMap::new();
        let mut holders: Vec<Vec<u32>> = Vec::new();
        for (document, signature) in documents.iter().zip(0_u32..) {
            for feature in document.matched() {
                let next = u32::try_from(holders.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(feature).or_insert(next);
                if number == next {
                    holders.push(Vec::new());
                }
                holders[number as usize].push(signature);
            }
        }
        Self::of(Arc::new(Index { documents, numbers, holders }), history)
    }

    /// The same signatures, weighed anew after the desk has seen more.
    #[must_use]
    pub fn weighed(&self, history: &History) -> Self {
        Self::of(self.index.clone(), history)
    }

    fn of(index: Arc<Index>, history: &History) -> Self {
        let signatures = index.documents.len() as f64;
        let mut weights = vec![0.0; index.holders.len()];
        let mut totals = vec![(0.0, 0.0); index.documents.len()];
        for (feature, number) in &index.numbers {
            let holders = &index.holders[*number as usize];
            // one holder is the signature itself
            let held = (holders.len() as f64 - 1.0) + history.count(feature) as f64;
            let of = signatures + history.cases() as f64;
            let commonness = (held + IMAGINED * usual(feature)) / (of + IMAGINED);
            let weight = -commonness.min(1.0).ln();
            weights[*number as usize] = weight;
            for signature in holders {
                let total: &mut (f64, f64) = &mut totals[*signature as usize];
                total.0 += weight;
                total.1 += if Observed::can_show(feature) { weight } else { 0.0 };
            }
        }
        Self { index, weights, totals }
    }

    /// A signature by its place.
    #[must_use]
    pub fn get(&self, number: usize) -> &Document {
        &self.index.documents[number]
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.documents.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.documents.is_empty()
    }

    /// The signatures that fit, best first.
    #[must_use]
    pub fn find(&self, observed: &Observed) -> Vec<Hit> {
        let mut sums: HashMap<u32, (f64, bool)> = HashMap::new();
        for feature in &observed.features {
            let Some(number) = self.index.numbers.get(feature) else { continue };
            if !observed.compared && !Observed::can_show(feature) {
                continue;
            }
            let (weight, said) = (self.weights[*number as usize], is_said(feature));
            for signature in &self.index.holders[*number as usize] {
                let sum = sums.entry(*signature).or_default();
                sum.0 += weight;
                sum.1 |= said;
            }
        }
        let mut hits: Vec<Hit> = sums
            .into_iter()
            .filter(|(_, (_, said))| *said)
            .filter_map(|(signature, (sum, _))| {
                let share = self.share(signature as usize, sum, observed.compared);
                (share >= FITS_FROM).then(|| self.hit(signature as usize, share, observed))
            })
            .collect();
        hits.sort_by(|a, b| {
            let more = b.shared.len().cmp(&a.shared.len());
            b.share.total_cmp(&a.share).then(more).then(a.signature.cmp(&b.signature))
        });
        hits
    }

    fn share(&self, signature: usize, sum: f64, compared: bool) -> f64 {
        let (all, alone) = self.totals[signature];
        let total = if compared { all } else { alone };
        (sum / total.max(f64::MIN_POSITIVE)).min(1.0)
    }

    fn hit(&self, signature: usize, share: f64, observed: &Observed) -> Hit {
        let (unknown, known): (Vec<Feature>, Vec<Feature>) = self.index.documents[signature]
            .matched()
            .into_iter()
            .partition(|it| !observed.compared && !Observed::can_show(it));
        let (shared, lacking) =
            known.into_iter().partition(|feature| observed.features.contains(feature));
        Hit { signature, share, shared, lacking, unknown }
    }

    /// How cases without the trouble would fit: those that are known to have it are left out.
    #[must_use]
    pub fn seen(&self, signature: usize, history: &History, with_it: &BTreeSet<String>) -> Seen {
        let features = self.index.documents[signature].matched();
        let weighted = features.iter().filter(|feature| Observed::can_show(feature));
        let weighted = weighted.filter_map(|feature| {
            Some((feature, self.weights[*self.index.numbers.get(feature)? as usize]))
        });
        let (cases, sums) = history.weigh(weighted, with_it);
        let fits = |sum: &&f64| self.share(signature, **sum, false) >= FITS_FROM;
        Seen { fitting: sums.iter().filter(fits).count() as u64, cases }
    }
}

impl Hit {
    /// Where the bundle first says what both have.
    ///
    /// # Errors
    /// When the stored lines cannot be read.
    pub fn places(&self, bundle: &Bundle) -> Result<BTreeMap<Feature, Place>, ViewError> {
        observed::places(bundle, &self.shared)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Fingerprint;
    use super::*;

    fn signature(name: &str, messages: &[&str]) -> Document {
        let features = messages.iter().map(|id| (message(id), String::new())).collect();
        Document { name: name.to_owned(), features, ..Document::default() }
    }

    fn message(id: &str) -> Feature {
        Feature::Message(id.to_owned())
    }

    fn bundle(messages: &[&str]) -> Observed {
        Observed { features: messages.iter().map(|id| message(id)).collect(), compared: false }
    }

    fn library(signatures: Vec<Document>) -> Library {
        Library::new(signatures, &History::default())
    }

    #[test]
    fn the_right_one_of_ten_thousand_is_found_with_its_reason() {
        let mut all: Vec<Document> = (0..10_000)
            .map(|number| {
                let own = [format!("Ta{number}"), format!("Tb{number}"), "Tcommon".to_owned()];
                signature(&format!("s{number}"), &own.each_ref().map(String::as_str))
            })
            .collect();
        all.push(signature("narrow", &["Tx", "Ty", "Tz", "Tw", "Tv"]));
        let library = library(all);
        let hits = library.find(&bundle(&["Ta42", "Tb42", "Tcommon", "Tother", "Tx"]));
        assert_eq!(hits.len(), 1, "what all have fits nobody, and one of five is too few");
        assert_eq!(library.get(hits[0].signature).name, "s42");
        assert_eq!(hits[0].shared.len(), 3);
    }

    #[test]
    fn a_part_of_a_signature_may_lack() {
        let library = library(vec![signature("a", &["T1", "T2", "T3"])]);
        let hits = library.find(&bundle(&["T1", "T2"]));
        assert_eq!(hits[0].lacking, [message("T3")]);
        assert!(library.find(&bundle(&["T1"])).is_empty());
        assert!(library.find(&bundle(&[])).is_empty());
    }

    #[test]
    fn what_is_measured_does_not_fit_alone() {
        let mut known = signature("a", &["T1"]);
        for word in ["failures", "latency", "cpu", "memory", "disk", "saturation", "edge_gap"] {
            known.features.push((Feature::Shape(word.to_owned()), String::new()));
        }
        let mut observed = bundle(&["T2"]);
        observed.features.extend(known.matched().into_iter().filter(|it| !is_said(it)));
        assert!(library(vec![known]).find(&observed).is_empty());
    }

    #[test]
    fn a_change_that_a_bundle_alone_cannot_show_counts_neither_way() {
        let mut known = signature("a", &["T1"]);
        let change = Feature::Change("setting".to_owned(), "pool".to_owned());
        known.features.push((change.clone(), String::new()));
        let library = library(vec![known]);
        let alone = library.find(&bundle(&["T1"]));
        assert_eq!((alone[0].share, &alone[0].unknown), (1.0, &vec![change.clone()]));
        let compared = Observed { compared: true, ..bundle(&["T1"]) };
        let beside = library.find(&compared);
        assert_eq!(beside[0].lacking, [change]);
        assert!(beside[0].share < 1.0);
    }

    #[test]
    fn other_cases_that_fit_are_counted_without_those_that_have_the_trouble() {
        let mut history = History::default();
        let says = |messages: &[&str]| Fingerprint::of(&bundle(messages));
        history.add("own", &says(&["T1", "T2", "T3"]));
        history.add("like it", &says(&["T2", "T3", "T9"]));
        for number in 0..30 {
            history.add(&format!("other {number}"), &says(&["T1", "T8"]));
        }
        let library = Library::new(vec![signature("a", &["T1", "T2", "T3"])], &history);
        let seen = library.seen(0, &history, &BTreeSet::from(["own".to_owned()]));
        assert_eq!(seen, Seen { fitting: 1, cases: 31 });
        // what most cases have weighs next to nothing
        let hits = library.find(&bundle(&["T2", "T3"]));
        assert!(hits[0].share > 0.9, "{}", hits[0].share);
    }
}
