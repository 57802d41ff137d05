//! What of a case a packet is about, as numbers and words that can be compared: two packets of a
//! case to which nothing happened between them have equal facts, so their difference is empty.

use serde::{Deserialize, Serialize};

use super::text::minute;
use crate::case::{Judgement, NextStep};
use crate::citation::HypothesisNumber;
use crate::severity::Severity;
use crate::sla::Metric;
use crate::status::Status;
use crate::time::UtcMicros;

/// The facts of a case at one moment. Who owns it is not one: that is what a hand-off changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub severity: Severity,
    pub status: Status,
    pub waits_on: String,
    /// The running clocks, the one due first in front.
    pub clocks: Vec<ClockFact>,
    pub promised: Option<UtcMicros>,
    pub hypotheses: Vec<HypothesisFact>,
    pub evidence: u64,
    pub notes: u64,
    pub bundles: u64,
    pub next_step: Option<NextStep>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockFact {
    pub metric: Metric,
    pub due: UtcMicros,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HypothesisFact {
    pub number: HypothesisNumber,
    pub component: String,
    pub statement: String,
    pub judgement: Option<Judgement>,
    /// Why it was judged so.
    pub reason: String,
}

/// What is new, one line each; empty when nothing is.
#[must_use]
pub fn difference(before: &Facts, now: &Facts) -> Vec<String> {
    let mut lines = Vec::new();
    if before.severity != now.severity {
        lines.push(format!("severity {} to {}", before.severity, now.severity));
    }
    if (before.status, &before.waits_on) != (now.status, &now.waits_on) {
        let on = if now.waits_on.is_empty() {
            String::new()
        } else {
            format!(", waits on {}", now.waits_on)
        };
        lines.push(format!("status {} to {}{on}", before.status, now.status));
    }
    counted(&mut lines, before.notes, now.notes, "note");
    counted(&mut lines, before.bundles, now.bundles, "bundle");
    counted(&mut lines, before.evidence, now.evidence, "piece of evidence");
    for hypothesis in &now.hypotheses {
        let known = before.hypotheses.iter().find(|it| it.number == hypothesis.number);
        let HypothesisFact { number, component, judgement, .. } = hypothesis;
        let judged = judgement.map_or("not judged", Judgement::as_str);
        match known {
            None => lines.push(format!("new hypothesis {number} {component}: {judged}")),
            Some(known) if (known.judgement, &known.reason) != (*judgement, &hypothesis.reason) => {
                lines.push(format!("{number} {component}: {judged}"));
            }
            Some(_) => {}
        }
    }
    if before.next_step != now.next_step {
        let step = now.next_step.as_ref();
        lines.push(step.map_or("no next step any more".to_owned(), |step| {
            format!("next step: {}", step.text)
        }));
    }
    if before.promised != now.promised {
        lines.push(now.promised.map_or("no promised update any more".to_owned(), |by| {
            format!("next update promised by {}", minute(by))
        }));
    }
    if before.clocks != now.clocks {
        lines.push(match now.clocks.first() {
            None => "no clock runs any more".to_owned(),
            Some(ClockFact { metric, due }) => {
                format!("first clock: {} due {}", metric.as_str().replace('_', " "), minute(*due))
            }
        });
    }
    lines
}

fn counted(lines: &mut Vec<String>, before: u64, now: u64, one: &str) {
    let many = |count: u64| if count == 1 { one.to_owned() } else { plural(one) };
    if now > before {
        lines.push(format!("{} new {}", now - before, many(now - before)));
    } else if before > now {
        lines.push(format!("{} {} taken back", before - now, many(before - now)));
    }
}

fn plural(one: &str) -> String {
    match one.split_once(' ') {
        Some((noun, rest)) => format!("{noun}s {rest}"),
        None => format!("{one}s"),
    }
}
