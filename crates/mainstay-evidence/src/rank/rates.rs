//! Messages without traces: how often each came in a stretch of time, against the baseline, over
//! the time that the component was logging at all. A log that was cut away is not a message that
//! vanished.

use std::collections::{BTreeMap, HashMap};

use mainstay_core::Level;

use super::compared::{Difference, join};
use super::constant::{CITES_MAX, NEW_ERROR, PLAIN_MESSAGE};
use super::patterns::beyond_chance;
use super::signal::{Group, Signal};
use super::window::Window;
use crate::metric::robust::SCORE_MAX;
use crate::observation::{NO_SPAN, Observation, Vocabulary};

/// Counts are compared between stretches of this length, to see how much they vary by themselves.
const STRETCH_US: i64 = 15_000_000;

/// Stretches a baseline needs.
const STRETCHES_MIN: usize = 3;

/// A message must have been expected this often to be missed.
const EXPECTED_MIN: f64 = 5.0;

/// A message becomes frequent from this ratio on.
const RATIO_MIN: f64 = 3.0;

/// Counts of one side: by component the stretches in which it logged, by message the counts.
#[derive(Default)]
struct Counts {
    stretches: HashMap<u32, BTreeMap<i64, u32>>,
    messages: BTreeMap<(u32, u32), BTreeMap<i64, u32>>,
}

impl Counts {
    fn of(observation: &Observation<'_>, keep: &dyn Fn(i64) -> bool) -> Self {
        let mut counts = Self::default();
        let mut run = Run::default();
        for record in observation.records.each(observation.bundle) {
            let Some(time) = record.time else { continue };
            if record.component == u32::MAX || !keep(time) {
                continue;
            }
            let place = (record.component, time.div_euclid(STRETCH_US));
            if run.place != place {
                counts.add(&mut run);
                run.place = place;
            }
            run.records += 1;
            // who belongs to a span is counted per span; that its component was logging counts
            if record.span == NO_SPAN {
                run.see(record.message);
            }
        }
        counts.add(&mut run);
        counts
    }

    /// Adds what was counted of a run, and empties it.
    fn add(&mut self, run: &mut Run) {
        let (component, stretch) = run.place;
        let records = std::mem::take(&mut run.records);
        if records > 0 {
            *self.stretches.entry(component).or_default().entry(stretch).or_default() += records;
        }
        for message in run.met.drain(..) {
            let count = std::mem::take(&mut run.of_message[message as usize]);
            let messages = self.messages.entry((component, message)).or_default();
            *messages.entry(stretch).or_default() += count;
        }
    }

    /// Sum, mean and variance over the stretches from the component's first to its last.
    fn of_message(&self, component: u32, message: u32) -> Option<(f64, f64, f64, f64)> {
        let logging = self.stretches.get(&component)?;
        let (first, last) = (logging.keys().next()?, logging.keys().next_back()?);
        let count = (last - first + 1) as f64;
        let own = self.messages.get(&(component, message));
        let values = own.into_iter().flat_map(BTreeMap::values).map(|count| f64::from(*count));
        let (sum, squares) =
            values.fold((0.0, 0.0), |(sum, squares), it| (sum + it, squares + it * it));
        let mean = sum / count;
        Some((sum, mean, (squares / count - mean * mean).max(0.0), count))
    }
}

/// Records of one component in one stretch, one after the other: most follow one like them, and maps
/// are asked once for all of them.
#[derive(Default)]
struct Run {
    place: (u32, i64),
    /// All of them, also those that a span explains.
    records: u32,
    of_message: Vec<u32>,
    /// Messages with a count.
    met: Vec<u32>,
}

impl Run {
    fn see(&mut self, message: u32) {
        let at = message as usize;
        if self.of_message.len() <= at {
            self.of_message.resize(at + 1, 0);
        }
        if self.of_message[at] == 0 {
            self.met.push(message);
        }
        self.of_message[at] += 1;
    }
}

/// Looks at all records that no span explains.
pub(super) fn find(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let now = Counts::of(case, &|time| time >= window.start);
    if now.messages.is_empty() && case.spans.rows.is_empty() && case.records.time().is_none() {
        return Vec::new();
    }
    let before = Counts::of(case, &|time| time < window.start);
    let calm = reference.map(|it| Counts::of(it, &|_| true));
    let calm = calm.unwrap_or_default();
    let shown = Shown::read(case, window, vocabulary);
    let mut keys: Vec<(u32, u32)> =
        [&now, &before, &calm].iter().flat_map(|it| it.messages.keys().copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut signals = Vec::new();
    for (component, message) in keys {
        let Some(here) = now.of_message(component, message) else { continue };
        let against = |side: &Counts| {
            let usual = side.of_message(component, message)?;
            (usual.3 >= STRETCHES_MIN as f64).then(|| differ(here, usual))
        };
        let (by_reference, by_before) = (against(&calm), against(&before));
        let Some(difference) = join(by_reference, by_before, STRETCHES_MIN) else { continue };
        let more = difference.score > 0.0;
        let ratio = (here.0 + 1.0) / (difference.usual * here.3 + 1.0);
        if (more && ratio < RATIO_MIN) || (!more && difference.usual * here.3 < EXPECTED_MIN) {
            continue;
        }
        let bad = shown.of(message).bad;
        let unseen = difference.usual == 0.0;
        let weight = match (more, bad) {
            (true, true) if unseen => NEW_ERROR,
            (true, false) | (false, true) => PLAIN_MESSAGE,
            _ => 1.0,
        };
        let sure = if weight > 1.0 { difference.score } else { beyond_chance(difference.score) };
        let value = (sure * weight).clamp(-SCORE_MAX, SCORE_MAX);
        if value.abs() < 0.5 {
            continue;
        }
        let change = if more { "more often" } else { "missing" };
        let text: String = vocabulary.messages.text(message).chars().take(100).collect();
        signals.push(Signal {
            component,
            group: Group::Messages,
            name: format!("message {change}: {text}"),
            value,
            detail: format!(
                "{:.0} records in the window, {:.1} expected",
                here.0,
                difference.usual * here.3
            ),
            cites: shown.of(message).rows.iter().map(|row| case.bundle.place(*row)).collect(),
            onset: shown.of(message).first.filter(|_| more).map(|first| (first, first)),
            seconds: None,
        });
    }
    signals
}

/// Rates of two sides, in deviations; a rate is never surer than a Poisson process.
fn differ(here: (f64, f64, f64, f64), usual: (f64, f64, f64, f64)) -> Difference {
    let mean = (here.0 + usual.0) / (here.3 + usual.3);
    let least = mean.max(COUNT_FLOOR / here.3);
    let spread = here.2.max(least) / here.3 + usual.2.max(least) / usual.3;
    let score = ((here.1 - usual.1) / spread.sqrt()).clamp(-SCORE_MAX, SCORE_MAX);
    Difference { score, usual: usual.1, now: here.1 }
}

/// One record is never much.
const COUNT_FLOOR: f64 = 1.0;

/// Where messages can be seen, by message.
#[derive(Default)]
struct Shown(Vec<ShownMessage>);

#[derive(Clone, Default)]
struct ShownMessage {
    bad: bool,
    rows: Vec<u32>,
    first: Option<i64>,
}

impl Shown {
    fn read(case: &Observation<'_>, window: &Window, vocabulary: &Vocabulary) -> Self {
        let mut shown = Self(vec![ShownMessage::default(); vocabulary.messages.len()]);
        for record in case.records.each(case.bundle) {
            let Some(it) = shown.0.get_mut(record.message as usize) else { continue };
            it.bad |= matches!(record.level, Some(Level::Warn | Level::Error | Level::Fatal));
            let Some(time) = record.time else { continue };
            if time >= window.start {
                it.first.get_or_insert(time);
                if it.rows.len() < CITES_MAX {
                    it.rows.push(record.row);
                }
            } else if it.rows.is_empty() {
                it.rows.push(record.row);
            }
        }
        shown
    }

    /// A message of the reference alone is shown nowhere.
    fn of(&self, message: u32) -> &ShownMessage {
        const NOWHERE: &ShownMessage = &ShownMessage { bad: false, rows: Vec::new(), first: None };
        self.0.get(message as usize).unwrap_or(NOWHERE)
    }
}
