//! Signatures of known troubles: a few features of a bundle in a small text, to be recognised in
//! any other bundle. What a signature is and how it is written lies in core; here it is drawn from a
//! bundle and found in one. `docs/signatures.md` says what each feature means and how it is weighed.
//!
//! A signature holds no host, no time, no value and no secret. What is *not* here: where signatures
//! are kept.

mod history;
mod library;
mod observed;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use mainstay_core::Level;
use mainstay_core::signature::{
    Described, Document, Feature, MESSAGE_CHARACTERS_MAX, NAME_CHARACTERS_MAX,
};

use crate::mine::Template;
use crate::pattern::Library as Patterns;
use crate::rank::{Diagnosis, Hypothesis};
use crate::view::Bundle;

pub use history::{Fingerprint, History};
pub use library::{Hit, Library};
pub use observed::Observed;

/// Messages in a drafted signature; more make it narrower than the trouble.
const MESSAGES_MAX: usize = 8;

/// Error codes in a drafted signature.
const CODES_MAX: usize = 8;

/// A message that more than this share of other cases has is the weather.
const WEATHER_FROM: f64 = 0.2;

/// What is known besides the bundle when a signature is drafted from it.
#[derive(Default, Clone, Copy)]
pub struct Beside<'a> {
    /// The suspect that was confirmed; by default the first.
    pub suspect: Option<&'a Hypothesis>,
    /// The same system without fault: what it says as well is no sign.
    pub reference: Option<&'a Bundle>,
    pub history: Option<&'a History>,
    /// What was found beside the reference; by default what the bundle alone tells.
    pub diagnosis: Option<&'a Diagnosis>,
}

/// A signature from what a bundle shows: the messages that the suspect cites, then messages of level
/// error, rarest components first; their codes and the patterns they match; what changed; the
/// suspect's kind and shape. Without features if the bundle has nothing to know it by.
#[must_use]
pub fn draft(bundle: &Bundle, name: &str, beside: &Beside<'_>) -> Document {
    let diagnosis = beside.diagnosis.or(bundle.diagnosis());
    let first = diagnosis.and_then(|diagnosis| diagnosis.hypotheses.first());
    let suspect = beside.suspect.or(first);
    let cited = suspect.map_or_else(BTreeSet::new, |suspect| observed::cited(bundle, suspect));
    let calm: BTreeSet<&str> = beside.reference.map_or_else(BTreeSet::new, |reference| {
        reference.dictionary().templates.iter().map(|template| template.id.as_str()).collect()
    });
    let weather = |template: &Template| {
        let message = Feature::Message(template.id.clone());
        beside
            .history
            .and_then(|history| history.share(&message))
            .is_some_and(|it| it > WEATHER_FROM)
    };
    let sign = |template: &&Template| {
        (is_error(template) || is_warning(template) && cited.contains(&template.id))
            && !calm.contains(template.id.as_str())
            && !weather(template)
    };
    let mut templates: Vec<&Template> = bundle.dictionary().templates.iter().filter(sign).collect();
    // said by few and often: that is the trouble, what all say is the weather
    templates.sort_by_key(|template| {
        let tally = &template.tally;
        let cited = cited.contains(&template.id);
        (Reverse(cited), tally.sources.len(), Reverse(tally.count), template.id.clone())
    });
    templates.truncate(MESSAGES_MAX);
    let mut codes = BTreeSet::new();
    let mut patterns = BTreeSet::new();
    for template in &templates {
        codes.extend(codes_of(&template.text));
        patterns.extend(patterns_of(&template.text));
    }
    let message = |template: &&Template| {
        (Feature::Message(template.id.clone()), line(&template.text, MESSAGE_CHARACTERS_MAX))
    };
    let bare = |feature: Feature| -> Described { (feature, String::new()) };
    let mut features: Vec<Described> = templates.iter().map(message).collect();
    features.extend(patterns.into_iter().map(Feature::Pattern).map(bare));
    features.extend(codes.into_iter().take(CODES_MAX).map(Feature::Code).map(bare));
    features.extend(observed::changes(diagnosis).map(bare));
    features.extend(observed::shape(bundle, suspect).map(bare));
    let kind = suspect.map_or_else(String::new, |suspect| suspect.kind.as_str().to_owned());
    Document { name: line(name, NAME_CHARACTERS_MAX), kind, features, ..Document::default() }
}

/// Most of its records are errors: a request that now and then fails is traffic.
fn is_error(template: &Template) -> bool {
    let count = |level| template.tally.levels.get(&level).copied().unwrap_or(0);
    (count(Level::Error) + count(Level::Fatal)) * 2 > template.tally.count
}

fn is_warning(template: &Template) -> bool {
    let count = |level| template.tally.levels.get(&level).copied().unwrap_or(0);
    count(Level::Warn) * 2 > template.tally.count
}

/// One line that a person can see, as the text of a signature holds it.
fn line(text: &str, characters_max: usize) -> String {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    let clean: String =
        text.chars().map(|c| if unseen(c) { ' ' } else { c }).take(characters_max).collect();
    clean.trim().to_owned()
}

fn patterns_of(text: &str) -> Vec<String> {
    let patterns = Patterns::built_in();
    patterns.find(text).into_iter().map(|number| patterns.get(number).id.clone()).collect()
}

/// Words that look like codes: capitals and digits, both or with a dash or underscore.
fn codes_of(text: &str) -> Vec<String> {
    /// Shorter words are abbreviations.
    const CODE_BYTES: std::ops::RangeInclusive<usize> = 5..=40;
    let inside = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    text.split(|letter| !inside(letter))
        .filter(|word| {
            CODE_BYTES.contains(&word.len())
                && word.bytes().all(|it| !it.is_ascii_lowercase())
                && word.starts_with(|it: char| it.is_ascii_uppercase())
                && (word.bytes().any(|it| it.is_ascii_digit())
                    || word.contains('_')
                    || word.starts_with('E'))
        })
        .map(|word| word.trim_matches(['-', '_']).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_words() {
        let codes =
            codes_of("ORA-00060 at POST, ECONNREFUSED and NOT_LEADER_FOR_PARTITION; HTTP/1.1 GET");
        assert_eq!(codes, ["ORA-00060", "ECONNREFUSED", "NOT_LEADER_FOR_PARTITION"]);
    }
}
