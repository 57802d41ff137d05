//! Clocks of logs against the traces: a line with a span must lie inside it, so every such line
//! bounds how wrong its clock is. The offset that most lines allow is taken.
//!
//! Clocks of logs among each other are `skew`'s, which comes first: here is what remains.
//!
//! The distance of a line from the start of its span is no offset: lines come late in long spans.

use crate::skew::overlap;

/// Lines that must bound the clock, and the share of them that must agree.
const LINES_MIN: usize = 20;
const SHARE_MIN: f64 = 0.8;

/// A clock is wrong if every offset the lines allow is at least this far from none.
const OFFSET_MIN_US: i64 = 50_000;

/// How wrong the clock of a log is: its time minus that of the traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offset {
    pub(crate) micros: i64,
    /// Lines that agree, of all that tell.
    pub(crate) agreeing: usize,
    pub(crate) lines: usize,
}

/// From the bounds of each line: `line - span end` to `line - span start`.
pub(super) fn offset(bounds: &[(i64, i64)]) -> Option<Offset> {
    if bounds.len() < LINES_MIN {
        return None;
    }
    let shared = overlap::of(bounds.iter().copied())?;
    let nearest = if shared.low > 0 { shared.low } else { shared.high.min(0) };
    let sure = shared.count as f64 >= SHARE_MIN * bounds.len() as f64;
    (sure && nearest.abs() > OFFSET_MIN_US).then_some(Offset {
        micros: nearest,
        agreeing: usize::try_from(shared.count).unwrap_or(usize::MAX),
        lines: bounds.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines at odd places of spans of one second, by a clock that is wrong by so much.
    fn bounds(wrong: i64, count: i64) -> Vec<(i64, i64)> {
        (0..count)
            .map(|number| {
                let line = 10_000 + number * 370_000 % 980_000;
                (line - 1_000_000 + wrong, line + wrong)
            })
            .collect()
    }

    #[test]
    fn a_right_clock_is_left_alone() {
        assert_eq!(offset(&bounds(0, 100)), None);
    }

    #[test]
    fn a_wrong_clock_is_found_in_both_directions() {
        for wrong in [420_000_000, -37_000_000] {
            let found = offset(&bounds(wrong, 100)).expect("an offset");
            assert!((found.micros - wrong).abs() < 50_000, "{found:?}");
        }
    }

    #[test]
    fn few_or_contradictory_lines_decide_nothing() {
        assert_eq!(offset(&bounds(420_000_000, 10)), None);
        let mut torn = bounds(420_000_000, 50);
        torn.extend(bounds(-420_000_000, 50));
        assert_eq!(offset(&torn), None);
    }
}
