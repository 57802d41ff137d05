//! Clocks that are apart, as a report says it: `+3.2 s ± 0.4 s, 41 pairs`.

use serde::Serialize;

use super::summary::Moment;
use crate::skew::{Clock, Method, Window};

/// One clock for a stretch of its time.
#[derive(Serialize)]
pub(super) struct ClockItem {
    pub(super) clock: String,
    pub(super) from: Option<Moment>,
    pub(super) until: Option<Moment>,
    /// This clock minus the reference, in seconds.
    pub(super) offset_s: f64,
    pub(super) uncertainty_s: f64,
    pub(super) pairs: u64,
    pub(super) agreeing: u64,
    pub(super) method: &'static str,
    pub(super) corrected: bool,
}

/// The windows of all clocks; the reference has nothing to say.
pub(super) fn items(clocks: &[Clock]) -> Vec<ClockItem> {
    let compared = |window: &&Window| window.method != Method::Reference;
    clocks
        .iter()
        .flat_map(|clock| clock.windows.iter().filter(compared).map(|window| item(clock, window)))
        .collect()
}

fn item(clock: &Clock, window: &Window) -> ClockItem {
    ClockItem {
        clock: clock.name.clone(),
        from: window.from.map(Moment),
        until: window.until.map(Moment),
        offset_s: seconds(window.offset_us),
        uncertainty_s: seconds(window.uncertainty_us),
        pairs: window.pairs,
        agreeing: window.agreeing,
        method: window.method.as_str(),
        corrected: window.corrected,
    }
}

fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

impl ClockItem {
    /// The offset in words.
    pub(super) fn words(&self) -> String {
        let places = if self.uncertainty_s < 0.05 { 3 } else { 1 };
        format!(
            "{:+.places$} s ± {:.places$} s, {} pairs{}",
            self.offset_s,
            self.uncertainty_s,
            self.pairs,
            match (self.corrected, self.method) {
                (true, "zone") => ", a zone, corrected",
                (true, _) => ", corrected",
                (false, _) => ", not corrected",
            }
        )
    }
}
