//! Signatures of known troubles: a few features of a bundle in a small text, to be recognised in
//! any other bundle.
//!
//! A signature holds no host, no time and no secret: templates of messages by id and text, error
//! codes, kinds. It is written by hand as well as by the program. What is *not* here: where
//! signatures are kept.

mod library;
mod text;

use std::collections::BTreeSet;

use mainstay_core::Level;

use crate::mine::Template;
use crate::pattern::Library as Patterns;
use crate::view::Bundle;

pub use library::{Hit, Library};
pub use text::{ParseError, parse};

/// Messages in a signature; more make it narrower than the trouble.
const MESSAGES_MAX: usize = 8;

/// Error codes in a signature.
const CODES_MAX: usize = 8;

/// One thing a bundle has or has not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// A template by its id.
    Message(String),
    /// A code as programs write it: `ORA-00060`, `ECONNREFUSED`.
    Code(String),
    /// A pattern of the library by its id.
    Pattern(String),
}

/// A known trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub name: String,
    /// As `inspect` names it; empty when nobody knows.
    pub kind: String,
    pub features: Vec<(Feature, String)>,
}

impl Signature {
    /// From what a bundle shows: its messages of level error, rarest components first, their codes
    /// and the patterns they match.
    #[must_use]
    pub fn of(bundle: &Bundle, name: &str) -> Self {
        let mut templates: Vec<&Template> =
            bundle.dictionary().templates.iter().filter(|it| is_error(it)).collect();
        // said by few and often: that is the trouble, what all say is the weather
        templates.sort_by_key(|template| {
            let tally = &template.tally;
            (tally.sources.len(), std::cmp::Reverse(tally.count), template.id.clone())
        });
        templates.truncate(MESSAGES_MAX);
        let mut codes = BTreeSet::new();
        let mut patterns = BTreeSet::new();
        for template in &templates {
            codes.extend(codes_of(&template.text));
            patterns.extend(patterns_of(&template.text));
        }
        let messages = templates
            .iter()
            .map(|template| (Feature::Message(template.id.clone()), template.text.clone()));
        let codes = codes.into_iter().take(CODES_MAX);
        let features = messages
            .chain(patterns.into_iter().map(|id| (Feature::Pattern(id), String::new())))
            .chain(codes.map(|code| (Feature::Code(code), String::new())))
            .collect();
        let best = bundle.diagnosis().and_then(|diagnosis| diagnosis.hypotheses.first());
        let kind = best.map_or_else(String::new, |best| best.kind.as_str().to_owned());
        Self { name: name.to_owned(), kind, features }
    }
}

/// Everything of a bundle that a signature can name.
#[must_use]
pub fn features(bundle: &Bundle) -> BTreeSet<Feature> {
    let mut features = BTreeSet::new();
    for template in &bundle.dictionary().templates {
        features.insert(Feature::Message(template.id.clone()));
        features.extend(codes_of(&template.text).into_iter().map(Feature::Code));
        features.extend(patterns_of(&template.text).into_iter().map(Feature::Pattern));
    }
    features
}

/// Most of its records are errors: a request that now and then fails is traffic.
fn is_error(template: &Template) -> bool {
    let count = |level| template.tally.levels.get(&level).copied().unwrap_or(0);
    (count(Level::Error) + count(Level::Fatal)) * 2 > template.tally.count
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
