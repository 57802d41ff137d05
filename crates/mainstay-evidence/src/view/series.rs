//! Metric series: the list, those that changed most first, and the points of a few of them.
//!
//! The list is kept in memory without its points; points are read when they are asked for.

use std::collections::HashMap;

use mainstay_core::UtcMicros;

use super::{Bundle, ViewError};
use crate::finding::Place;
use crate::metric::change_point;
use crate::metric::robust::median;
use crate::observation::{Components, Owner, Series, read_series};

/// Series whose points are read at once: one screen of small charts.
pub const SERIES_AT_ONCE_MAX: usize = 60;

/// Steps a series is drawn in: a small chart has no more columns.
pub const STEPS_MAX: usize = 400;

/// One series without its points.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesRow {
    /// Its number in the bundle; stable.
    pub id: u32,
    pub metric: String,
    /// As stored: `k=v,k=v`.
    pub labels: String,
    /// The component it is of, or the callee; empty where no label says it.
    pub component: String,
    /// For what is measured between two components.
    pub caller: Option<String>,
    /// Labels that do not name the component.
    pub variant: String,
    /// A running total, shown as its rate a second.
    pub counter: bool,
    pub points: u64,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
    pub low: f64,
    pub high: f64,
    pub change: Option<SeriesChange>,
}

/// Where a series changes for good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesChange {
    pub at: UtcMicros,
    /// Middles of both sides.
    pub before: f64,
    pub after: f64,
    /// Their distance in robust deviations.
    pub strength: f64,
}

/// Which series are asked for.
#[derive(Debug, Clone, Default)]
pub struct SeriesAsk {
    /// Words in the metric, the labels or the component, in any case of letters.
    pub text: String,
    pub component: Option<String>,
    /// Only those that change for good.
    pub changed: bool,
    /// This one before all others.
    pub first: Option<u32>,
    pub offset: usize,
    pub limit: usize,
}

/// A window of the series that pass.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesList {
    pub total: u64,
    pub hidden: u64,
    pub series: Vec<SeriesRow>,
    /// Of all series, most series first.
    pub components: Vec<(String, u64)>,
    /// What was left out because of a limit, in words.
    pub left_out: Vec<String>,
}

/// The points of one series in steps of equal length.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPoints {
    pub id: u32,
    pub steps: Vec<SeriesStep>,
}

/// The points of one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesStep {
    /// Of its last point.
    pub at: UtcMicros,
    pub low: f64,
    pub high: f64,
    pub last: f64,
}

/// All series of a bundle, without points.
pub(crate) struct SeriesIndex {
    rows: Vec<SeriesRow>,
    left_out: Vec<String>,
}

impl SeriesIndex {
    fn read(bundle: &Bundle) -> Result<Self, ViewError> {
        let (mut components, mut left_out) = (Components::default(), Vec::new());
        let all = read_series(bundle, &mut components, &mut left_out, &|_, _| true)?;
        let rows = all.iter().zip(0..).map(|(series, id)| row(id, series, &components)).collect();
        Ok(Self { rows, left_out })
    }
}

fn row(id: u32, series: &Series, components: &Components) -> SeriesRow {
    let name = |component: u32| components.name(component).to_owned();
    let (component, caller) = match series.owner {
        Owner::Component(component) => (name(component), None),
        Owner::Edge { caller, callee } => (name(callee), Some(name(caller))),
        Owner::System => (String::new(), None),
    };
    let values: Vec<f64> = series.points.iter().map(|point| point.value).collect();
    let time = |at: usize| series.points.get(at).map(|point| UtcMicros(point.time));
    SeriesRow {
        id,
        metric: series.metric.clone(),
        labels: series.labels.clone(),
        component,
        caller,
        variant: series.variant.clone(),
        counter: series.meaning.counter,
        points: values.len() as u64,
        first: time(0),
        last: time(values.len().wrapping_sub(1)),
        low: values.iter().copied().reduce(f64::min).unwrap_or(0.0),
        high: values.iter().copied().reduce(f64::max).unwrap_or(0.0),
        change: change(series, &values),
    }
}

fn change(series: &Series, values: &[f64]) -> Option<SeriesChange> {
    let found = change_point::strongest(values, series.meaning.floor)?;
    let (before, after) = values.split_at(found.at);
    Some(SeriesChange {
        at: UtcMicros(series.points.get(found.at)?.time),
        before: median(&mut before.to_vec())?,
        after: median(&mut after.to_vec())?,
        strength: found.strength,
    })
}

impl Bundle {
    /// A window of the metric series, those that changed most first.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn series(&self, ask: &SeriesAsk) -> Result<SeriesList, ViewError> {
        let index = self.series_index()?;
        let text = ask.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let passes = |row: &&SeriesRow| {
            let all = format!("{} {} {}", row.metric, row.labels, row.component).to_lowercase();
            words.iter().all(|word| all.contains(word))
                && ask.component.as_ref().is_none_or(|wanted| row.component == *wanted)
                && (!ask.changed || row.change.is_some())
        };
        let mut chosen: Vec<&SeriesRow> = index.rows.iter().filter(passes).collect();
        let strength = |row: &SeriesRow| row.change.map_or(0.0, |change| change.strength.abs());
        let varies = |row: &SeriesRow| row.low < row.high;
        chosen.sort_by(|left, right| {
            (ask.first == Some(right.id))
                .cmp(&(ask.first == Some(left.id)))
                .then_with(|| strength(right).total_cmp(&strength(left)))
                .then_with(|| varies(right).cmp(&varies(left)))
                .then_with(|| (&left.metric, left.id).cmp(&(&right.metric, right.id)))
        });
        let mut counts: HashMap<&str, u64> = HashMap::new();
        for row in &index.rows {
            *counts.entry(&row.component).or_default() += 1;
        }
        let mut components: Vec<(String, u64)> =
            counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        components.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        Ok(SeriesList {
            total: chosen.len() as u64,
            hidden: (index.rows.len() - chosen.len()) as u64,
            series: chosen.into_iter().skip(ask.offset).take(ask.limit).cloned().collect(),
            components,
            left_out: index.left_out.clone(),
        })
    }

    /// The points of some series between two moments, in at most `steps` steps each.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn series_points(
        &self,
        ids: &[u32],
        from: Option<UtcMicros>,
        to: Option<UtcMicros>,
        steps: usize,
    ) -> Result<Vec<SeriesPoints>, ViewError> {
        let index = self.series_index()?;
        let known = ids.iter().take(SERIES_AT_ONCE_MAX);
        let rows: Vec<&SeriesRow> = known.filter_map(|id| index.rows.get(*id as usize)).collect();
        let id_of: HashMap<(&str, &str), u32> =
            rows.iter().map(|row| ((row.metric.as_str(), row.labels.as_str()), row.id)).collect();
        let wanted = |metric: &str, labels: &str| id_of.contains_key(&(metric, labels));
        let read = read_series(self, &mut Components::default(), &mut Vec::new(), &wanted)?;
        let points = read.iter().filter_map(|series| {
            let id = *id_of.get(&(series.metric.as_str(), series.labels.as_str()))?;
            Some(SeriesPoints { id, steps: stepped(series, from, to, steps) })
        });
        Ok(points.collect())
    }

    fn series_index(&self) -> Result<&SeriesIndex, ViewError> {
        if let Some(known) = self.series.get() {
            return Ok(known);
        }
        let index = SeriesIndex::read(self)?;
        Ok(self.series.get_or_init(|| index))
    }

    /// The number of a series by what is stored of it.
    pub(super) fn series_id(&self, metric: &str, labels: &str) -> Result<Option<u32>, ViewError> {
        let rows = &self.series_index()?.rows;
        let found = rows.iter().find(|row| row.metric == metric && row.labels == labels);
        Ok(found.map(|row| row.id))
    }

    /// A line of a file; formats without lines are cited by their first.
    pub(super) fn file_place(&self, file: u32, line: u64) -> Place {
        let path = self.files().get(file as usize);
        let path = path.map_or_else(String::new, |file| file.path.clone());
        Place { file, path, line: line.max(1) }
    }
}

fn stepped(
    series: &Series,
    from: Option<UtcMicros>,
    to: Option<UtcMicros>,
    steps: usize,
) -> Vec<SeriesStep> {
    let inside: Vec<_> = series
        .points
        .iter()
        .filter(|point| {
            from.is_none_or(|from| point.time >= from.0) && to.is_none_or(|to| point.time < to.0)
        })
        .collect();
    let at_once = inside.len().div_ceil(steps.clamp(1, STEPS_MAX)).max(1);
    inside
        .chunks(at_once)
        .filter_map(|chunk| {
            let values = || chunk.iter().map(|point| point.value);
            Some(SeriesStep {
                at: UtcMicros(chunk.last()?.time),
                low: values().reduce(f64::min)?,
                high: values().reduce(f64::max)?,
                last: values().next_back()?,
            })
        })
        .collect()
}
