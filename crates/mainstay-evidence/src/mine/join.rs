//! Joining across lengths: patterns that are equal but for runs of variable-like words (variables
//! and their units), such as `<*> bytes sent` and `<*> bytes (<*> KB) sent`.

use std::collections::{BTreeMap, BTreeSet};

use super::dictionary::HOLE;
use super::table::{Sequence, Table};
use super::word;

/// Words that must stay for a join: with fewer the rest says too little.
const CONSTANTS_MIN: usize = 2;

/// One stretch of a sequence.
enum Stretch {
    Constant(u32),
    /// Variables with their units.
    Run(Vec<u32>),
}

/// For each sequence that changes, what it becomes.
pub(super) fn across_lengths(
    table: &mut Table,
    sequences: &[Sequence],
) -> BTreeMap<Sequence, Sequence> {
    let hole = table.intern(HOLE);
    let mut groups: BTreeMap<Sequence, Vec<&Sequence>> = BTreeMap::new();
    for sequence in sequences {
        let stretches = stretches(table, sequence);
        let outline = stretches.iter().map(|stretch| match stretch {
            Stretch::Constant(word) => *word,
            Stretch::Run(_) => hole,
        });
        groups.entry(outline.collect()).or_default().push(sequence);
    }
    let mut changes = BTreeMap::new();
    for (outline, members) in groups {
        let constants = outline.iter().filter(|word| **word != hole).count();
        if members.len() < 2 || constants < CONSTANTS_MIN || constants * 2 < outline.len() {
            continue;
        }
        let joined = joined(table, &members);
        changes.extend(members.into_iter().map(|member| (member.clone(), joined.clone())));
    }
    changes
}

fn joined(table: &mut Table, members: &[&Sequence]) -> Sequence {
    let all: Vec<Vec<Stretch>> = members.iter().map(|member| stretches(table, member)).collect();
    let mut joined = Sequence::new();
    for (at, stretch) in all[0].iter().enumerate() {
        match stretch {
            Stretch::Constant(word) => joined.push(*word),
            Stretch::Run(first) => {
                let runs: BTreeSet<&[u32]> =
                    all.iter().filter_map(|other| run(other, at)).collect();
                if runs.len() == 1 {
                    joined.extend(first);
                } else {
                    let texts: Vec<u32> = runs.iter().map(|run| outer(table, run)).collect();
                    joined.push(table.merge(&texts));
                }
            }
        }
    }
    joined
}

fn run(stretches: &[Stretch], at: usize) -> Option<&[u32]> {
    match stretches.get(at) {
        Some(Stretch::Run(words)) => Some(words),
        _ => None,
    }
}

/// A run as one variable with the glue at its two ends.
fn outer(table: &mut Table, run: &[u32]) -> u32 {
    let lead = table.get(run[0]).text.clone();
    let tail = table.get(run[run.len() - 1]).text.clone();
    let is_core = |c: char| c.is_alphanumeric() || matches!(c, '<' | '*');
    let lead = &lead[..lead.find(is_core).unwrap_or(0)];
    let tail_start = tail
        .rfind(HOLE)
        .map(|at| at + HOLE.len())
        .or_else(|| tail.rfind(char::is_alphanumeric).map(|at| at + 1))
        .unwrap_or(tail.len());
    let text = word::between(lead, tail.get(tail_start..).unwrap_or(""));
    table.intern(&text)
}

fn stretches(table: &Table, sequence: &[u32]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for at in sequence {
        let word = table.get(*at);
        let bare = word.bare;
        match stretches.last_mut() {
            Some(Stretch::Run(words)) if bare || word.unit => words.push(*at),
            _ if bare => stretches.push(Stretch::Run(vec![*at])),
            _ => stretches.push(Stretch::Constant(*at)),
        }
    }
    stretches
}
