//! Gaps of edges shared out to their ends: a rise on all edges of one component points to its
//! network, on one edge to that link. Both ends share it until another edge decides.

use std::collections::BTreeMap;

use super::compared::Difference;
use super::constant::{CITES_MAX, RAISED};
use super::signal::{Group, Signal};
use crate::finding::Place;
use crate::observation::Vocabulary;

/// How the gap of one edge differs; seconds.
pub(super) struct EdgeDifference {
    pub(super) edge: (u32, u32),
    pub(super) difference: Difference,
    pub(super) cites: Vec<Place>,
    pub(super) onset: Option<(i64, i64)>,
}

/// One signal for every component with a raised edge.
pub(super) fn share_out(edges: &[EdgeDifference], vocabulary: &Vocabulary) -> Vec<Signal> {
    let mut ends: BTreeMap<u32, Vec<&EdgeDifference>> = BTreeMap::new();
    for edge in edges {
        ends.entry(edge.edge.0).or_default().push(edge);
        ends.entry(edge.edge.1).or_default().push(edge);
    }
    let mut signals = Vec::new();
    for (component, edges) in ends {
        let raised: Vec<&&EdgeDifference> =
            edges.iter().filter(|edge| edge.difference.score >= RAISED).collect();
        let Some(strongest) = raised
            .iter()
            .max_by(|a, b| a.difference.score.total_cmp(&b.difference.score))
        else {
            continue;
        };
        let share = raised.len() as f64 / edges.len() as f64;
        let mean = raised.iter().map(|edge| edge.difference.score).sum::<f64>() / raised.len() as f64;
        let other = if strongest.edge.0 == component { strongest.edge.1 } else { strongest.edge.0 };
        let seconds = strongest.difference.now - strongest.difference.usual;
        signals.push(Signal {
            component,
            group: Group::EdgeGap,
            name: format!("calls between it and {}", vocabulary.components.name(other)),
            value: mean * share,
            detail: format!(
                "{} of its {} edges wait longer outside both ends; here usually {:.1} ms, now {:.1} ms",
                raised.len(),
                edges.len(),
                strongest.difference.usual * 1e3,
                strongest.difference.now * 1e3
            ),
            cites: strongest.cites.iter().take(CITES_MAX).cloned().collect(),
            onset: strongest.onset,
            seconds: Some(seconds),
        });
    }
    signals
}
