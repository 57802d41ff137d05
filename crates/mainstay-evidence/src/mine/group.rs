//! Pass 2: which signatures are one event. Works on distinct word sequences in sorted order, so
//! the order of input plays no part. `rules` joins sequences of one length, `join` those of
//! different lengths. What is *not* here: ids and counts, which are in `dictionary`.

use std::collections::BTreeMap;

use super::dictionary::HOLE;
use super::join;
use super::mask::VARIABLE;
use super::rules;
use super::table::{Sequence, Table};
use super::word::Word;

/// Two alike may be a pair with a meaning (from, to); three are a list.
const REPEATS_MIN: usize = 3;

/// Words of one thing in a list; printed records have about ten fields.
const STRETCH_WORDS_MAX: usize = 16;

/// A final pattern: words that may hold variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    words: Vec<String>,
}

/// The result: for each signature the index of its pattern.
pub(super) struct Grouped {
    pub(super) distinct: Vec<Pattern>,
    pub(super) patterns: Vec<usize>,
    pub(super) refused_joins: u64,
}

impl Pattern {
    /// What people read: glue and keys stay, neighbouring variables are one.
    pub(super) fn text(&self) -> String {
        self.words.join(" ")
    }

    /// What the id is made of: a word that holds a variable is one, and only a key stays with it.
    pub(super) fn canonical(&self) -> String {
        let mut words: Vec<&str> = Vec::with_capacity(self.words.len());
        let keyed: Vec<String> = self.words.iter().map(|text| canonical_word(text)).collect();
        for word in &keyed {
            if word != HOLE || words.last() != Some(&HOLE) {
                words.push(word);
            }
        }
        words.join(" ")
    }
}

fn canonical_word(text: &str) -> String {
    let word = Word::new(text.to_owned());
    match (word.hole, word.key) {
        (false, _) => word.text,
        (true, 0) => HOLE.to_owned(),
        (true, _) => {
            let key = word.key().trim_start_matches(|c: char| !c.is_alphabetic());
            format!("{key}{HOLE}")
        }
    }
}

/// Groups all signatures of a bundle.
pub(super) fn group(signatures: &[&[u8]]) -> Grouped {
    let mut table = Table::default();
    let sequences: Vec<Sequence> =
        signatures.iter().map(|signature| sequence(&mut table, signature)).collect();
    let mut lengths: BTreeMap<usize, Vec<Sequence>> = BTreeMap::new();
    for words in &sequences {
        lengths.entry(words.len()).or_default().push(words.clone());
    }
    let mut refused_joins = 0;
    let mut current: BTreeMap<Sequence, Sequence> = BTreeMap::new();
    for of_length in lengths.into_values() {
        let settled = rules::settle(&mut table, of_length, sequences.len());
        refused_joins += settled.refused_joins;
        current.extend(settled.changes);
    }
    let joined = join::across_lengths(&mut table, &distinct(current.values()));
    for words in current.values_mut() {
        if let Some(new) = joined.get(words) {
            words.clone_from(new);
        }
    }
    let distinct = distinct(current.values());
    let index: BTreeMap<&Sequence, usize> = distinct.iter().zip(0..).collect();
    let patterns = sequences.iter().map(|words| index[&current[words]]).collect();
    let text = |at: &u32| table.get(*at).text.clone();
    let distinct =
        distinct.iter().map(|words| Pattern { words: words.iter().map(text).collect() }).collect();
    Grouped { distinct, patterns, refused_joins }
}

fn distinct<'words>(sequences: impl Iterator<Item = &'words Sequence>) -> Vec<Sequence> {
    let mut distinct: Vec<Sequence> = sequences.cloned().collect();
    distinct.sort();
    distinct.dedup();
    distinct
}

/// The words of a signature; a run of words that are only variables is one.
fn sequence(table: &mut Table, signature: &[u8]) -> Sequence {
    let mut text = String::with_capacity(signature.len() + 16);
    for (at, piece) in signature.split(|byte| *byte == VARIABLE).enumerate() {
        if at > 0 {
            text.push_str(HOLE);
        }
        text.push_str(&String::from_utf8_lossy(piece));
    }
    let mut sequence: Sequence = Vec::new();
    for word in text.split_ascii_whitespace() {
        let at = table.intern(word);
        match sequence.last() {
            Some(last) if table.get(*last).bare && table.get(at).bare => {
                let merged = table.run(*last, at);
                sequence.pop();
                sequence.push(merged);
            }
            _ => sequence.push(at),
        }
    }
    without_repeats(table, &sequence)
}

/// A list of things of one kind (`Seat(no=<*>), Seat(no=<*>), …`) is as long as it happens to be:
/// of three and more equal stretches with a variable in them one stays.
fn without_repeats(table: &Table, sequence: &[u32]) -> Sequence {
    let mut kept = Sequence::with_capacity(sequence.len());
    let mut at = 0;
    while at < sequence.len() {
        let rest = &sequence[at..];
        let repeated = (1..=STRETCH_WORDS_MAX.min(rest.len() / REPEATS_MIN)).find_map(|length| {
            let stretch = &rest[..length];
            let repeats = rest.chunks_exact(length).take_while(|next| *next == stretch).count();
            let varies = stretch.iter().any(|word| table.get(*word).hole);
            (varies && repeats >= REPEATS_MIN).then_some((length, repeats))
        });
        let (length, repeats) = repeated.unwrap_or((1, 1));
        kept.extend(&rest[..length]);
        at += length * repeats;
    }
    kept
}
