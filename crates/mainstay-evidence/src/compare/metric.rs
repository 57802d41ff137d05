//! Metrics whose level shifted.

use std::collections::HashMap;

use super::{LISTED_MAX, MetricShift};
use crate::metric::meaning::Measure;
use crate::metric::robust::{Usual, median};
use crate::observation::{Observation, Owner, Series, Vocabulary};

/// Robust deviations from which on a level is another one.
const SCORE_MIN: f64 = 5.0;

/// Points on each side.
const POINTS_MIN: usize = 3;

pub(super) fn shifts(
    good: &Observation<'_>,
    other: &Observation<'_>,
    vocabulary: &Vocabulary,
) -> Vec<MetricShift> {
    let known: HashMap<_, &Series> = good.series.iter().map(|it| (it.key(), it)).collect();
    let mut shifts = Vec::new();
    for series in &other.series {
        let Some(before) = known.get(&series.key()) else { continue };
        if let Some(shift) = shift(before, series, other, vocabulary) {
            shifts.push(shift);
        }
    }
    shifts.sort_by(|a: &MetricShift, b| {
        let size = |it: &MetricShift| it.score.abs();
        size(b)
            .total_cmp(&size(a))
            .then_with(|| (&a.component, &a.metric).cmp(&(&b.component, &b.metric)))
    });
    shifts.truncate(LISTED_MAX);
    shifts
}

fn shift(
    before: &Series,
    now: &Series,
    other: &Observation<'_>,
    vocabulary: &Vocabulary,
) -> Option<MetricShift> {
    let few = before.points.len() < POINTS_MIN || now.points.len() < POINTS_MIN;
    if few || now.meaning.measure == Measure::Other {
        return None;
    }
    let values = |series: &Series| series.points.iter().map(|it| it.value).collect::<Vec<_>>();
    let usual = Usual::of(&values(before), now.meaning.floor, true)?;
    let level = median(&mut values(now))?;
    let score = usual.score(level);
    if score.abs() < SCORE_MIN {
        return None;
    }
    let name = |id: u32| vocabulary.components.name(id);
    let point = now.points.last()?;
    let variant =
        if now.variant.is_empty() { String::new() } else { format!(" ({})", now.variant) };
    Some(MetricShift {
        component: match now.owner {
            Owner::Component(id) => name(id).to_owned(),
            Owner::Edge { caller, callee } => format!("{} to {}", name(caller), name(callee)),
            Owner::System => "the system".to_owned(),
        },
        metric: format!("{}{variant}", now.metric),
        left: usual.median,
        right: level,
        score,
        cites: vec![other.place(point.file, u64::from(point.line))],
    })
}
