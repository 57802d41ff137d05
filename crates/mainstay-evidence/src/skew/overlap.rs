//! The stretch that most of some intervals share (Marzullo, 1984).

/// A stretch, ends included, and how many intervals hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overlap {
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) count: u64,
}

/// The stretch that most intervals `(low, high)` share; the earliest of equals, none of none.
pub(crate) fn of(intervals: impl IntoIterator<Item = (i64, i64)>) -> Option<Overlap> {
    // an interval that begins where another ends meets it
    let mut ends: Vec<(i64, bool)> =
        intervals.into_iter().flat_map(|(low, high)| [(low, false), (high, true)]).collect();
    ends.sort_unstable();
    let mut open = 0;
    let mut best: Option<Overlap> = None;
    for (place, (at, closes)) in ends.iter().enumerate() {
        if *closes {
            open -= 1;
            continue;
        }
        open += 1;
        if best.is_none_or(|best| open > best.count) {
            // the best stretch ends where the first of its intervals does
            let high = ends[place..].iter().find(|(_, closes)| *closes).map_or(*at, |end| end.0);
            best = Some(Overlap { low: *at, high, count: open });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_intervals_decide() {
        let found = of([(10, 20), (15, 30), (18, 19), (90, 95)]);
        assert_eq!(found, Some(Overlap { low: 18, high: 19, count: 3 }));
    }

    #[test]
    fn ends_that_meet_are_shared_and_the_earliest_wins() {
        assert_eq!(of([(0, 5), (5, 9)]), Some(Overlap { low: 5, high: 5, count: 2 }));
        assert_eq!(of([(0, 1), (7, 8)]), Some(Overlap { low: 0, high: 1, count: 1 }));
        assert_eq!(of([]), None);
    }
}
