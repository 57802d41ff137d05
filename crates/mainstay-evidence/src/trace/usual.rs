//! Where a call usually arrives: learned from the calls that did.

use std::collections::HashMap;

use super::tree::Children;
use crate::observation::{NO_SPAN, Observation};

/// Calls that arrived, and the share of them that arrived at one component.
const ARRIVED_MIN: u32 = 3;
const SHARE_MIN: f64 = 0.8;

/// By operation: the component that its spans call, where it is always the same.
pub(crate) fn callees<'o>(
    observations: impl Iterator<Item = &'o Observation<'o>>,
) -> HashMap<u32, u32> {
    let mut arrived: HashMap<u32, HashMap<u32, u32>> = HashMap::new();
    for observation in observations {
        let rows = &observation.spans.rows;
        let children = Children::of(rows);
        for (place, span) in (0_u32..).zip(rows) {
            // only a span that another of its component made waits for somebody: who serves and
            // fails before it calls fails itself
            if span.parent == NO_SPAN || rows[span.parent as usize].component != span.component {
                continue;
            }
            let mut below = children.of_span(place).iter().map(|it| rows[*it as usize].component);
            let Some(first) = below.next().filter(|callee| *callee != span.component) else {
                continue;
            };
            if below.all(|callee| callee == first) {
                *arrived.entry(span.operation).or_default().entry(first).or_default() += 1;
            }
        }
    }
    let usual = arrived.into_iter().filter_map(|(operation, callees)| {
        let all: u32 = callees.values().sum();
        let (callee, count) = callees.into_iter().max_by_key(|it| (it.1, it.0))?;
        let sure = count >= ARRIVED_MIN && f64::from(count) >= SHARE_MIN * f64::from(all);
        sure.then_some((operation, callee))
    });
    usual.collect()
}
