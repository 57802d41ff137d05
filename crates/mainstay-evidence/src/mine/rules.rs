//! The rules that join sequences of one length. They run in rounds until nothing changes; each
//! rule decides everything from a snapshot.
//!
//! A *column* varies when sequences equal everywhere else show enough different values there.
//! Words that occur in *one* sequence only are the variable part of the words that are shared. A
//! sequence that *fits* a known pattern with holes belongs to it.

use std::collections::{BTreeMap, HashMap};

use super::table::{Sequence, Table};
use super::word::{Announces, Word};

/// This many different values make a column a variable even if all are plain words.
const PLAIN_VALUES_MIN: usize = 8;

/// The same at the ends of a message, which are the steadiest places: a subject or a verdict.
const EDGE_VALUES_MIN: usize = 16;

/// This many make it a variable if they are not all plain words.
const MIXED_VALUES_MIN: usize = 3;

/// Behind a preposition stands an argument.
const ARGUMENT_VALUES_MIN: usize = 3;

/// Behind `user` or `host` stands a name; two of them prove it.
const NAMED_VALUES_MIN: usize = 2;

/// A key says that its value varies; two values prove it.
const KEYED_VALUES_MIN: usize = 2;

/// Words that must stay where several columns are open at once, and where one other variable
/// makes a column open.
const CONSTANTS_MIN: usize = 2;

/// Each round but the last removes a sequence; more rounds than this were never needed.
const ROUNDS_MAX: usize = 12;

/// Sets of open columns that are tried for the fit of a sequence: bounds the work on hostile
/// input.
const MASKS_MAX: usize = 64;

/// A join on shared words that takes over 40 % of all sequences swallows events; below this many
/// sequences the share means nothing.
const SHARE_SEQUENCES_MIN: usize = 50;

/// Values that are the message itself and never a reason to join.
const STATES: [&str; 16] = [
    "true", "false", "yes", "no", "on", "off", "up", "down", "ok", "success", "failed", "failure",
    "enabled", "disabled", "null", "none",
];

/// What became of the sequences of one length.
pub(super) struct Settled {
    pub(super) changes: BTreeMap<Sequence, Sequence>,
    pub(super) refused_joins: u64,
}

/// Applies the rules to all sequences of one length; `total` counts those of every length.
pub(super) fn settle(table: &mut Table, sequences: Vec<Sequence>, total: usize) -> Settled {
    let mut round = Round::new(table, sequences, total);
    for _ in 0..ROUNDS_MAX {
        let mut changed = round.columns();
        changed |= round.fits();
        if !changed && !round.shared_words() {
            break;
        }
    }
    let changes = round.origins.iter().zip(&round.place);
    let changes =
        changes.map(|(origin, at)| (origin.clone(), round.current[*at].clone())).collect();
    Settled { changes, refused_joins: round.refused_joins }
}

/// The state between two rules.
struct Round<'table> {
    table: &'table mut Table,
    total: usize,
    origins: Vec<Sequence>,
    /// For each origin its index in `current`.
    place: Vec<usize>,
    /// Sorted and distinct.
    current: Vec<Sequence>,
    refused_joins: u64,
}

impl<'table> Round<'table> {
    fn new(table: &'table mut Table, mut origins: Vec<Sequence>, total: usize) -> Self {
        origins.sort();
        origins.dedup();
        let place = (0..origins.len()).collect();
        let current = origins.clone();
        Self { table, total, origins, place, current, refused_joins: 0 }
    }

    /// Puts `changes` (by index) in place; says whether there were any.
    fn apply(&mut self, changes: BTreeMap<usize, Sequence>) -> bool {
        let mut changed = false;
        let mut next = self.current.clone();
        for (at, words) in changes {
            changed |= next[at] != words;
            next[at] = words;
        }
        if changed {
            self.current = next.clone();
            self.current.sort();
            self.current.dedup();
            let index: HashMap<&Sequence, usize> = self.current.iter().zip(0..).collect();
            for place in &mut self.place {
                *place = index[&next[*place]];
            }
        }
        changed
    }

    /// Rule 1: columns that vary while all other words are the same.
    fn columns(&mut self) -> bool {
        let mut changes: BTreeMap<usize, Sequence> = BTreeMap::new();
        let length = self.current.first().map_or(0, Vec::len);
        let sums: Vec<u128> = self.current.iter().map(|words| sum(words)).collect();
        for column in 0..length {
            let outlines = sums.iter().enumerate();
            let outlines =
                outlines.map(|(at, sum)| (sum.wrapping_add(self.opened(at, column)), at));
            for members in classes(outlines.collect()) {
                let values = self.values(&members, column);
                let first = members[0];
                let constants = self.constants(first, &[column]);
                let plain_min = self.plain_values_min(first, column);
                if constants == 0 || !self.are_values(&values, constants, plain_min) {
                    continue;
                }
                let merged = self.table.merge(&values);
                for at in members {
                    changes.entry(at).or_insert_with(|| self.current[at].clone())[column] = merged;
                }
            }
        }
        changes.retain(|_, words| words.iter().any(|at| self.table.is_constant(*at)));
        self.apply(changes)
    }

    /// Rule 2: words met in one sequence only, between words that are shared.
    fn shared_words(&mut self) -> bool {
        let rare = self.rare_columns();
        let candidates = rare.iter().enumerate().filter(|(_, columns)| columns.len() > 1);
        let outlines =
            candidates.map(|(at, columns)| (self.outline(sum(&self.current[at]), at, columns), at));
        let mut changes: BTreeMap<usize, Sequence> = BTreeMap::new();
        for members in classes(outlines.collect()) {
            if let Some(joined) = self.join_shared(&members, &rare[members[0]]) {
                changes.extend(members.into_iter().map(|at| (at, joined.clone())));
            }
        }
        self.apply(changes)
    }

    /// For each sequence the columns whose word no other sequence has there.
    fn rare_columns(&self) -> Vec<Vec<usize>> {
        let mut rare: Vec<Vec<usize>> = vec![Vec::new(); self.current.len()];
        let length = self.current.first().map_or(0, Vec::len);
        for column in 0..length {
            let words = self.current.iter().enumerate().map(|(at, words)| (words[column], at));
            let mut words: Vec<(u32, usize)> = words.collect();
            words.sort_unstable();
            for group in words.chunk_by(|one, other| one.0 == other.0) {
                if let [(word, at)] = group
                    && !self.table.get(*word).hole
                {
                    rare[*at].push(column);
                }
            }
        }
        rare
    }

    /// One sequence for `members` with the columns `open`, if those are variables.
    fn join_shared(&mut self, members: &[usize], open: &[usize]) -> Option<Sequence> {
        let constants = self.constants(members[0], open);
        let mut joined = self.current[members[0]].clone();
        if constants < CONSTANTS_MIN || constants * 2 < joined.len() {
            return None;
        }
        let columns: Vec<Vec<u32>> =
            open.iter().map(|column| self.values(members, *column)).collect();
        if !columns.iter().all(|values| self.are_values(values, constants, PLAIN_VALUES_MIN)) {
            return None;
        }
        if self.total >= SHARE_SEQUENCES_MIN && members.len() * 10 > self.total * 4 {
            self.refused_joins += 1;
            return None;
        }
        for (column, values) in open.iter().zip(&columns) {
            joined[*column] = self.table.merge(values);
        }
        Some(joined)
    }

    /// Rule 3: sequences that fit a pattern with holes.
    fn fits(&mut self) -> bool {
        let mut masks: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (at, words) in self.current.iter().enumerate() {
            let holes = words.iter().enumerate().filter(|(_, word)| self.table.get(**word).hole);
            let holes: Vec<usize> = holes.map(|(column, _)| column).collect();
            let constants = self.constants(at, &holes);
            if holes.len() > 1 && constants >= CONSTANTS_MIN && constants * 2 >= words.len() {
                masks.entry(holes).or_default().push(at);
            }
        }
        let mut ranked: Vec<(Vec<usize>, Vec<usize>)> = masks.into_iter().collect();
        ranked.sort_by_key(|(holes, members)| (members.len(), holes.len()));
        let sums: Vec<u128> = self.current.iter().map(|words| sum(words)).collect();
        let mut target: BTreeMap<usize, usize> = BTreeMap::new();
        for (holes, members) in ranked.iter().rev().take(MASKS_MAX) {
            let mut patterns: HashMap<u128, usize> = HashMap::new();
            for at in members {
                patterns.entry(self.outline(sums[*at], *at, holes)).or_insert(*at);
            }
            for (at, sum) in sums.iter().enumerate() {
                if let Some(pattern) = patterns.get(&self.outline(*sum, at, holes))
                    && *pattern != at
                    && !target.contains_key(&at)
                    && !target.contains_key(pattern)
                {
                    target.insert(at, *pattern);
                }
            }
        }
        // a chain of fits ends at the pattern that stays
        let end = |at: &usize| self.current[*target.get(at).unwrap_or(at)].clone();
        let changes = target.iter().map(|(at, to)| (*at, end(to))).collect();
        self.apply(changes)
    }

    fn values(&self, members: &[usize], column: usize) -> Vec<u32> {
        let mut values: Vec<u32> =
            members.iter().map(|member| self.current[*member][column]).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    /// The change of a sum when one column is left open.
    fn opened(&self, at: usize, column: usize) -> u128 {
        let word = self.current[at][column];
        term(column, self.table.key(word)).wrapping_sub(term(column, word))
    }

    /// The sum of a sequence, with the columns `open` left open.
    fn outline(&self, sum: u128, at: usize, open: &[usize]) -> u128 {
        open.iter().fold(sum, |sum, column| {
            // which columns are open is part of the outline
            let mark = term(*column, u32::MAX);
            sum.wrapping_add(self.opened(at, *column)).wrapping_add(mark)
        })
    }

    /// How many words outside the columns `open` say something.
    fn constants(&self, at: usize, open: &[usize]) -> usize {
        let words = self.current[at].iter().enumerate();
        words
            .filter(|(at, word)| open.binary_search(at).is_err() && self.table.is_constant(**word))
            .count()
    }

    /// How many plain words make a column a variable, by its place.
    fn plain_values_min(&self, at: usize, column: usize) -> usize {
        let words = &self.current[at];
        let before = column.checked_sub(1).map(|at| self.table.get(words[at]).announces);
        match before {
            Some(Announces::Name) => NAMED_VALUES_MIN,
            Some(Announces::Argument) => ARGUMENT_VALUES_MIN,
            None => EDGE_VALUES_MIN,
            _ if column + 1 == words.len() => EDGE_VALUES_MIN,
            _ => PLAIN_VALUES_MIN,
        }
    }

    /// Are these words values of one variable, seen between `constants` equal words?
    fn are_values(&self, values: &[u32], constants: usize, plain_min: usize) -> bool {
        let words: Vec<&Word> = values.iter().map(|at| self.table.get(*at)).collect();
        if words.len() < 2 || words.iter().any(|word| word.code) {
            return false;
        }
        let hole = words.iter().any(|word| word.hole);
        let state = |word: &&Word| STATES.contains(&word.value().to_ascii_lowercase().as_str());
        if !hole && words.iter().any(state) {
            return false;
        }
        let plain = words.iter().all(|word| word.plain);
        let least = match plain {
            _ if hole && constants >= CONSTANTS_MIN => 2,
            _ if words[0].key > 0 => KEYED_VALUES_MIN,
            true => plain_min,
            false => MIXED_VALUES_MIN,
        };
        words.len() >= least
    }
}

/// The members of each outline that more than one sequence has.
fn classes(mut outlines: Vec<(u128, usize)>) -> Vec<Vec<usize>> {
    outlines.sort_unstable();
    let groups = outlines.chunk_by(|one, other| one.0 == other.0);
    let groups = groups.filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|(_, at)| *at).collect()).collect()
}

/// The sum of all words of a sequence, each mixed with its place: leaving a column open changes
/// one term, so all columns of a sequence cost no more than the sequence itself.
fn sum(words: &[u32]) -> u128 {
    words.iter().enumerate().fold(0, |total, (at, word)| total.wrapping_add(term(at, *word)))
}

fn term(place: usize, word: u32) -> u128 {
    let place = u64::try_from(place).unwrap_or(u64::MAX);
    let seed = place << 32 | u64::from(word);
    u128::from(mix(seed)) << 64 | u128::from(mix(!seed))
}

/// The finaliser of splitmix64: every bit of the input reaches every bit of the output.
fn mix(seed: u64) -> u64 {
    let one = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let two = (one ^ one >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let three = (two ^ two >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    three ^ three >> 31
}
