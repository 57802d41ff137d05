//! From offsets between two clocks to one offset for each: outward from a reference, along the best
//! evidence first. Then the rule that says which of them correct anything.

use mainstay_core::UtcMicros;

use super::estimate::{Edges, Estimate, PAIRS_LEAST};
use super::{Method, Window};

/// Smaller offsets are not worth the doubt of a changed time.
const OFFSET_LEAST_US: i64 = 50_000;
/// Lines do not say that they are the first and the last of a request. Where one clock saw it all
/// before the other saw any, an offset below this may be a request that is only logged at its end.
const OFFSET_APART_US: i64 = 1_000_000;
/// Zones are multiples of this.
const ZONE_STEP_US: i64 = 900_000_000;
/// How far from such a multiple a zone may lie.
const ZONE_SLACK_US: i64 = 2_000_000;

/// The offset of one clock for a stretch of the reference's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    from: i64,
    until: i64,
    offset: i64,
    uncertainty: i64,
    pairs: u64,
    agreeing: u64,
    apart: u64,
    reference: bool,
}

/// The pieces of every clock, none for those that share nothing; and how many comparisons that were
/// not needed contradict the answer.
pub(super) fn solve(edges: &Edges, clocks: usize) -> (Vec<Vec<Piece>>, u64) {
    let mut solved: Vec<Vec<Piece>> = vec![Vec::new(); clocks];
    let by_evidence = |clock: &usize| {
        let of = edges.iter().filter(|((one, other), _)| one == clock || other == clock);
        (of.map(|(_, estimates)| evidence(estimates)).sum::<u64>(), std::cmp::Reverse(*clock))
    };
    let mut roots: Vec<usize> = (0..clocks).collect();
    roots.sort_by_key(|clock| std::cmp::Reverse(by_evidence(clock)));
    for root in roots {
        let touched = edges.keys().any(|(one, other)| *one == root || *other == root);
        if !solved[root].is_empty() || !touched {
            continue;
        }
        let members = spread(edges, root, &mut solved);
        // the clock in the middle is the reference: one wrong clock must not move all others
        let mut offsets: Vec<(i64, usize)> =
            members.iter().map(|member| (solved[*member][0].offset, *member)).collect();
        offsets.sort_unstable();
        let middle = offsets[(offsets.len() - 1) / 2].0;
        let nearest = |clock: &&usize| (solved[**clock][0].offset - middle).abs();
        let reference = members.iter().min_by_key(nearest).copied().unwrap_or(root);
        if reference != root {
            for member in &members {
                solved[*member].clear();
            }
            spread(edges, reference, &mut solved);
        }
    }
    let contradictions = edges.iter().filter(|(clocks, estimates)| {
        estimates.iter().any(|estimate| contradicts(&solved, **clocks, estimate))
    });
    let contradictions = contradictions.count() as u64;
    (solved, contradictions)
}

fn evidence(estimates: &[Estimate]) -> u64 {
    estimates.iter().map(|estimate| estimate.agreeing).sum()
}

/// Solves all clocks that a root reaches, and names them.
fn spread(edges: &Edges, root: usize, solved: &mut [Vec<Piece>]) -> Vec<usize> {
    solved[root] = vec![Piece {
        from: i64::MIN,
        until: i64::MAX,
        offset: 0,
        uncertainty: 0,
        pairs: 0,
        agreeing: 0,
        apart: 0,
        reference: true,
    }];
    let mut members = vec![root];
    loop {
        let open = edges.iter().filter(|((one, other), estimates)| {
            solved[*one].is_empty() != solved[*other].is_empty() && !estimates.is_empty()
        });
        let best = open
            .max_by_key(|(clocks, estimates)| (evidence(estimates), std::cmp::Reverse(**clocks)));
        let Some(((one, other), estimates)) = best else { return members };
        let forward = !solved[*one].is_empty();
        let (parent, child) = if forward { (*one, *other) } else { (*other, *one) };
        solved[child] =
            estimates.iter().map(|estimate| step(&solved[parent], estimate, forward)).collect();
        solved[child].sort_by_key(|piece| piece.from);
        members.push(child);
    }
}

/// One piece of a clock from its parent's and the estimate between them; `forward` if the parent is
/// the first of the two.
fn step(parent: &[Piece], estimate: &Estimate, forward: bool) -> Piece {
    let middle = estimate.from + (estimate.until - estimate.from) / 2;
    let theta = if forward { estimate.middle() } else { -estimate.middle() };
    // the estimate's times are those of its first clock
    let own = if forward { 0 } else { theta };
    let base = at(parent, middle - own);
    let offset = base.offset + theta;
    let shift = if forward { base.offset } else { offset };
    Piece {
        from: estimate.from - shift,
        until: estimate.until - shift,
        offset,
        uncertainty: base.uncertainty + estimate.uncertainty(),
        pairs: if base.reference { estimate.pairs } else { estimate.pairs.min(base.pairs) },
        agreeing: if base.reference {
            estimate.agreeing
        } else {
            estimate.agreeing.min(base.agreeing)
        },
        apart: estimate.apart,
        reference: false,
    }
}

/// The piece at a moment, or the nearest one.
fn at(pieces: &[Piece], moment: i64) -> Piece {
    let distance = |piece: &&Piece| {
        piece.from.saturating_sub(moment).max(moment.saturating_sub(piece.until)).max(0)
    };
    pieces.iter().min_by_key(distance).copied().unwrap_or(pieces[0])
}

fn contradicts(solved: &[Vec<Piece>], (one, other): (usize, usize), estimate: &Estimate) -> bool {
    let (Some(_), Some(_)) = (solved[one].first(), solved[other].first()) else { return false };
    let middle = estimate.from + (estimate.until - estimate.from) / 2;
    let first = at(&solved[one], middle - solved[one][0].offset);
    let second = at(&solved[other], middle - first.offset);
    // requests that several clocks serve at once hold no order; that is told only where it matters
    let matters = [one, other].iter().any(|clock| solved[*clock].iter().any(is_corrected));
    let certain = estimate.agreeing * 5 >= estimate.pairs * 4;
    let difference = (second.offset - first.offset - estimate.middle()).abs();
    let doubt = first.uncertainty + second.uncertainty + estimate.uncertainty();
    matters && certain && estimate.pairs >= PAIRS_LEAST && difference > doubt.max(OFFSET_LEAST_US)
}

/// The windows of a clock, in its own time, and what of them is corrected.
pub(super) fn windows(pieces: &[Piece], zone_stated: bool, correct: bool) -> Vec<Window> {
    // a clock that is surely off at one time is believed at another
    let known = pieces.iter().any(|piece| is_certain(piece) && !is_apart(piece));
    let begins = |piece: &Piece| UtcMicros(piece.from.saturating_add(piece.offset));
    let window = |place: usize, piece: &Piece| {
        let zone = if zone_stated || piece.reference { None } else { zone_of(piece) };
        Window {
            from: (place > 0).then(|| begins(piece)),
            until: pieces.get(place + 1).map(begins),
            offset_us: zone.unwrap_or(piece.offset),
            uncertainty_us: piece.uncertainty,
            pairs: piece.pairs,
            agreeing: piece.agreeing,
            method: match (piece.reference, zone) {
                (true, _) => Method::Reference,
                (false, Some(_)) => Method::Zone,
                (false, None) => Method::Requests,
            },
            corrected: correct
                && (is_corrected(piece) || (known && !piece.reference && is_certain(piece))),
        }
    };
    pieces.iter().enumerate().map(|(place, piece)| window(place, piece)).collect()
}

fn zone_of(piece: &Piece) -> Option<i64> {
    let steps = (piece.offset + ZONE_STEP_US / 2).div_euclid(ZONE_STEP_US);
    let zone = steps * ZONE_STEP_US;
    (steps != 0 && (piece.offset - zone).abs() <= ZONE_SLACK_US.max(piece.uncertainty))
        .then_some(zone)
}

fn is_certain(piece: &Piece) -> bool {
    let size = piece.offset.abs();
    piece.pairs >= PAIRS_LEAST
        && piece.agreeing * 5 >= piece.pairs * 4
        && size > OFFSET_LEAST_US
        && size > 2 * piece.uncertainty
}

/// Is a stretch corrected, whatever is known of the others?
fn is_corrected(piece: &Piece) -> bool {
    let far = !is_apart(piece) || piece.offset.abs() > OFFSET_APART_US;
    !piece.reference && is_certain(piece) && far
}

/// Did one clock see most requests as a whole before the other saw any?
fn is_apart(piece: &Piece) -> bool {
    piece.apart * 2 > piece.pairs
}
