//! Metric series: whose they are, what they measure, their points in the order of time.

use std::collections::HashMap;

use super::Components;
use crate::columns::ColumnsError;
use crate::columns::table_reader;
use crate::metric::counter;
use crate::metric::meaning::{self, Meaning};
use crate::view::Bundle;

/// Points kept: about 200 MB. What comes later in the bundle is left out and said.
const POINTS_MAX: usize = 8_000_000;

/// Labels that name the component of a series, best first.
const COMPONENT_LABELS: [&str; 10] = [
    "pod",
    "pod_name",
    "service",
    "service_name",
    "app",
    "container",
    "node",
    "instance",
    "host",
    "job",
];

/// Labels that name the two ends of a call.
const CALLER_LABELS: [&str; 4] = ["source", "source_workload", "client", "from"];
const CALLEE_LABELS: [&str; 4] = ["destination", "destination_workload", "server", "to"];

/// Whose series it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Owner {
    Component(u32),
    Edge {
        caller: u32,
        callee: u32,
    },
    /// No label says it: the system as its users see it.
    System,
}

/// One sample.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    pub(crate) time: i64,
    pub(crate) value: f64,
    pub(crate) file: u32,
    pub(crate) line: u32,
}

/// One series.
pub(crate) struct Series {
    pub(crate) metric: String,
    /// As stored: `k=v,k=v`.
    pub(crate) labels: String,
    /// Labels that are not the owner: `quantile=0.9`.
    pub(crate) variant: String,
    pub(crate) owner: Owner,
    pub(crate) meaning: Meaning,
    /// In the order of time; counters are rates, `NaN` is left out.
    pub(crate) points: Vec<Point>,
    /// Usual distance of two points.
    pub(crate) interval: i64,
}

impl Series {
    /// What two bundles call the same series.
    pub(crate) fn key(&self) -> (Owner, &str, &str) {
        (self.owner, &self.metric, &self.variant)
    }

    /// The quantile it is, where its labels say so.
    pub(crate) fn quantile(&self) -> Option<f64> {
        self.variant.split(',').find_map(|label| {
            let (_, value) = label.split_once('=')?;
            match value.strip_prefix('p') {
                Some(percent) => Some(percent.parse::<f64>().ok()? / 100.0),
                None if label.starts_with("quantile=") => value.parse().ok(),
                None => None,
            }
        })
    }

    /// A series that never changes tells nothing.
    pub(crate) fn is_constant(&self) -> bool {
        let first = self.points.first().map(|point| point.value);
        self.points.iter().all(|point| Some(point.value) == first)
    }
}

/// All series of a bundle.
pub(super) fn read(
    bundle: &Bundle,
    components: &mut Components,
    left_out: &mut Vec<String>,
) -> Result<Vec<Series>, ColumnsError> {
    read_some(bundle, components, left_out, &|_, _| true)
}

/// The series whose metric and stored labels are wanted, in the order of their first samples.
pub(crate) fn read_some(
    bundle: &Bundle,
    components: &mut Components,
    left_out: &mut Vec<String>,
    wanted: &dyn Fn(&str, &str) -> bool,
) -> Result<Vec<Series>, ColumnsError> {
    let mut of_name: HashMap<(String, String), usize> = HashMap::new();
    let mut names: Vec<(String, String)> = Vec::new();
    let mut points: Vec<Vec<Point>> = Vec::new();
    let (mut kept, mut dropped) = (0, 0_u64);
    table_reader::samples(bundle.folder(), &mut |row| {
        if !row.value.is_finite() || !wanted(row.metric, row.series) {
            return;
        }
        if kept >= POINTS_MAX {
            dropped += 1;
            return;
        }
        kept += 1;
        let name = (row.metric.to_owned(), row.series.to_owned());
        let at = *of_name.entry(name).or_insert_with_key(|name| {
            names.push(name.clone());
            points.push(Vec::new());
            points.len() - 1
        });
        let line = u32::try_from(row.line).unwrap_or(u32::MAX);
        points[at].push(Point { time: row.time, value: row.value, file: row.file, line });
    })?;
    if dropped > 0 {
        left_out.push(format!("{dropped} metric samples beyond the limit are not looked at"));
    }
    // pods of one workload share a name here; each keeps its own series
    let series = names.into_iter().zip(points);
    Ok(series.map(|((metric, labels), points)| build(metric, labels, points, components)).collect())
}

fn build(
    metric: String,
    stored: String,
    mut points: Vec<Point>,
    components: &mut Components,
) -> Series {
    points.sort_by_key(|point| point.time);
    points.dedup_by_key(|point| point.time);
    let labels: Vec<(&str, &str)> = labels_of(&stored);
    let owner = owner(&labels, components);
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let meaning = meaning::of(&metric, &labels, &values);
    if meaning.counter {
        counter::to_rates(&mut points);
    }
    let mut gaps: Vec<i64> = points.windows(2).map(|pair| pair[1].time - pair[0].time).collect();
    gaps.sort_unstable();
    let interval = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    let variant = variant(&labels);
    Series { metric, labels: stored, variant, owner, meaning, points, interval }
}

/// `k=v,k=v`; a part without `=` belongs to the value before it.
fn labels_of(text: &str) -> Vec<(&str, &str)> {
    let mut labels: Vec<(&str, &str)> = Vec::new();
    let mut start = 0;
    let mut ends: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    ends.push(text.len());
    for (place, end) in ends.iter().enumerate() {
        let next = ends.get(place + 1).map(|next| &text[end + 1..*next]);
        if next.is_none_or(|next| next.contains('=')) {
            if let Some((key, value)) = text[start..*end].split_once('=') {
                labels.push((key, value));
            }
            start = (end + 1).min(text.len());
        }
    }
    labels
}

fn owner(labels: &[(&str, &str)], components: &mut Components) -> Owner {
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            let label = labels.iter().find(|(key, value)| key == name && !value.is_empty());
            label.map(|(_, value)| *value)
        })
    };
    if let Some((caller, callee)) = find(&CALLER_LABELS).zip(find(&CALLEE_LABELS)) {
        let (caller, callee) = (components.intern(caller), components.intern(callee));
        return Owner::Edge { caller, callee };
    }
    match find(&COMPONENT_LABELS) {
        Some(name) => Owner::Component(components.intern(name)),
        None => Owner::System,
    }
}

fn variant(labels: &[(&str, &str)]) -> String {
    let told = |key: &str| {
        COMPONENT_LABELS.contains(&key)
            || CALLER_LABELS.contains(&key)
            || CALLEE_LABELS.contains(&key)
            || key == "namespace"
    };
    let rest: Vec<String> = labels
        .iter()
        .filter(|(key, _)| !told(key))
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    rest.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_may_hold_commas() {
        assert_eq!(labels_of("node=a,b,statistic=p50"), [("node", "a,b"), ("statistic", "p50")]);
        assert_eq!(labels_of(""), []);
    }

    #[test]
    fn an_edge_has_two_ends_and_a_pod_is_its_workload() {
        let mut components = Components::default();
        let pay = components.intern("pay");
        let pod = owner(&[("namespace", "shop"), ("pod", "pay-64469b5b48-25zj6")], &mut components);
        assert_eq!(pod, Owner::Component(pay));
        let edge = owner(&[("destination", "pay"), ("source", "web")], &mut components);
        assert!(matches!(edge, Owner::Edge { callee, .. } if callee == pay));
        assert_eq!(owner(&[("quantile", "0.5")], &mut components), Owner::System);
    }
}
