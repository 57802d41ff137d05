//! The offset between two clocks from requests that both saw: intervals, and the one that most of
//! them share (Marzullo).

use std::collections::BTreeMap;

use super::{Span, Witness, overlap};

/// Estimates are made for stretches of this length: a clock may drift or be set.
pub(super) const WINDOW_US: i64 = 600_000_000;
/// Fewer requests in a window are no evidence of their own.
pub(super) const PAIRS_LEAST: u64 = 5;
/// Windows that differ by less are one: requests are not served more evenly.
const SAME_US: i64 = 50_000;
/// Clocks of one request that are compared with each other; a request through more is a broadcast.
const CLOCKS_OF_REQUEST_MAX: usize = 8;

/// What one request says of `theta`, the second clock minus the first.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    /// By the first clock.
    at: i64,
    low: i64,
    high: i64,
    /// As the lines stand, one clock saw all of the request before the other saw any.
    apart: bool,
}

/// An estimate for a stretch of the first clock's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Estimate {
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) low: i64,
    pub(super) high: i64,
    pub(super) pairs: u64,
    pub(super) agreeing: u64,
    pub(super) apart: u64,
}

/// The estimates of two clocks, by their numbers.
pub(super) type Edges = BTreeMap<(usize, usize), Vec<Estimate>>;

/// Compares every two clocks that saw the same requests.
pub(super) fn edges(witnesses: &[Witness]) -> Edges {
    let mut seen: Vec<(u64, usize, Span)> = Vec::new();
    let mask = witnesses.iter().fold(0, |mask, witness| mask | witness.sightings.mask);
    for (clock, witness) in witnesses.iter().enumerate() {
        let spans = witness.sightings.spans.iter().filter(|(id, _)| **id & mask == 0);
        seen.extend(spans.map(|(id, span)| (*id, clock, *span)));
    }
    seen.sort_unstable_by_key(|(id, clock, _)| (*id, *clock));
    let mut bounds: BTreeMap<(usize, usize), Vec<Bounds>> = BTreeMap::new();
    for request in seen.chunk_by(|left, right| left.0 == right.0) {
        if !(2..=CLOCKS_OF_REQUEST_MAX).contains(&request.len()) {
            continue;
        }
        for (place, (_, first, one)) in request.iter().enumerate() {
            for (_, second, other) in &request[place + 1..] {
                bounds.entry((*first, *second)).or_default().extend(compare(*one, *other));
            }
        }
    }
    bounds.into_iter().map(|(clocks, bounds)| (clocks, estimates(bounds))).collect()
}

/// The clock that saw the request longer sent it to the other: it began before and ended after.
fn compare(one: Span, other: Span) -> Option<Bounds> {
    let length = |span: Span| span.last - span.first;
    // two lines without a beginning and an end tell no order
    if length(one) == 0 && length(other) == 0 {
        return None;
    }
    let (low, high) = if length(one) >= length(other) {
        (other.last - one.last, other.first - one.first)
    } else {
        (other.first - one.first, other.last - one.last)
    };
    let apart = one.last < other.first || other.last < one.first;
    let at = one.first + length(one) / 2;
    Some(Bounds { at, low, high, apart })
}

fn estimates(mut bounds: Vec<Bounds>) -> Vec<Estimate> {
    bounds.sort_unstable_by_key(|bounds| (bounds.at, bounds.low, bounds.high));
    let mut found: Vec<Estimate> = Vec::new();
    for window in bounds.chunk_by(|left, right| number(left.at) == number(right.at)) {
        let next = estimate(window);
        match found.last_mut() {
            None => found.push(next),
            Some(last) => {
                if last.join(&next) {
                    continue;
                }
                // a few requests that fit nothing before them are no step of the clock
                if last.pairs < PAIRS_LEAST {
                    *last = next;
                } else if next.pairs >= PAIRS_LEAST {
                    found.push(next);
                }
            }
        }
    }
    found
}

fn number(at: i64) -> i64 {
    at.div_euclid(WINDOW_US)
}

/// The offset that most bounds hold; the earliest of equals.
fn estimate(window: &[Bounds]) -> Estimate {
    let shared = overlap::of(window.iter().map(|bounds| (bounds.low, bounds.high)));
    let (low, high, agreeing) = shared.map_or((0, 0, 0), |it| (it.low, it.high, it.count));
    let number = number(window[0].at);
    Estimate {
        from: number * WINDOW_US,
        until: (number + 1) * WINDOW_US,
        low,
        high,
        pairs: window.len() as u64,
        agreeing,
        apart: window.iter().filter(|bounds| bounds.apart).count() as u64,
    }
}

impl Estimate {
    pub(super) fn middle(&self) -> i64 {
        self.low + (self.high - self.low) / 2
    }

    pub(super) fn uncertainty(&self) -> i64 {
        (self.high - self.low + 1) / 2
    }

    /// Takes a neighbouring window in if it says the same.
    fn join(&mut self, next: &Self) -> bool {
        let shared = (self.low.max(next.low), self.high.min(next.high));
        let meet = shared.0 <= shared.1;
        if !meet && (self.middle() - next.middle()).abs() > SAME_US {
            return false;
        }
        let hull = (self.low.min(next.low), self.high.max(next.high));
        (self.low, self.high) = if meet { shared } else { hull };
        self.until = next.until;
        self.pairs += next.pairs;
        self.agreeing += next.agreeing;
        self.apart += next.apart;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(at: i64, low: i64, high: i64) -> Bounds {
        Bounds { at, low, high, apart: false }
    }

    #[test]
    fn most_bounds_decide() {
        let window = [bounds(0, 10, 20), bounds(1, 15, 30), bounds(2, 18, 19), bounds(3, 90, 95)];
        let found = estimate(&window);
        assert_eq!((found.low, found.high, found.agreeing, found.pairs), (18, 19, 3, 4));
    }

    #[test]
    fn the_longer_span_holds_the_shorter() {
        let outer = Span { first: 0, last: 100 };
        let inner = Span { first: 1_030, last: 1_050 };
        let found = compare(outer, inner).expect("bounds");
        assert_eq!((found.low, found.high, found.apart), (950, 1_030, true));
        let turned = compare(inner, outer).expect("bounds");
        assert_eq!((turned.low, turned.high), (-1_030, -950));
        assert!(compare(Span { first: 1, last: 1 }, Span { first: 5, last: 5 }).is_none());
    }
}
