//! Edges that two sides measure: what the caller waits beyond what the callee needs.

use std::collections::{BTreeMap, HashMap};

use super::compared::Values;
use super::edges::{EdgeDifference, share_out};
use super::signal::Signal;
use super::window::Window;
use crate::finding::Place;
use crate::metric::meaning::Measure;
use crate::observation::{Observation, Owner, Point, Series, Vocabulary};

/// The gaps of one edge by time, in seconds.
type Gaps = BTreeMap<(u32, u32), Vec<Point>>;

pub(super) fn find(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let of_case = gaps(&case.series);
    let of_reference = reference.map(|it| gaps(&it.series)).unwrap_or_default();
    let mut edges = Vec::new();
    for (edge, points) in &of_case {
        let values = |keep: &dyn Fn(&Point) -> bool| {
            points.iter().filter(|it| keep(it)).map(|it| it.value).collect::<Vec<_>>()
        };
        let inside = values(&|point| point.time >= window.start && point.time <= window.end);
        let before = values(&|point| point.time < window.start);
        let calm: Vec<f64> =
            of_reference.get(edge).into_iter().flatten().map(|point| point.value).collect();
        let compared =
            Values { window: &inside, before: &before, reference: &calm, floor: 0.005 }.compare();
        let shown = points
            .iter()
            .filter(|point| point.time >= window.start)
            .max_by(|a, b| a.value.total_cmp(&b.value));
        if let Some((difference, shown)) = compared.zip(shown) {
            let place: Place = case.place(shown.file, u64::from(shown.line));
            edges.push(EdgeDifference {
                edge: *edge,
                difference,
                cites: vec![place],
                onset: Some((shown.time, shown.time)),
            });
        }
    }
    share_out(&edges, vocabulary)
}

/// Caller's latency minus callee's at the same time, of series that say which side they are.
fn gaps(series: &[Series]) -> Gaps {
    let mut callee_side: HashMap<(u32, u32, &str), &Series> = HashMap::new();
    let edge_of = |series: &Series| match (series.owner, series.meaning.measure) {
        (Owner::Edge { caller, callee }, Measure::Latency) => Some((caller, callee)),
        _ => None,
    };
    for series in series {
        if let (Some((caller, callee)), Some(false)) = (edge_of(series), series.meaning.caller_side)
        {
            callee_side.insert((caller, callee, &series.variant), series);
        }
    }
    let mut gaps = Gaps::new();
    for series in series {
        let (Some(edge), Some(true)) = (edge_of(series), series.meaning.caller_side) else {
            continue;
        };
        let Some(other) = callee_side.get(&(edge.0, edge.1, series.variant.as_str())) else {
            continue;
        };
        let second = series.meaning.second;
        for point in &series.points {
            let at = other.points.partition_point(|it| it.time < point.time - series.interval / 2);
            let near = other.points.get(at);
            if let Some(near) =
                near.filter(|it| (it.time - point.time).abs() <= series.interval / 2)
            {
                let gap = ((point.value - near.value) / second).max(0.0);
                gaps.entry(edge).or_default().push(Point { value: gap, ..*point });
            }
        }
    }
    gaps
}
