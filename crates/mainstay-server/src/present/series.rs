//! Metric series.

use mainstay_app::line::{SeriesList, SeriesPoints, SeriesRow};

use super::line::counted;
use crate::dto::series as dto;
use crate::dto::{maybe_time, time};

pub(crate) fn window(list: &SeriesList, offset: u64) -> dto::SeriesWindow {
    dto::SeriesWindow {
        total: list.total,
        hidden: list.hidden,
        offset,
        series: list.series.iter().map(series).collect(),
        components: list.components.iter().map(counted).collect(),
        left_out: list.left_out.clone(),
    }
}

fn series(row: &SeriesRow) -> dto::Series {
    dto::Series {
        id: row.id,
        metric: row.metric.clone(),
        labels: row.labels.clone(),
        component: row.component.clone(),
        caller: row.caller.clone(),
        variant: row.variant.clone(),
        counter: row.counter,
        points: row.points,
        first: maybe_time(row.first),
        last: maybe_time(row.last),
        low: row.low,
        high: row.high,
        change: row.change.map(|change| dto::SeriesChange {
            at: time(change.at),
            before: change.before,
            after: change.after,
            strength: change.strength,
        }),
    }
}

pub(crate) fn points(points: &SeriesPoints) -> dto::SeriesPoints {
    let steps = &points.steps;
    dto::SeriesPoints {
        id: points.id,
        times_us: steps.iter().map(|step| step.at.0).collect(),
        low: steps.iter().map(|step| step.low).collect(),
        high: steps.iter().map(|step| step.high).collect(),
        last: steps.iter().map(|step| step.last).collect(),
    }
}
