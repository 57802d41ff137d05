//! What an operation says and calls, per request: messages and calls that are new, more or fewer
//! than in the baseline. Counted per span of the same operation, so that load, length of the
//! bundle and sampling of traces do not matter.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mainstay_core::Level;

use super::compared::{Difference, join};
use super::constant::{
    BRANCH_TOTAL, BY_CHANCE, CITES_MAX, COUNT_VARIANCE_MIN, LATER_STARTS_US, NEW_ERROR,
    PLAIN_MESSAGE, VALUES_MIN, VALUES_WANTED,
};
use super::coverage::Coverage;
use super::signal::{Group, Signal};
use super::window::Window;
use crate::finding::Place;
use crate::metric::robust::SCORE_MAX;
use crate::observation::{NO_SPAN, Observation, Span, Vocabulary};
use crate::trace::usual;

/// Characters of a message that name it.
const NAME_CHARACTERS: usize = 100;

/// What belongs to a span of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Item {
    Message(u32),
    Call(u32),
}

/// How often each item comes per span of an operation, over traces.
#[derive(Default)]
struct Counts {
    /// Traces with the operation.
    traces: HashMap<u32, u32>,
    /// ... while the log of its component was kept.
    logged: HashMap<u32, u32>,
    /// Sum and sum of squares over traces.
    sums: BTreeMap<(u32, Item), (f64, f64)>,
    /// All messages and all calls of an operation together.
    totals: HashMap<(u32, bool), f64>,
    /// Messages of a component, whatever operation they belong to.
    messages: BTreeSet<(u32, u32)>,
}

impl Counts {
    fn of(
        observation: &Observation<'_>,
        coverage: &Coverage,
        keep: &dyn Fn(&Span) -> bool,
    ) -> Self {
        let rows = &observation.spans.rows;
        // spans of an operation in a trace, and those of them that a log covers
        let mut spans: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
        let mut items: BTreeMap<(u32, Item, u32), u32> = BTreeMap::new();
        let covered = |span: &Span| coverage.covers(span.component, span.start);
        for span in rows.iter().filter(|span| keep(span)) {
            let counts = spans.entry((span.operation, span.trace)).or_default();
            counts.0 += 1;
            counts.1 += u32::from(covered(span));
        }
        for span in rows.iter().filter(|span| span.parent != NO_SPAN) {
            let parent = &rows[span.parent as usize];
            if keep(parent) {
                let key = (parent.operation, Item::Call(span.operation), span.trace);
                *items.entry(key).or_default() += 1;
            }
        }
        let mut counts = Self::default();
        let records = observation.records.each(observation.bundle);
        for record in records.filter(|record| record.span != NO_SPAN) {
            let span = &rows[record.span as usize];
            if keep(span) && covered(span) {
                let key = (span.operation, Item::Message(record.message), span.trace);
                *items.entry(key).or_default() += 1;
                counts.messages.insert((span.component, record.message));
            }
        }
        for ((operation, _), (_, logged)) in &spans {
            *counts.traces.entry(*operation).or_default() += 1;
            *counts.logged.entry(*operation).or_default() += u32::from(*logged > 0);
        }
        for ((operation, item, trace), count) in items {
            let is_message = matches!(item, Item::Message(_));
            let (all, logged) = spans[&(operation, trace)];
            let rate = f64::from(count) / f64::from(if is_message { logged } else { all });
            let sums = counts.sums.entry((operation, item)).or_default();
            sums.0 += rate;
            sums.1 += rate * rate;
            *counts.totals.entry((operation, is_message)).or_default() += rate;
        }
        counts
    }

    /// Traces that can tell of the messages or the calls of an operation.
    fn traces(&self, operation: u32, is_message: bool) -> Option<u32> {
        let traces = if is_message { &self.logged } else { &self.traces };
        traces.get(&operation).copied()
    }

    /// Messages or calls per span of the operation.
    fn total(&self, operation: u32, is_message: bool) -> f64 {
        let traces = self.traces(operation, is_message).unwrap_or(0);
        let sum = self.totals.get(&(operation, is_message)).copied().unwrap_or(0.0);
        sum / f64::from(traces.max(1))
    }

    /// Mean, variance and number of traces.
    fn mean(&self, operation: u32, item: Item) -> Option<(f64, f64, f64)> {
        let traces = self.traces(operation, matches!(item, Item::Message(_)))?;
        if (traces as usize) < VALUES_MIN {
            return None;
        }
        let count = f64::from(traces);
        let (sum, squares) = self.sums.get(&(operation, item)).copied().unwrap_or_default();
        let mean = sum / count;
        Some((mean, (squares / count - mean * mean).max(0.0), count))
    }
}

/// Means of two samples, in deviations of their difference.
fn differ(now: (f64, f64, f64), usual: (f64, f64, f64)) -> Difference {
    let least = COUNT_VARIANCE_MIN.max(0.1 * f64::midpoint(now.0, usual.0));
    // few traces all alike do not show that they always are: both sides share their variance
    let variance = ((now.1 * now.2 + usual.1 * usual.2) / (now.2 + usual.2)).max(least);
    let spread = variance * (1.0 / now.2 + 1.0 / usual.2);
    let score = ((now.0 - usual.0) / spread.sqrt()).clamp(-SCORE_MAX, SCORE_MAX);
    Difference { score, usual: usual.0, now: now.0 }
}

/// Looks at all operations.
pub(super) fn find(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let observations = [Some(case), reference];
    if observations.into_iter().flatten().all(|it| it.spans.rows.is_empty()) {
        return Vec::new();
    }
    let starts = LATER_STARTS_US.map(|later| window.start.saturating_add(later));
    let starts = if window.is_told { &starts[..] } else { &starts[..1] };
    let covered = Coverage::of(case);
    let inside = |start: &i64| {
        Counts::of(case, &covered, &|span| span.start >= *start && span.start <= window.end)
    };
    let now: Vec<Counts> = starts.iter().map(inside).collect();
    let before = Counts::of(case, &covered, &|span| span.start < window.start);
    // a reference without logs says nothing about messages
    let calm = reference.map(|it| Counts::of(it, &Coverage::of(it), &|_| true)).unwrap_or_default();
    let logs_in_reference = !calm.messages.is_empty();
    let keys: BTreeSet<(u32, Item)> =
        [&now[0], &before, &calm].iter().flat_map(|it| it.sums.keys().copied()).collect();
    let examples = Examples::of(case, window);
    let usual_callee = usual::callees([Some(case), reference].into_iter().flatten());
    let known = Known::of(&before, &calm, vocabulary);
    let mut signals = Vec::new();
    for (operation, item) in keys {
        let is_message = matches!(item, Item::Message(_));
        let usual = calm.mean(operation, item).filter(|_| logs_in_reference || !is_message);
        let earlier = before.mean(operation, item);
        let before_count = before.traces(operation, is_message).unwrap_or(0) as usize;
        let clearest = now
            .iter()
            .enumerate()
            .filter_map(|(later, now)| {
                let enough = |here: &(f64, f64, f64)| later == 0 || here.2 >= VALUES_WANTED;
                let here = now.mean(operation, item).filter(enough)?;
                let by_reference = usual.map(|usual| differ(here, usual));
                let joined = join(by_reference, earlier.map(|it| differ(here, it)), before_count)?;
                Some((joined, now.total(operation, is_message)))
            })
            .max_by(|a, b| a.0.score.abs().total_cmp(&b.0.score.abs()));
        let Some((difference, total)) = clearest else { continue };
        // who says as much as usual took another branch and did not end early
        let base = if usual.is_some() { &calm } else { &before };
        let branched = total >= BRANCH_TOTAL * base.total(operation, is_message);
        let component = vocabulary.operations.component(operation);
        // a call that leaves and does not arrive is missing where it used to arrive
        let arrives = usual_callee.get(&operation).filter(|_| !is_message);
        let (component, group) = match (arrives, item) {
            (Some(callee), _) if difference.score < 0.0 => (*callee, Group::Failures),
            (_, Item::Message(_)) => (component, Group::Messages),
            (_, Item::Call(_)) => (component, Group::Shape),
        };
        let (bad, unseen) = match item {
            Item::Message(message) => {
                (examples.is_bad(message), !known.has_met(message, vocabulary))
            }
            Item::Call(call) => {
                let name = vocabulary.operations.name(call);
                (speaks_of_failure(name), !known.operations.contains(name))
            }
        };
        let weight = match (difference.score > 0.0, bad) {
            (true, true) if unseen => NEW_ERROR,
            // an error that the calm system writes as well is its noise, wherever it is written
            (true, _) => PLAIN_MESSAGE,
            // an error that is gone is no failure
            (false, true) => PLAIN_MESSAGE,
            (false, false) if branched => PLAIN_MESSAGE,
            _ => 1.0,
        };
        let sure = if weight > 1.0 { difference.score } else { beyond_chance(difference.score) };
        let value = (sure * weight).clamp(-SCORE_MAX, SCORE_MAX);
        if value.abs() < 0.5 {
            continue;
        }
        signals.push(Signal {
            component,
            group,
            name: name(item, operation, difference.score, vocabulary),
            value,
            detail: format!(
                "per span of {}: usually {:.2}, now {:.2}",
                vocabulary.operations.name(operation),
                difference.usual,
                difference.now
            ),
            cites: examples.places(case, reference, operation, item),
            onset: examples.onset(operation, item, difference.score > 0.0),
            seconds: None,
        });
    }
    signals
}

/// What the baseline wrote and ran, in whatever component.
struct Known<'v> {
    messages: BTreeSet<u32>,
    /// Texts of the messages, in order, for messages that begin alike.
    texts: BTreeSet<&'v str>,
    operations: BTreeSet<&'v str>,
}

impl<'v> Known<'v> {
    fn of(before: &Counts, calm: &Counts, vocabulary: &'v Vocabulary) -> Self {
        let both = [before, calm];
        let messages: BTreeSet<u32> =
            both.iter().flat_map(|it| it.messages.iter().map(|key| key.1)).collect();
        let operations = both.iter().flat_map(|it| it.traces.keys());
        Self {
            texts: messages.iter().map(|message| vocabulary.messages.text(*message)).collect(),
            messages,
            operations: operations.map(|it| vocabulary.operations.name(*it)).collect(),
        }
    }

    /// This message, or one that differs only in what it is about.
    fn has_met(&self, message: u32, vocabulary: &Vocabulary) -> bool {
        if self.messages.contains(&message) {
            return true;
        }
        let text = vocabulary.messages.text(message);
        let start = message_start(text);
        let behind = self.texts.range(start..).next().filter(|_| !start.is_empty());
        let ahead = self.texts.range(..=text).next_back();
        behind.is_some_and(|known| known.starts_with(start))
            || ahead
                .map(|known| message_start(known))
                .is_some_and(|known| !known.is_empty() && text.starts_with(known))
    }
}

/// The text before the first variable, if it is most of what the message says.
fn message_start(text: &str) -> &str {
    /// Shorter starts are shared by unlike messages.
    const BYTES_MIN: usize = 24;
    let start = text.split("<*>").next().unwrap_or_default();
    if start.len() < BYTES_MIN { "" } else { start }
}

/// Is the operation one that runs when something failed?
fn speaks_of_failure(operation: &str) -> bool {
    let name = operation.to_ascii_lowercase();
    ["error", "exception", "fail", "fallback"].iter().any(|word| name.contains(word))
}

/// What of a score chance does not explain.
pub(super) fn beyond_chance(score: f64) -> f64 {
    score.signum() * (score.abs() - BY_CHANCE).max(0.0)
}

fn name(item: Item, operation: u32, score: f64, vocabulary: &Vocabulary) -> String {
    let (what, text) = match item {
        Item::Message(message) => ("message", vocabulary.messages.text(message)),
        Item::Call(call) => ("call", vocabulary.operations.name(call)),
    };
    let change = if score > 0.0 { "more often" } else { "missing" };
    let mut text: String = text.chars().take(NAME_CHARACTERS).collect();
    if text.is_empty() {
        text = vocabulary.operations.name(operation).to_owned();
    }
    format!("{what} {change}: {text}")
}

/// Where items can be seen in the case.
struct Examples {
    /// Places of the first records of a message in the window, and its last before.
    inside: HashMap<u32, Vec<(u32, i64)>>,
    last_before: HashMap<u32, u32>,
    bad: BTreeSet<u32>,
    /// First spans of an operation in the window.
    spans: HashMap<u32, Vec<u32>>,
    starts: HashMap<u32, i64>,
}

impl Examples {
    fn of(case: &Observation<'_>, window: &Window) -> Self {
        let mut examples = Self {
            inside: HashMap::new(),
            last_before: HashMap::new(),
            bad: BTreeSet::new(),
            spans: HashMap::new(),
            starts: HashMap::new(),
        };
        for record in case.records.each(case.bundle) {
            if matches!(record.level, Some(Level::Warn | Level::Error | Level::Fatal)) {
                examples.bad.insert(record.message);
            }
            let time = record.time.unwrap_or(window.start);
            if time >= window.start {
                let places = examples.inside.entry(record.message).or_default();
                if places.len() < CITES_MAX {
                    places.push((record.row, time));
                }
            } else {
                examples.last_before.insert(record.message, record.row);
            }
        }
        for (place, span) in (0_u32..).zip(&case.spans.rows) {
            if span.start >= window.start {
                let places = examples.spans.entry(span.operation).or_default();
                if places.len() < CITES_MAX {
                    places.push(place);
                }
                let first = examples.starts.entry(span.operation).or_insert(span.start);
                *first = (*first).min(span.start);
            }
        }
        examples
    }

    fn is_bad(&self, message: u32) -> bool {
        self.bad.contains(&message)
    }

    /// The item itself if it occurs, then the last time it did, then the spans that lack it.
    fn places(
        &self,
        case: &Observation<'_>,
        reference: Option<&Observation<'_>>,
        operation: u32,
        item: Item,
    ) -> Vec<Place> {
        let mut places = Vec::new();
        match item {
            Item::Message(message) => {
                let rows = self.inside.get(&message).into_iter().flatten().map(|it| it.0);
                let rows: Vec<u32> = rows.chain(self.last_before.get(&message).copied()).collect();
                places.extend(rows.iter().map(|row| case.bundle.place(*row)));
                if places.is_empty() {
                    places.extend(reference.and_then(|it| last_of(it, message)));
                }
            }
            Item::Call(call) => {
                let spans = self.spans.get(&call).into_iter().flatten();
                places.extend(spans.map(|place| {
                    let span = &case.spans.rows[*place as usize];
                    case.place(span.file, u64::from(span.line))
                }));
            }
        }
        if places.len() < CITES_MAX {
            let spans = self.spans.get(&operation).into_iter().flatten();
            places.extend(spans.take(1).map(|place| {
                let span = &case.spans.rows[*place as usize];
                case.place(span.file, u64::from(span.line))
            }));
        }
        places.truncate(CITES_MAX);
        places
    }

    fn onset(&self, operation: u32, item: Item, more: bool) -> Option<(i64, i64)> {
        let first = match item {
            Item::Message(message) if more => {
                self.inside.get(&message)?.iter().map(|it| it.1).min()
            }
            Item::Call(call) if more => self.starts.get(&call).copied(),
            _ => self.starts.get(&operation).copied(),
        }?;
        Some((first, first))
    }
}

/// The last place of a message in the reference, marked as such.
fn last_of(reference: &Observation<'_>, message: u32) -> Option<Place> {
    let record =
        reference.records.each(reference.bundle).filter(|it| it.message == message).last()?;
    let place = reference.bundle.place(record.row);
    let path = format!("{}!{}", reference.bundle.manifest().name, place.path);
    Some(Place { path, ..place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_differ_by_their_spread() {
        let sure = differ((1.0, 0.0, 20.0), (0.0, 0.0, 20.0));
        assert!(sure.score > 10.0);
        let few = differ((1.0, 0.0, 3.0), (0.0, 0.0, 3.0));
        assert!(few.score < sure.score);
        let noisy = differ((1.2, 2.0, 10.0), (1.0, 2.0, 10.0));
        assert!(noisy.score.abs() < 1.0);
        assert!(differ((0.0, 0.0, 20.0), (2.0, 0.5, 20.0)).score < -5.0);
    }
}
