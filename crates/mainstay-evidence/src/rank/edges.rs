//! Gaps of edges shared out to their ends: a rise on all edges of one component points to its
//! network, on one edge to that link. Both ends share it until another edge decides.

use std::collections::BTreeMap;

use super::compared::Difference;
use super::constant::{CITES_MAX, RAISED};
use super::signal::{Group, Signal, told};
use crate::finding::Place;
use crate::observation::Vocabulary;

/// How the gap of one edge differs; seconds.
pub(super) struct EdgeDifference {
    pub(super) edge: (u32, u32),
    pub(super) difference: Difference,
    pub(super) cites: Vec<Place>,
    pub(super) onset: Option<(i64, i64)>,
}

/// An edge that is the only one of its side is shared with the other end.
const ONLY_EDGE: f64 = 0.7;

/// A signal for every raised edge at each of its ends, weighed by how many edges of that end on
/// the same side are raised.
pub(super) fn share_out(edges: &[EdgeDifference], vocabulary: &Vocabulary) -> Vec<Signal> {
    // by component, and whether it is called or calls
    let mut ends: BTreeMap<(u32, bool), Vec<&EdgeDifference>> = BTreeMap::new();
    for edge in edges {
        ends.entry((edge.edge.0, false)).or_default().push(edge);
        ends.entry((edge.edge.1, true)).or_default().push(edge);
    }
    let mut signals = Vec::new();
    for ((component, is_called), edges) in ends {
        let raised: Vec<&&EdgeDifference> =
            edges.iter().filter(|edge| edge.difference.score >= RAISED).collect();
        let only = if edges.len() == 1 { ONLY_EDGE } else { 1.0 };
        let share = raised.len() as f64 / edges.len() as f64 * only;
        for edge in &raised {
            let other = if is_called { edge.edge.0 } else { edge.edge.1 };
            let usual = edge.difference.usual;
            signals.push(Signal {
                component,
                group: Group::EdgeGap,
                name: format!("calls between it and {}", vocabulary.components.name(other)),
                value: edge.difference.score * share,
                detail: format!(
                    "{} of {} such edges wait longer outside both ends; here usually {}, now {}",
                    raised.len(),
                    edges.len(),
                    told(usual),
                    told(edge.difference.now)
                ),
                cites: edge.cites.iter().take(CITES_MAX).cloned().collect(),
                onset: edge.onset,
                seconds: Some(edge.difference.now - usual),
            });
        }
    }
    signals
}
