//! The critical path of a trace: the spans that nothing else could have hidden. Shortening any
//! other span would not have made the answer come sooner.

use super::tree::{Children, inside};
use crate::observation::Span;

/// A stretch of the critical path: a span and the microseconds it owns of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) span: u32,
    pub(crate) own: i64,
}

/// The critical path below a root, the root first.
pub(crate) fn critical(rows: &[Span], children: &Children, root: u32) -> Vec<Stretch> {
    let mut path = Vec::new();
    let mut open = vec![root];
    while let Some(place) = open.pop() {
        let span = &rows[place as usize];
        let mut by_end: Vec<((i64, i64), u32)> = children
            .of_span(place)
            .iter()
            .map(|child| (inside(&rows[*child as usize], span), *child))
            .filter(|((start, end), _)| end > start)
            .collect();
        by_end.sort_unstable_by_key(|((start, end), _)| std::cmp::Reverse((*end, *start)));
        // backwards from the end: whoever ends last before the point reached so far was waited for
        let mut reached = span.end();
        let mut own = 0;
        for ((start, end), child) in by_end {
            if end <= reached {
                own += reached - end;
                reached = start;
                open.push(child);
            }
        }
        own += (reached - span.start).max(0);
        path.push(Stretch { span: place, own });
    }
    path
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::span;
    use super::*;
    use crate::observation::NO_SPAN;

    #[test]
    fn what_ran_beside_is_not_on_it() {
        let rows =
            [span(NO_SPAN, 0, 0, 100), span(0, 1, 0, 50), span(0, 2, 0, 20), span(0, 3, 60, 35)];
        let path = critical(&rows, &Children::of(&rows), 0);
        let own: Vec<(u32, i64)> = path.iter().map(|it| (it.span, it.own)).collect();
        assert_eq!(own, [(0, 15), (1, 50), (3, 35)]);
        assert_eq!(own.iter().map(|it| it.1).sum::<i64>(), 100, "the path is the whole answer");
    }
}
