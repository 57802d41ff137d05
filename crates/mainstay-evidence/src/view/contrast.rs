//! What a window of time has more of than the rest: values of fields and templates, ranked by how
//! much their shares differ. What chance explains is left out.

use std::collections::HashMap;

use mainstay_core::UtcMicros;

use super::bits::Bits;
use super::{Bundle, ViewError, named};
use crate::compare::chance;
use crate::query::{Query, Term};

/// Fields that texts name and that are compared: the commonest.
const NAMED_FIELDS_MAX: usize = 24;

/// Records of either side that are asked for values in their texts; more change no share.
const SAMPLE_MAX: usize = 40_000;

/// Stretches of neighbours that a sample is taken in: each row spread alone would read every group
/// of the bundle for every field.
const STRETCHES: usize = 32;

/// Distinct values of a field that are compared: a field with more is an id and tells nothing.
const VALUES_MAX: usize = 5_000;

/// Values of a field in an answer.
const LISTED_MAX: usize = 12;

/// False discoveries among what is listed.
const FALSE_DISCOVERIES: f64 = 0.05;

/// Cohen's h: half of what he calls small, because a bundle has hundreds of templates and each is a
/// small share of it.
const EFFECT_MIN: f64 = 0.1;

/// A window of time against the rest of the records under the same query.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// Records in the window and beside it.
    pub inside: u64,
    pub outside: u64,
    /// Records without a time belong to neither.
    pub untimed: u64,
    /// Values in texts were counted on so many of either side at most.
    pub sampled: Option<u64>,
    /// Most different first.
    pub fields: Vec<FieldContrast>,
    /// Fields that were compared, those without a difference as well.
    pub compared: u64,
}

/// A field whose values are distributed otherwise in the window.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldContrast {
    pub field: String,
    /// Half the sum of all differences of shares: 0 the same, 1 nothing in common.
    pub distance: f64,
    /// Largest effect first.
    pub values: Vec<ValueContrast>,
    /// Values that differ as well and are not listed.
    pub others: u64,
}

/// A value with its shares.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueContrast {
    /// As the query takes it.
    pub value: String,
    /// As people read it.
    pub label: String,
    pub inside: u64,
    pub outside: u64,
    pub inside_share: f64,
    pub outside_share: f64,
    /// Cohen's h, signed: above zero there is more of it in the window. 0.2 is small, 0.5 medium,
    /// 0.8 large.
    pub effect: f64,
    /// How often such a difference would be chance among all that were tested.
    pub false_discovery: f64,
}

/// Counts of one field on both sides.
struct Counted {
    field: String,
    /// Records counted on both sides.
    inside: f64,
    outside: f64,
    values: Vec<(String, u64, u64)>,
}

impl Bundle {
    /// Compares the records of a query in a window of time with those beside it; conditions on time
    /// in the query do not count.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn contrast(
        &self,
        query: &Query,
        from: UtcMicros,
        to: UtcMicros,
    ) -> Result<Contrast, ViewError> {
        let query = query.without(|term| matches!(term, Term::Time { .. }));
        let selection = self.select(&query)?;
        let (mut inside, mut outside, mut untimed) = (Vec::new(), Vec::new(), 0);
        for row in selection.rows.iter() {
            match self.index.time(*row) {
                Some(time) if time >= from && time < to => inside.push(*row),
                Some(_) => outside.push(*row),
                None => untimed += 1,
            }
        }
        let mut all = self.own_fields(&inside, &outside);
        let most = inside.len().max(outside.len());
        let sampled = (most > SAMPLE_MAX).then_some(SAMPLE_MAX as u64);
        all.extend(self.named_fields(&inside, &outside)?);
        let compared = all.len() as u64;
        Ok(Contrast {
            inside: inside.len() as u64,
            outside: outside.len() as u64,
            untimed,
            sampled,
            fields: self.ranked(all),
            compared,
        })
    }

    /// Fields that every record has of itself: counted on all records.
    fn own_fields(&self, inside: &[u32], outside: &[u32]) -> Vec<Counted> {
        let index = &self.index;
        let level = |row: u32| index.level(row).map_or(u32::MAX, |level| level as u32);
        let level_name = |id: u32| {
            let level = mainstay_core::Level::ALL.get(id as usize);
            level.map(|level| level.as_str().to_owned())
        };
        let source = |id: u32| self.sources().get(id as usize).map(|it| it.name.clone());
        let path = |id: u32| self.files().get(id as usize).map(|it| it.path.clone());
        let template = |id: u32| {
            let template = self.dictionary.templates.get(id as usize);
            template.map(|template| template.id.clone())
        };
        vec![
            counted("level", inside, outside, level, level_name),
            counted("source", inside, outside, |row| index.source(row), source),
            counted("file", inside, outside, |row| index.file(row), path),
            counted("template", inside, outside, |row| index.template(row), template),
        ]
    }

    /// Fields that texts name: counted on a sample of either side.
    fn named_fields(&self, inside: &[u32], outside: &[u32]) -> Result<Vec<Counted>, ViewError> {
        let (inside, outside) = (self.sample(inside), self.sample(outside));
        let mut fields = Vec::new();
        for (field, _) in self.field_names().into_iter().take(NAMED_FIELDS_MAX) {
            let mut values: HashMap<String, (u64, u64)> = HashMap::new();
            let mut too_many = false;
            for (rows, is_inside) in [(&inside, true), (&outside, false)] {
                named::each_value(self, &field, rows, |value| {
                    if !values.contains_key(value) && values.len() >= VALUES_MAX {
                        too_many = true;
                        return;
                    }
                    let counts = values.entry(value.to_owned()).or_default();
                    if is_inside { counts.0 += 1 } else { counts.1 += 1 }
                })?;
            }
            if too_many {
                continue;
            }
            let values = values.into_iter().map(|(value, (here, there))| (value, here, there));
            fields.push(Counted {
                field,
                inside: inside.count() as f64,
                outside: outside.count() as f64,
                values: values.collect(),
            });
        }
        Ok(fields)
    }

    /// At most [`SAMPLE_MAX`] of the rows, in stretches spread evenly over the files.
    fn sample(&self, rows: &[u32]) -> Bits {
        let mut bits = Bits::none(self.index.len());
        let mut stored = rows.to_vec();
        stored.sort_unstable();
        let (stretch, step) = if stored.len() > SAMPLE_MAX {
            (SAMPLE_MAX / STRETCHES, stored.len() / STRETCHES)
        } else {
            (stored.len().max(1), stored.len().max(1))
        };
        for neighbours in stored.chunks(step).take(STRETCHES) {
            for row in neighbours.iter().take(stretch) {
                bits.set(*row);
            }
        }
        bits
    }

    fn ranked(&self, all: Vec<Counted>) -> Vec<FieldContrast> {
        let mut tested: Vec<(f64, usize, ValueContrast)> = Vec::new();
        for (number, counted) in all.iter().enumerate() {
            tested.extend(counted.values.iter().map(|(value, inside, outside)| {
                let chance =
                    chance::of_two_shares(*inside, counted.inside, *outside, counted.outside);
                let label = self.label(&counted.field, value);
                (chance, number, contrast(counted, value, label, *inside, *outside))
            }));
        }
        tested.sort_by(|left, right| {
            left.0
                .total_cmp(&right.0)
                .then_with(|| (left.1, &left.2.value).cmp(&(right.1, &right.2.value)))
        });
        let rising: Vec<f64> = tested.iter().map(|it| it.0).collect();
        let shares = chance::false_discoveries(&rising);
        let mut values: Vec<Vec<ValueContrast>> = all.iter().map(|_| Vec::new()).collect();
        for ((_, number, mut value), share) in tested.into_iter().zip(shares) {
            value.false_discovery = share;
            if share <= FALSE_DISCOVERIES && value.effect.abs() >= EFFECT_MIN {
                values[number].push(value);
            }
        }
        let fields = all.iter().zip(values).filter(|(_, values)| !values.is_empty());
        let mut fields: Vec<FieldContrast> =
            fields.map(|(counted, values)| field_contrast(counted, values)).collect();
        fields.sort_by(|left, right| {
            let most = |field: &FieldContrast| field.values[0].effect.abs();
            most(right).total_cmp(&most(left)).then_with(|| left.field.cmp(&right.field))
        });
        fields
    }

    fn label(&self, field: &str, value: &str) -> String {
        let template = |id: &str| self.dictionary.templates.iter().find(|it| it.id == id);
        match field {
            "template" => template(value).map_or_else(String::new, |it| it.text.clone()),
            _ => value.to_owned(),
        }
    }
}

fn field_contrast(counted: &Counted, mut values: Vec<ValueContrast>) -> FieldContrast {
    values.sort_by(|left, right| {
        right.effect.abs().total_cmp(&left.effect.abs()).then_with(|| left.value.cmp(&right.value))
    });
    let shares = counted.values.iter().map(|(_, inside, outside)| {
        (share(*inside, counted.inside) - share(*outside, counted.outside)).abs()
    });
    let distance = shares.sum::<f64>() / 2.0;
    let others = values.len().saturating_sub(LISTED_MAX) as u64;
    values.truncate(LISTED_MAX);
    FieldContrast { field: counted.field.clone(), distance: distance.min(1.0), values, others }
}

fn contrast(
    counted: &Counted,
    value: &str,
    label: String,
    inside: u64,
    outside: u64,
) -> ValueContrast {
    let (here, there) = (share(inside, counted.inside), share(outside, counted.outside));
    ValueContrast {
        value: value.to_owned(),
        label,
        inside,
        outside,
        inside_share: here,
        outside_share: there,
        effect: 2.0 * here.sqrt().asin() - 2.0 * there.sqrt().asin(),
        false_discovery: 1.0,
    }
}

fn share(count: u64, all: f64) -> f64 {
    if all > 0.0 { (count as f64 / all).min(1.0) } else { 0.0 }
}

fn counted(
    field: &str,
    inside: &[u32],
    outside: &[u32],
    key: impl Fn(u32) -> u32,
    name: impl Fn(u32) -> Option<String>,
) -> Counted {
    let mut counts: HashMap<u32, (u64, u64)> = HashMap::new();
    for row in inside {
        counts.entry(key(*row)).or_default().0 += 1;
    }
    for row in outside {
        counts.entry(key(*row)).or_default().1 += 1;
    }
    let values =
        counts.into_iter().filter_map(|(id, (here, there))| Some((name(id)?, here, there)));
    Counted {
        field: field.to_owned(),
        inside: inside.len() as f64,
        outside: outside.len() as f64,
        values: values.collect(),
    }
}
