//! Parents and children, and the time a span spends itself.

use crate::observation::{NO_SPAN, Span};

/// The children of every span, in the order of their starts.
pub(crate) struct Children {
    offsets: Vec<u32>,
    places: Vec<u32>,
}

impl Children {
    pub(crate) fn of(rows: &[Span]) -> Self {
        let mut offsets = vec![0_u32; rows.len() + 1];
        for span in rows.iter().filter(|span| span.parent != NO_SPAN) {
            offsets[span.parent as usize + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut places = vec![0; offsets.last().copied().unwrap_or(0) as usize];
        for (place, span) in (0_u32..).zip(rows).filter(|(_, span)| span.parent != NO_SPAN) {
            let slot = &mut next[span.parent as usize];
            places[*slot as usize] = place;
            *slot += 1;
        }
        let mut children = Self { offsets, places };
        for parent in 0..rows.len() {
            let range = children.range(parent as u32);
            children.places[range].sort_unstable_by_key(|place| rows[*place as usize].start);
        }
        children
    }

    pub(crate) fn of_span(&self, place: u32) -> &[u32] {
        &self.places[self.range(place)]
    }

    fn range(&self, place: u32) -> std::ops::Range<usize> {
        self.offsets[place as usize] as usize..self.offsets[place as usize + 1] as usize
    }
}

/// Makes a root of one span of every loop of parents.
pub(crate) fn cut_loops(rows: &mut [Span]) {
    const NEW: u32 = 0;
    // a span's number is that of the walk that met it first
    let mut walk_of = vec![NEW; rows.len()];
    for start in 0..rows.len() {
        let walk = start as u32 + 1;
        let mut at = start;
        while walk_of[at] == NEW {
            walk_of[at] = walk;
            match rows[at].parent {
                NO_SPAN => break,
                parent if walk_of[parent as usize] == walk => {
                    rows[at].parent = NO_SPAN;
                    break;
                }
                parent => at = parent as usize,
            }
        }
    }
}

/// What every span spends itself, in microseconds: its duration without the time its children
/// run. A span that is a call spends nothing: what it waits beyond its callee is the gap of the
/// call. Neither does a span that only waits beside a call of its sibling.
pub(crate) fn self_times(rows: &[Span], children: &Children) -> Vec<i64> {
    let mut times: Vec<i64> = Vec::with_capacity(rows.len());
    let mut covered: Vec<(i64, i64)> = Vec::new();
    for (place, span) in (0_u32..).zip(rows) {
        covered.clear();
        let own = children.of_span(place);
        covered.extend(own.iter().map(|child| inside(&rows[*child as usize], span)));
        if own.is_empty() && span.parent != NO_SPAN {
            let siblings = children.of_span(span.parent).iter();
            let calls = siblings
                .filter(|sibling| **sibling != place && calls_out(rows, children, **sibling));
            covered.extend(calls.filter_map(|call| overlap(&rows[*call as usize], span)));
        }
        let own =
            if is_call(rows, children, place) { 0 } else { span.duration - union(&mut covered) };
        times.push(own.max(0));
    }
    times
}

/// Is the span a call: made inside a component, and all below it is in others?
pub(crate) fn is_call(rows: &[Span], children: &Children, place: u32) -> bool {
    let span = &rows[place as usize];
    let inside = span.parent != NO_SPAN && rows[span.parent as usize].component == span.component;
    let below = children.of_span(place);
    inside
        && !below.is_empty()
        && below.iter().all(|child| rows[*child as usize].component != span.component)
}

/// Does the span wait for another component?
fn calls_out(rows: &[Span], children: &Children, place: u32) -> bool {
    let component = rows[place as usize].component;
    children.of_span(place).iter().any(|child| rows[*child as usize].component != component)
}

fn overlap(call: &Span, span: &Span) -> Option<(i64, i64)> {
    let both = (call.start.max(span.start), call.end().min(span.end()));
    (call.component == span.component && both.0 < both.1).then_some(both)
}

/// The child's time as its parent saw it: a child of another clock is moved into its parent.
pub(crate) fn inside(child: &Span, parent: &Span) -> (i64, i64) {
    let length = child.duration.min(parent.duration);
    let latest = parent.end() - length;
    let moved = child.component != parent.component && child.duration <= parent.duration;
    if moved && (child.start < parent.start || child.start > latest) {
        // half of what is not the child's before it, half behind it
        let start = parent.start + (parent.duration - length) / 2;
        return (start, start + length);
    }
    (child.start.max(parent.start), child.end().min(parent.end()))
}

/// The length of the union of intervals; they are put in order.
pub(crate) fn union(intervals: &mut [(i64, i64)]) -> i64 {
    intervals.sort_unstable();
    let (mut total, mut reached) = (0, i64::MIN);
    for (start, end) in intervals.iter() {
        let start = (*start).max(reached);
        if *end > start {
            total += end - start;
            reached = *end;
        }
    }
    total
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn span(parent: u32, component: u32, start: i64, duration: i64) -> Span {
        Span {
            trace: 0,
            parent,
            component,
            operation: component,
            start,
            duration,
            failed: false,
            file: 0,
            line: 1,
        }
    }

    fn own(rows: &[Span]) -> Vec<i64> {
        self_times(rows, &Children::of(rows))
    }

    #[test]
    fn self_time_is_what_no_child_covers() {
        let rows =
            [span(NO_SPAN, 0, 0, 100), span(0, 0, 10, 30), span(0, 0, 20, 40), span(0, 0, 90, 5)];
        assert_eq!(own(&rows), [45, 30, 40, 5]);
    }

    #[test]
    fn a_child_of_a_wrong_clock_still_counts() {
        let rows = [span(NO_SPAN, 0, 0, 100), span(0, 1, 5_000_000, 80)];
        assert_eq!(own(&rows), [20, 80]);
    }

    #[test]
    fn who_waits_beside_a_call_spends_nothing() {
        let rows =
            [span(NO_SPAN, 0, 0, 100), span(0, 0, 1, 98), span(0, 0, 2, 90), span(2, 1, 5, 80)];
        assert_eq!(own(&rows), [2, 8, 0, 80], "and a call spends nothing itself");
    }

    #[test]
    fn a_loop_is_cut() {
        let mut rows = [span(1, 0, 0, 10), span(2, 0, 0, 10), span(0, 0, 0, 10), span(0, 0, 0, 1)];
        cut_loops(&mut rows);
        assert_eq!(rows.iter().filter(|span| span.parent == NO_SPAN).count(), 1);
    }

    proptest! {
        #[test]
        fn any_parents_end_and_no_time_is_invented(
            shape in prop::collection::vec((0_u32..40, 0_u32..4, 0_i64..1000, 0_i64..1000), 1..40)
        ) {
            let count = shape.len() as u32;
            let mut rows: Vec<Span> = shape
                .iter()
                .map(|(parent, component, start, duration)| {
                    let parent = if *parent < count { *parent } else { NO_SPAN };
                    span(parent, *component, *start, *duration)
                })
                .collect();
            cut_loops(&mut rows);
            for first in 0..rows.len() {
                let (mut at, mut steps) = (first, 0);
                while rows[at].parent != NO_SPAN {
                    at = rows[at].parent as usize;
                    steps += 1;
                    prop_assert!(steps <= rows.len());
                }
            }
            for (own, span) in own(&rows).iter().zip(&rows) {
                prop_assert!(*own >= 0 && *own <= span.duration);
            }
        }
    }
}
