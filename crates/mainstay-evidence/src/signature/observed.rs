//! What of a bundle a signature can name: what its messages say, what changed, what its first suspect
//! looks like.

use std::collections::{BTreeMap, BTreeSet};

use mainstay_core::signature::Feature;

use super::{codes_of, patterns_of};
use crate::change::ChangeKind;
use crate::finding::{FindingKind, Place};
use crate::query::Query;
use crate::rank::{Diagnosis, Hypothesis, Verdict};
use crate::view::{Bundle, ViewError};

/// Groups of signals that say what rose, as contributions of a suspect name them. Not among them:
/// what topology adds, and what a bundle with less in it would lack for that reason alone.
const ROSE: [&str; 8] =
    ["cpu", "memory", "disk", "saturation", "self_time", "edge_gap", "failures", "latency"];

/// What went another way than up.
const WENT: [FindingKind; 2] = [FindingKind::SilentSource, FindingKind::ErrorBurst];

/// Characters of a name of a key or a component; longer ones are no names.
const NAME_CHARACTERS_MAX: usize = 120;

/// Everything of a bundle that a signature can name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observed {
    pub features: BTreeSet<Feature>,
    /// Changes of settings and images were looked for: a bundle alone does not show them.
    pub compared: bool,
}

impl Observed {
    /// What a bundle shows alone.
    #[must_use]
    pub fn of(bundle: &Bundle) -> Self {
        Self { features: all(bundle, bundle.diagnosis()), compared: false }
    }

    /// What it shows beside a good bundle, as the diagnosis of both tells.
    #[must_use]
    pub fn beside(bundle: &Bundle, diagnosis: &Diagnosis) -> Self {
        Self { features: all(bundle, Some(diagnosis)), compared: true }
    }

    /// Can this feature be told from not being there?
    pub(super) fn can_show(feature: &Feature) -> bool {
        !matches!(feature, Feature::Change(kind, _)
            if [ChangeKind::Setting, ChangeKind::Image].iter().any(|it| it.as_str() == kind))
    }
}

fn all(bundle: &Bundle, diagnosis: Option<&Diagnosis>) -> BTreeSet<Feature> {
    let mut features = BTreeSet::new();
    for template in &bundle.dictionary().templates {
        features.insert(Feature::Message(template.id.clone()));
        features.extend(codes_of(&template.text).into_iter().map(Feature::Code));
        features.extend(patterns_of(&template.text).into_iter().map(Feature::Pattern));
    }
    features.extend(changes(diagnosis));
    let diagnosis = diagnosis.filter(|it| it.verdict != Verdict::NoFault);
    if let Some(suspect) = diagnosis.and_then(|it| it.hypotheses.first()) {
        features.insert(Feature::Kind(suspect.kind.as_str().to_owned()));
        features.extend(shape(bundle, Some(suspect)));
    }
    features
}

/// What changed, by the name of the key or of the component.
pub(super) fn changes(diagnosis: Option<&Diagnosis>) -> impl Iterator<Item = Feature> {
    let mut found = BTreeSet::new();
    for change in diagnosis.iter().flat_map(|diagnosis| &diagnosis.changes) {
        let name = match change.kind {
            // the detail begins with the key; its values stay where they are
            ChangeKind::Setting => change.detail.split_whitespace().next().unwrap_or_default(),
            _ => change.about.as_str(),
        };
        let is_name = !name.is_empty()
            && name.chars().count() <= NAME_CHARACTERS_MAX
            && !name.contains(|c: char| c.is_whitespace() || c.is_control());
        // a node is a host, and "40 keys differ" is no key
        if is_name && name.contains(|c: char| c.is_alphabetic()) && !name.contains('<') {
            found.insert(Feature::Change(change.kind.as_str().to_owned(), name.to_owned()));
        }
    }
    found.into_iter()
}

/// What rose at the suspect, and whether sources went silent or burst into errors.
pub(super) fn shape(
    bundle: &Bundle,
    suspect: Option<&Hypothesis>,
) -> impl Iterator<Item = Feature> {
    let contributions = suspect.into_iter().flat_map(|suspect| &suspect.contributions);
    let rose = contributions
        .filter(|it| it.value > 0.0 && ROSE.contains(&it.group.as_str()))
        .map(|it| it.group.clone());
    let kinds = bundle.findings().iter().map(|finding| finding.kind);
    let went = kinds.filter(|kind| WENT.contains(kind)).map(|kind| kind.as_str().to_owned());
    let words: BTreeSet<String> = rose.chain(went).collect();
    words.into_iter().map(Feature::Shape)
}

/// The templates of the lines that a suspect cites.
pub(super) fn cited(bundle: &Bundle, suspect: &Hypothesis) -> BTreeSet<String> {
    let Ok(everything) = bundle.select(&Query::default()) else { return BTreeSet::new() };
    let of_contributions = suspect.contributions.iter().flat_map(|it| &it.cites);
    let places = suspect.cites.iter().chain(of_contributions);
    let rows = places
        .filter_map(|place| bundle.position_of(&everything, place.file, place.line))
        .filter_map(|position| u32::try_from(position.row).ok());
    rows.filter_map(|row| {
        let template = bundle.index().template(row) as usize;
        Some(bundle.dictionary().templates.get(template)?.id.clone())
    })
    .collect()
}

/// The first place where the bundle says each of these features; only what is said in lines has one.
///
/// # Errors
/// When the stored lines cannot be read.
pub(super) fn places(
    bundle: &Bundle,
    features: &[Feature],
) -> Result<BTreeMap<Feature, Place>, ViewError> {
    let mut wanted: BTreeMap<u32, Vec<&Feature>> = BTreeMap::new();
    for (template, number) in bundle.dictionary().templates.iter().zip(0_u32..) {
        for feature in features {
            let says = match feature {
                Feature::Message(id) => template.id == *id,
                Feature::Code(code) => codes_of(&template.text).contains(code),
                Feature::Pattern(id) => patterns_of(&template.text).contains(id),
                _ => false,
            };
            if says {
                wanted.entry(number).or_default().push(feature);
            }
        }
    }
    let mut places = BTreeMap::new();
    if wanted.is_empty() {
        return Ok(places);
    }
    for row in 0..u32::try_from(bundle.records()).unwrap_or(u32::MAX) {
        let Some(features) = wanted.remove(&bundle.index().template(row)) else { continue };
        for feature in features {
            places.entry(feature.clone()).or_insert_with(|| bundle.place(row));
        }
        if wanted.is_empty() {
            break;
        }
    }
    Ok(places)
}
