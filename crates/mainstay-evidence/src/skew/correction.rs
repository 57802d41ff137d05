//! Applies the offsets of a manifest to the times of its files. A clock that drifts goes from one
//! window's offset to the next without a step; one that was set jumps.

use std::collections::HashMap;

use mainstay_core::UtcMicros;

use super::estimate::WINDOW_US;
use super::{Clock, Window, is_step};

/// A window's offset is that of its middle, which is so far from its border.
const HALF_WINDOW_US: i64 = WINDOW_US / 2;

/// The corrected stretches of the files that have any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corrections {
    of_file: HashMap<u32, Vec<Window>>,
}

impl Corrections {
    pub(crate) fn of(clocks: &[Clock]) -> Self {
        let mut of_file = HashMap::new();
        for clock in clocks {
            if clock.windows.iter().any(|window| window.corrected) {
                of_file.extend(clock.files.iter().map(|file| (*file, clock.windows.clone())));
            }
        }
        Self { of_file }
    }

    /// The time of a line without what its clock was wrong by.
    pub(crate) fn apply(&self, file: u32, time: UtcMicros) -> UtcMicros {
        let Some(windows) = self.of_file.get(&file) else { return time };
        let after = windows.partition_point(|window| window.from.is_none_or(|from| from <= time));
        let place = after.saturating_sub(1);
        if !windows[place].corrected {
            return time;
        }
        UtcMicros(time.0.saturating_sub(offset(windows, place, time)))
    }
}

fn offset(windows: &[Window], place: usize, time: UtcMicros) -> i64 {
    let window = &windows[place];
    let drifts = |pair: &[Window]| pair.iter().all(|window| window.corrected) && !is_step(pair);
    let left = place.checked_sub(1).map(|left| &windows[left..=place]).filter(|it| drifts(it));
    let right = windows.get(place..=place + 1).filter(|it| drifts(it));
    // from the middle of one window to the middle of the next; where there is no next, on as before
    let along = |pair: &[Window], border: UtcMicros| {
        let passed =
            (time.0 - border.0 + HALF_WINDOW_US).clamp(-HALF_WINDOW_US, WINDOW_US + HALF_WINDOW_US);
        let change = i128::from(pair[1].offset_us - pair[0].offset_us);
        let part = change * i128::from(passed) / i128::from(WINDOW_US);
        pair[0].offset_us + i64::try_from(part).unwrap_or(0)
    };
    let near = |border: UtcMicros| (time.0 - border.0).abs() <= HALF_WINDOW_US;
    match (left.zip(window.from), right.zip(window.until)) {
        (Some((pair, border)), _) if near(border) => along(pair, border),
        (_, Some((pair, border))) if near(border) || place == 0 => along(pair, border),
        (Some((pair, border)), None) if place + 1 == windows.len() => along(pair, border),
        _ => window.offset_us,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Method;
    use super::*;

    fn window(from: Option<i64>, until: Option<i64>, offset_us: i64) -> Window {
        Window {
            from: from.map(UtcMicros),
            until: until.map(UtcMicros),
            offset_us,
            uncertainty_us: 1_000,
            pairs: 9,
            agreeing: 9,
            method: Method::Requests,
            corrected: true,
        }
    }

    fn check(windows: Vec<Window>, expected: &[(i64, i64)]) {
        let files = vec![3];
        let corrections = Corrections::of(&[Clock { name: "a".to_owned(), files, windows }]);
        for (at, offset) in expected {
            assert_eq!(corrections.apply(3, UtcMicros(*at)).0, at - offset, "at {at}");
            assert_eq!(corrections.apply(4, UtcMicros(*at)).0, *at);
        }
    }

    #[test]
    fn a_drift_is_followed_and_a_step_is_not_smoothed() {
        let middle = HALF_WINDOW_US;
        let drift = vec![
            window(None, Some(WINDOW_US), 100_000),
            window(Some(WINDOW_US), Some(2 * WINDOW_US), 300_000),
            window(Some(2 * WINDOW_US), None, 500_000),
        ];
        check(
            drift,
            &[
                (0, 0),
                (middle, 100_000),
                (WINDOW_US, 200_000),
                (WINDOW_US + middle, 300_000),
                (2 * WINDOW_US + middle, 500_000),
                (3 * WINDOW_US, 600_000),
                (9 * WINDOW_US, 600_000),
            ],
        );
        let step =
            vec![window(None, Some(WINDOW_US), 100_000), window(Some(WINDOW_US), None, 37_000_000)];
        check(step, &[(0, 100_000), (WINDOW_US - 1, 100_000), (WINDOW_US, 37_000_000)]);
    }
}
