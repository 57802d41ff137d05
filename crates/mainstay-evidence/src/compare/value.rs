//! Values that became frequent or rare: variables of messages that take few values.

use std::collections::{BTreeMap, HashMap};

use super::{LISTED_MAX, ValueShift};
use crate::finding::Place;
use crate::observation::{Observation, Vocabulary};
use crate::view::ViewError;

/// Values of one variable that are counted; a variable with more is an id or a number.
const VALUES_MAX: usize = 30;

/// Records of the message on both sides.
const RECORDS_MIN: u64 = 20;

/// A value's share must change by this much.
const SHARE_MIN: f64 = 0.25;

/// Counts of the values of one variable.
#[derive(Default)]
struct Values {
    all: u64,
    counts: HashMap<String, (u64, u32)>,
    too_many: bool,
}

/// By message and place of the variable.
type Sides = BTreeMap<(u32, usize), Values>;

pub(super) fn shifts(
    good: &Observation<'_>,
    other: &Observation<'_>,
    vocabulary: &Vocabulary,
) -> Result<Vec<ValueShift>, ViewError> {
    let (left, right) = (read(good)?, read(other)?);
    let mut shifts: Vec<ValueShift> = Vec::new();
    for (key, there) in &right {
        let Some(here) = left.get(key) else { continue };
        let few = here.too_many || there.too_many;
        if few || here.all < RECORDS_MIN || there.all < RECORDS_MIN {
            continue;
        }
        let mut values: Vec<&String> = here.counts.keys().chain(there.counts.keys()).collect();
        values.sort_unstable();
        values.dedup();
        for value in values {
            let share = |side: &Values| {
                side.counts.get(value).map_or(0.0, |it| it.0 as f64) / side.all as f64
            };
            let (before, now) = (share(here), share(there));
            if (now - before).abs() >= SHARE_MIN {
                let row = there.counts.get(value).map(|it| other.bundle.place(it.1));
                let old = here.counts.get(value).map(|it| good.bundle.place(it.1));
                let cites: Vec<Place> = row.or(old).into_iter().collect();
                shifts.push(ValueShift {
                    message: vocabulary.messages.text(key.0).to_owned(),
                    value: value.clone(),
                    left: before,
                    right: now,
                    cites,
                });
            }
        }
    }
    shifts.sort_by(|a, b| {
        let by = |it: &ValueShift| (it.right - it.left).abs();
        by(b).total_cmp(&by(a)).then_with(|| (&a.message, &a.value).cmp(&(&b.message, &b.value)))
    });
    shifts.truncate(LISTED_MAX);
    Ok(shifts)
}

fn read(observation: &Observation<'_>) -> Result<Sides, ViewError> {
    let mut sides = Sides::new();
    let messages: Vec<u32> =
        observation.records.each(observation.bundle).fold(Vec::new(), |mut of_row, record| {
            of_row.resize(record.row as usize + 1, u32::MAX);
            of_row[record.row as usize] = record.message;
            of_row
        });
    observation.bundle.texts(&mut |row, read| {
        let message = messages.get(row as usize).copied().unwrap_or(u32::MAX);
        if message != u32::MAX {
            for (place, variable) in read.variables.iter().enumerate() {
                let value = &read.text[variable.clone()];
                sides.entry((message, place)).or_default().add(value, row);
            }
        }
    })?;
    Ok(sides)
}

impl Values {
    fn add(&mut self, value: &str, row: u32) {
        self.all += 1;
        if self.too_many {
            return;
        }
        if let Some(count) = self.counts.get_mut(value) {
            count.0 += 1;
        } else if self.counts.len() < VALUES_MAX {
            self.counts.insert(value.to_owned(), (1, row));
        } else {
            self.too_many = true;
            self.counts = HashMap::new();
        }
    }
}
