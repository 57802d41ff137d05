//! Who explains whom: the graph of calls, what the entry point can feel, symptoms handed down to
//! the callee that causes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::observation::{NO_SPAN, Observation, Owner};

/// Callers and callees.
#[derive(Default)]
pub(super) struct Topology {
    callees: BTreeMap<u32, BTreeSet<u32>>,
    /// Calls from the entry point downwards; components it cannot reach are not in it.
    depth: BTreeMap<u32, u32>,
    pub(super) outside: BTreeSet<u32>,
    /// Where the calls are known from.
    pub(super) source: &'static str,
}

impl Topology {
    pub(super) fn of(
        case: &Observation<'_>,
        reference: Option<&Observation<'_>>,
        entry: Option<u32>,
    ) -> Self {
        let mut topology = Self { source: "nothing", ..Self::default() };
        for observation in [Some(case), reference].into_iter().flatten() {
            topology.add(observation);
        }
        if let Some(entry) = entry {
            topology.walk(entry);
        }
        topology
    }

    fn add(&mut self, observation: &Observation<'_>) {
        let rows = &observation.spans.rows;
        for span in rows.iter().filter(|span| span.parent != NO_SPAN) {
            let caller = rows[span.parent as usize].component;
            self.call(caller, span.component, "traces");
        }
        for (caller, callee) in &observation.cluster.calls {
            self.call(*caller, *callee, "the service graph");
        }
        for series in &observation.series {
            if let Owner::Edge { caller, callee } = series.owner {
                self.call(caller, callee, "metrics of edges");
            }
        }
        self.outside.extend(&observation.cluster.seen_from_outside);
    }

    fn call(&mut self, caller: u32, callee: u32, source: &'static str) {
        if caller != callee
            && self.callees.entry(caller).or_default().insert(callee)
            && self.source == "nothing"
        {
            self.source = source;
        }
    }

    fn walk(&mut self, entry: u32) {
        let mut level = vec![entry];
        self.depth.insert(entry, 0);
        let mut depth = 0;
        while !level.is_empty() {
            depth += 1;
            let mut next = Vec::new();
            for caller in level {
                for callee in self.callees.get(&caller).into_iter().flatten() {
                    if !self.depth.contains_key(callee) {
                        self.depth.insert(*callee, depth);
                        next.push(*callee);
                    }
                }
            }
            level = next;
        }
    }

    /// Is the graph known well enough to say that something cannot be felt?
    pub(super) fn is_known(&self) -> bool {
        self.depth.len() > 1
    }

    pub(super) fn reaches(&self, component: u32) -> bool {
        self.depth.contains_key(&component)
    }

    /// Everything a component calls, directly or not, itself included; a loop ends.
    pub(super) fn below(&self, component: u32) -> BTreeSet<u32> {
        let mut seen = BTreeSet::from([component]);
        let mut open = vec![component];
        while let Some(caller) = open.pop() {
            for callee in self.callees.get(&caller).into_iter().flatten() {
                if seen.insert(*callee) {
                    open.push(*callee);
                }
            }
        }
        seen
    }

    /// Deepest first, so that what a callee explains is known before its callers are judged.
    pub(super) fn deepest_first(&self, mut components: Vec<u32>) -> Vec<u32> {
        // the longest way down without passing a component twice would be exponential; the number
        // of components below is as good an order on a graph without loops
        components.sort_by_cached_key(|component| (self.below(*component).len(), *component));
        components
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topology(calls: &[(u32, u32)], entry: u32) -> Topology {
        let mut topology = Topology::default();
        for (caller, callee) in calls {
            topology.call(*caller, *callee, "traces");
        }
        topology.walk(entry);
        topology
    }

    #[test]
    fn callees_come_before_callers_and_loops_end() {
        let graph = topology(&[(0, 1), (1, 2), (2, 1), (0, 3)], 0);
        assert_eq!(graph.below(0).len(), 4);
        assert_eq!(graph.below(2), BTreeSet::from([1, 2]));
        let order = graph.deepest_first(vec![0, 1, 2, 3]);
        assert_eq!((order[0], order[3]), (3, 0));
        assert!(graph.reaches(2) && !graph.reaches(9));
    }
}
