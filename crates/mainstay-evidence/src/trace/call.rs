//! Calls between components, and the gap of each: what the caller waited beyond what the callee
//! worked, which is the network and the queue before the callee.

use std::collections::BTreeSet;

use super::tree::{Children, is_call, union};
use crate::observation::Span;

/// One call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) caller: u32,
    pub(crate) callee: u32,
    /// Place of the calling span.
    pub(crate) span: u32,
    /// Microseconds; only durations are compared, so clocks do not matter. `None` where the
    /// calling span does more than wait (`tree::is_call`), or ends before its callee.
    pub(crate) gap: Option<i64>,
}

/// Every call of the traces.
pub(crate) fn calls(rows: &[Span], children: &Children) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut answered: Vec<(i64, i64)> = Vec::new();
    for (place, span) in (0_u32..).zip(rows) {
        let all = children.of_span(place);
        let mut remote = all.iter().map(|child| &rows[*child as usize]);
        if !remote.any(|child| child.component != span.component) {
            continue;
        }
        let callees: BTreeSet<u32> = all
            .iter()
            .map(|child| rows[*child as usize].component)
            .filter(|component| *component != span.component)
            .collect();
        let only_waits = callees.len() == 1 && is_call(rows, children, place);
        let gap = only_waits.then(|| {
            answered.clear();
            answered.extend(all.iter().map(|child| {
                let child = &rows[*child as usize];
                (child.start, child.end())
            }));
            span.duration - union(&mut answered)
        });
        let gap = gap.filter(|gap| *gap >= 0);
        calls.extend(callees.iter().map(|callee| Call {
            caller: span.component,
            callee: *callee,
            span: place,
            gap,
        }));
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::span;
    use super::*;
    use crate::observation::NO_SPAN;

    #[test]
    fn the_gap_needs_no_common_clock() {
        let rows = [span(NO_SPAN, 0, 0, 120), span(0, 0, 5, 100), span(1, 1, 9_000_000, 80)];
        let found = calls(&rows, &Children::of(&rows));
        assert_eq!(found, [Call { caller: 0, callee: 1, span: 1, gap: Some(20) }]);
    }

    #[test]
    fn who_works_itself_has_no_gap() {
        let rows = [span(NO_SPAN, 0, 0, 100), span(0, 1, 10, 20), span(0, 0, 40, 20)];
        let found = calls(&rows, &Children::of(&rows));
        assert_eq!(found, [Call { caller: 0, callee: 1, span: 0, gap: None }]);
        let server = [span(NO_SPAN, 0, 0, 100), span(0, 1, 10, 20)];
        let found = calls(&server, &Children::of(&server));
        assert_eq!(found[0].gap, None, "its own work is no gap");
        let longer = [span(NO_SPAN, 0, 0, 90), span(0, 0, 0, 10), span(1, 1, 1, 20)];
        assert_eq!(calls(&longer, &Children::of(&longer))[0].gap, None);
    }
}
