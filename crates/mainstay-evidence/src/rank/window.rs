//! When the symptom was: from the ticket, else from the strongest change of what users feel.

use mainstay_core::Level;

use super::constant::{TICKET_EARLY_US, TICKET_SLACK_US};
use crate::metric::change_point;
use crate::metric::meaning::Measure;
use crate::metric::robust::median;
use crate::observation::{NO_SPAN, Observation, Owner, Vocabulary};

/// A change of the entry point that sets the window by itself: far beyond what quantiles of few
/// requests do from minute to minute.
const CHANGE_MIN: f64 = 8.0;

/// Buckets a stretch of traces is cut into to look for a change.
const BUCKETS: i64 = 30;

/// The window, and what the rest of the engine measures against it.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) why: String,
    /// A person said when, as people do: not to the second.
    pub(crate) is_told: bool,
    /// The component users complain about.
    pub(crate) entry: Option<u32>,
}

/// What a person said, from the bundle or from a file beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Complaint {
    pub(crate) entrypoint: Option<String>,
    pub(crate) about: Option<i64>,
}

/// Decides the window; `None` when nothing in the bundle has a time.
pub(crate) fn decide(
    case: &Observation<'_>,
    complaint: &Complaint,
    vocabulary: &mut Vocabulary,
) -> Option<Window> {
    let end = case.last()?;
    let entry = entry(case, complaint, vocabulary);
    let change = entry.and_then(|entry| change_of_entry(case, entry));
    let window = |start: i64, why: &str| {
        let is_told = complaint.about.is_some();
        Some(Window { start: start.min(end), end, why: why.to_owned(), is_told, entry })
    };
    if let Some(about) = complaint.about {
        let said = about - TICKET_SLACK_US;
        return match change {
            Some(change) if change < said && change >= about - TICKET_EARLY_US => window(
                change,
                "from the change of the entry point shortly before the ticket's time",
            ),
            _ => window(said, "from a minute before the time in the ticket"),
        };
    }
    match change {
        Some(change) => window(change, "from the strongest change of the entry point"),
        None => {
            if let Some(start) = errors_begin(case) {
                return window(start, "from where the logs begin to speak of errors");
            }
            let start = case.fine_time().map_or_else(|| first_sample(case), |time| Some(time.0));
            window(start?, "everything: no ticket, and no change of the entry point was found")
        }
    }
}

/// Errors of a bucket that are a burst: so many, and so many times the usual.
const BURST_MIN: f64 = 5.0;
const BURST_RATIO: f64 = 4.0;

/// Where records of level error and above become frequent.
fn errors_begin(case: &Observation<'_>) -> Option<i64> {
    let (first, last) = case.records.time()?;
    let step = ((last - first) / BUCKETS).max(1);
    let mut counts = vec![0.0; BUCKETS as usize + 1];
    for record in case.records.each(case.bundle) {
        if let (Some(time), Some(Level::Error | Level::Fatal)) = (record.time, record.level) {
            let at = usize::try_from((time - first) / step).unwrap_or(0);
            if let Some(count) = counts.get_mut(at) {
                *count += 1.0;
            }
        }
    }
    let usual = counts.iter().sum::<f64>() / counts.len() as f64;
    let burst = BURST_MIN.max(BURST_RATIO * usual);
    let at = counts.iter().position(|count| *count >= burst).filter(|at| *at > 0)?;
    Some(first + step * i64::try_from(at).unwrap_or(0))
}

fn first_sample(case: &Observation<'_>) -> Option<i64> {
    case.series.iter().filter_map(|series| series.points.first()).map(|point| point.time).min()
}

/// The ticket's entry point, else the component that most traces begin at.
fn entry(
    case: &Observation<'_>,
    complaint: &Complaint,
    vocabulary: &mut Vocabulary,
) -> Option<u32> {
    if let Some(name) = &complaint.entrypoint
        && let Some(entry) = vocabulary.components.find(name)
    {
        return Some(entry);
    }
    let mut roots = vec![0_u64; vocabulary.components.len()];
    for span in case.spans.rows.iter().filter(|span| span.parent == NO_SPAN) {
        roots[span.component as usize] += 1;
    }
    if let Some((entry, count)) = (0..).zip(&roots).max_by_key(|(_, count)| **count)
        && *count > 0
    {
        return Some(entry);
    }
    // of a service graph: who calls and is not called
    let calls = &case.cluster.calls;
    let callers = calls.iter().map(|call| call.0);
    let uncalled = callers.filter(|caller| calls.iter().all(|call| call.1 != *caller));
    uncalled.max_by_key(|caller| {
        (calls.iter().filter(|call| call.0 == *caller).count(), std::cmp::Reverse(*caller))
    })
}

/// The strongest change of what the entry point's users feel.
fn change_of_entry(case: &Observation<'_>, entry: u32) -> Option<i64> {
    let mut best: Option<(f64, i64)> = None;
    let mut offer = |strength: f64, time: i64| {
        if best.is_none_or(|best| strength > best.0) {
            best = Some((strength, time));
        }
    };
    for series in &case.series {
        let of_entry = series.owner == Owner::Component(entry) || series.owner == Owner::System;
        let worse = match series.meaning.measure {
            Measure::Latency | Measure::Failures => 1.0,
            Measure::Success => -1.0,
            _ => continue,
        };
        if !of_entry || series.is_constant() {
            continue;
        }
        let values: Vec<f64> = series.points.iter().map(|point| point.value * worse).collect();
        if let Some(change) = change_point::strongest(&values, series.meaning.floor)
            && change.strength > 0.0
        {
            offer(change.strength, series.points[change.at].time);
        }
    }
    if let Some((strength, time)) = change_of_roots(case, entry) {
        offer(strength, time);
    }
    best.filter(|best| best.0 >= CHANGE_MIN).map(|best| best.1)
}

/// Of the traces that begin at the entry point: median latency in equal stretches of time.
fn change_of_roots(case: &Observation<'_>, entry: u32) -> Option<(f64, i64)> {
    let (first, last) = case.spans.time()?;
    let step = ((last - first) / BUCKETS).max(1);
    let mut buckets: Vec<Vec<f64>> = vec![Vec::new(); BUCKETS as usize + 1];
    for span in &case.spans.rows {
        if span.parent == NO_SPAN && span.component == entry {
            let at = usize::try_from((span.start - first) / step).unwrap_or(0);
            if let Some(bucket) = buckets.get_mut(at) {
                bucket.push(span.duration as f64 / 1e6);
            }
        }
    }
    let times = (0..).map(|at| first + at * step);
    let (times, values): (Vec<i64>, Vec<f64>) =
        times.zip(&mut buckets).filter_map(|(time, bucket)| Some((time, median(bucket)?))).unzip();
    let change = change_point::strongest(&values, 0.005).filter(|change| change.strength > 0.0)?;
    Some((change.strength, times[change.at]))
}
