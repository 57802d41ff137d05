//! Messages whose cause is known: matched against the pattern library. A message that the baseline
//! writes as well states nothing.

use std::collections::{BTreeMap, BTreeSet};

use mainstay_core::Level;

use super::constant::{CITES_MAX, STATED_BY_MESSAGE};
use super::kind::Kind;
use super::signal::{Group, Signal};
use super::window::Window;
use crate::observation::{Observation, Vocabulary};
use crate::pattern::Library;
use crate::view::Bits;

/// What the library knows of a bundle's messages.
#[derive(Default)]
pub(super) struct Known {
    pub(super) signals: Vec<Signal>,
    /// By component: numbers of patterns, most frequent first.
    pub(super) patterns: BTreeMap<u32, Vec<usize>>,
}

/// Records of one message of one component in the window.
#[derive(Default)]
struct Seen {
    count: u64,
    rows: Vec<u32>,
    first: Option<i64>,
}

pub(super) fn find(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Known {
    let mut calm = Bits::none(vocabulary.messages.len());
    let mut seen: BTreeMap<(u32, u32), Seen> = BTreeMap::new();
    for record in case.records.each(case.bundle) {
        let plain = matches!(record.level, Some(Level::Trace | Level::Debug | Level::Info));
        if record.time.is_some_and(|time| time < window.start) {
            calm.set(record.message);
        } else if !plain && record.component != u32::MAX {
            let seen = seen.entry((record.component, record.message)).or_default();
            seen.count += 1;
            seen.first = [seen.first, record.time].into_iter().flatten().min();
            if seen.rows.len() < CITES_MAX {
                seen.rows.push(record.row);
            }
        }
    }
    if let Some(reference) = reference {
        reference.records.each(reference.bundle).for_each(|record| calm.set(record.message));
    }
    // the same cause under another name: patterns that the calm messages match are noise, too
    let library = Library::built_in();
    let calm_messages = calm.rows(0..u32::try_from(vocabulary.messages.len()).unwrap_or(u32::MAX));
    let noise: BTreeSet<usize> =
        calm_messages.flat_map(|message| library.find(vocabulary.messages.text(message))).collect();
    let mut known = Known::default();
    let mut counts: BTreeMap<(u32, usize), u64> = BTreeMap::new();
    for ((component, message), seen) in &seen {
        for number in library.find(vocabulary.messages.text(*message)) {
            *counts.entry((*component, number)).or_default() += seen.count;
            let pattern = library.get(number);
            if !pattern.states || noise.contains(&number) || calm.has(*message) {
                continue;
            }
            known.signals.push(Signal {
                component: *component,
                group: Group::Statement,
                name: format!("known cause: {}", pattern.id),
                value: STATED_BY_MESSAGE,
                detail: format!("{} ({} records)", pattern.cause, seen.count),
                cites: seen.rows.iter().map(|row| case.bundle.place(*row)).collect(),
                onset: seen.first.map(|first| (first, first)),
                seconds: None,
            });
        }
    }
    let mut counts: Vec<((u32, usize), u64)> = counts.into_iter().collect();
    counts.sort_by_key(|((component, number), count)| {
        (*component, std::cmp::Reverse(*count), *number)
    });
    for ((component, number), _) in counts {
        known.patterns.entry(component).or_default().push(number);
    }
    known
}

/// The kind that the first stating pattern of a component names.
pub(super) fn stated_kind(known: &Known, component: u32) -> Option<Kind> {
    let stated = known.signals.iter().any(|signal| signal.component == component);
    let numbers = known.patterns.get(&component).filter(|_| stated)?;
    let patterns = numbers.iter().map(|number| Library::built_in().get(*number));
    patterns.filter(|pattern| pattern.states).map(|pattern| pattern.kind).next()
}
