//! Messages only in one bundle, and messages whose share of their component's records shifted.

use std::collections::BTreeMap;

use mainstay_core::Level;

use super::{LISTED_MAX, MessageShift, Messages, chance};
use crate::finding::Place;
use crate::observation::{Observation, Vocabulary};

/// A share that changed by less is not worth a line, however sure.
const RATIO_MIN: f64 = 1.5;

/// False discoveries among what is listed.
const FALSE_DISCOVERIES: f64 = 0.05;

/// A message that was expected less often proves nothing by being away.
const EXPECTED_MIN: f64 = 3.0;

/// Places of a message.
const CITES_MAX: usize = 3;

/// The messages of both, compared.
pub(super) struct Shifts {
    pub(super) messages: Messages,
    pub(super) left_messages: u64,
    pub(super) right_messages: u64,
}

/// Records of one message of one component.
#[derive(Default, Clone)]
struct Counted {
    count: u64,
    level: Option<Level>,
    cites: Vec<Place>,
}

/// By component and message, and all records by component.
struct Side {
    of_message: BTreeMap<(u32, u32), Counted>,
    of_component: BTreeMap<u32, u64>,
}

impl Side {
    fn of(observation: &Observation<'_>) -> Self {
        let mut side = Self { of_message: BTreeMap::new(), of_component: BTreeMap::new() };
        for record in observation.records.each(observation.bundle) {
            *side.of_component.entry(record.component).or_default() += 1;
            let counted = side.of_message.entry((record.component, record.message)).or_default();
            counted.count += 1;
            counted.level = counted.level.max(record.level);
            if counted.cites.len() < CITES_MAX {
                counted.cites.push(observation.bundle.place(record.row));
            }
        }
        side
    }

    fn total(&self, component: u32) -> f64 {
        self.of_component.get(&component).copied().unwrap_or(0) as f64
    }
}

pub(super) fn shifts(
    good: &Observation<'_>,
    other: &Observation<'_>,
    vocabulary: &Vocabulary,
) -> Shifts {
    let (left, right) = (Side::of(good), Side::of(other));
    let mut keys: Vec<(u32, u32)> =
        left.of_message.keys().chain(right.of_message.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let mut tested: Vec<(f64, MessageShift)> = Vec::with_capacity(keys.len());
    let mut both = 0;
    for key in &keys {
        let (component, message) = *key;
        let here = left.of_message.get(key).cloned().unwrap_or_default();
        let there = right.of_message.get(key).cloned().unwrap_or_default();
        both += u64::from(here.count > 0 && there.count > 0);
        let (all_here, all_there) = (left.total(component), right.total(component));
        let share = |count: u64, all: f64| (count as f64 + 0.5) / (all + 1.0);
        let cites = if there.cites.is_empty() { here.cites } else { there.cites };
        let shift = MessageShift {
            text: vocabulary.messages.text(message).to_owned(),
            component: name(component, vocabulary),
            level: here.level.max(there.level),
            left: here.count,
            right: there.count,
            ratio: share(there.count, all_there) / share(here.count, all_here),
            false_discovery: 1.0,
            cites,
        };
        let chance = chance::of_two_shares(here.count, all_here, there.count, all_there);
        tested.push((chance, shift));
    }
    hold_false_discoveries(&mut tested);
    let messages = sort_out(tested, keys.len() as u64, both, &left, &right, vocabulary);
    Shifts {
        messages,
        left_messages: left.of_message.len() as u64,
        right_messages: right.of_message.len() as u64,
    }
}

fn name(component: u32, vocabulary: &Vocabulary) -> String {
    vocabulary.components.name(component).to_owned()
}

/// Puts the surest first and says how many of them chance explains.
fn hold_false_discoveries(tested: &mut [(f64, MessageShift)]) {
    tested.sort_by(|a, b| {
        a.0.total_cmp(&b.0)
            .then_with(|| (&a.1.component, &a.1.text).cmp(&(&b.1.component, &b.1.text)))
    });
    let rising: Vec<f64> = tested.iter().map(|it| it.0).collect();
    for ((_, shift), share) in tested.iter_mut().zip(chance::false_discoveries(&rising)) {
        shift.false_discovery = share;
    }
}

fn sort_out(
    tested: Vec<(f64, MessageShift)>,
    all: u64,
    both: u64,
    left: &Side,
    right: &Side,
    vocabulary: &Vocabulary,
) -> Messages {
    let mut messages = Messages {
        all,
        both,
        only_left: Vec::new(),
        only_left_others: 0,
        only_right: Vec::new(),
        only_right_others: 0,
        shifted: Vec::new(),
        shifted_others: 0,
    };
    let total = |side: &Side, name: &str| {
        vocabulary.components.find(name).map_or(0.0, |component| side.total(component))
    };
    for (_, shift) in tested {
        let sure = shift.false_discovery <= FALSE_DISCOVERIES;
        let is_bad = shift.level >= Some(Level::Warn);
        if shift.right == 0 {
            // away is only away where it was expected
            let here = total(left, &shift.component).max(1.0);
            let expected = shift.left as f64 / here * total(right, &shift.component);
            let listed = expected >= EXPECTED_MIN && sure;
            put(listed, shift, &mut messages.only_left, &mut messages.only_left_others);
        } else if shift.left == 0 {
            put(sure || is_bad, shift, &mut messages.only_right, &mut messages.only_right_others);
        } else if sure && (shift.ratio >= RATIO_MIN || shift.ratio <= 1.0 / RATIO_MIN) {
            put(true, shift, &mut messages.shifted, &mut messages.shifted_others);
        }
    }
    messages
}

fn put(listed: bool, shift: MessageShift, list: &mut Vec<MessageShift>, others: &mut u64) {
    if listed && list.len() < LISTED_MAX {
        list.push(shift);
    } else {
        *others += 1;
    }
}
