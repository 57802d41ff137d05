//! The packet as the log has it, before the giver edits: nothing here is guessed, and what is not
//! there stays empty, so that the giver sees what is missing.

use super::fact::{ClockFact, Facts, difference};
use super::text::minute;
use super::{Item, Parts};
use crate::case::Judgement;
use crate::citation::CaseNumber;
use crate::id::CaseId;
use crate::severity::Severity;
use crate::time::UtcMicros;

/// A clock that rings within the next shift is a risk of that shift.
const SHIFT_US: i64 = 8 * 3_600 * 1_000_000;

/// What a draft is made of.
#[derive(Debug, Clone)]
pub struct Source {
    pub case: CaseId,
    pub number: CaseNumber,
    pub subject: String,
    pub facts: Facts,
    /// The facts in the last packet of the case.
    pub before: Option<Facts>,
    pub last_word: Option<LastWord>,
    /// What was done since the last packet, the first line of each note.
    pub tried: Vec<String>,
    /// The first line of the last word to the customer.
    pub promise: String,
    pub open: Vec<String>,
    pub people: Vec<String>,
    pub now: UtcMicros,
}

/// The newest thing that somebody said.
#[derive(Debug, Clone)]
pub struct LastWord {
    pub at: UtcMicros,
    /// `note`, `reply`, `customer`.
    pub kind: &'static str,
    pub line: String,
}

/// The case as it would stand in a packet now.
#[must_use]
pub fn draft(source: Source) -> Item {
    let Source { case, number, subject, facts, before, open, people, now, .. } = &source;
    let step = facts.next_step.clone().unwrap_or_default();
    let parts = Parts {
        state: state(&source),
        clocks: listed(facts.clocks.iter().map(clock)),
        hypotheses: listed(facts.hypotheses.iter().map(hypothesis)),
        tried: listed(source.tried.iter().cloned()),
        next_step: step.text,
        promise: source.promise.clone(),
        open: listed(open.iter().cloned()),
        risks: listed(risks(facts, *now).into_iter()),
        people: listed(people.iter().cloned()),
    };
    Item {
        case: *case,
        number: *number,
        subject: subject.clone(),
        severity: facts.severity,
        parts,
        step_owner: step.owner,
        step_due: step.due,
        promised: facts.promised,
        difference: before.as_ref().map_or_else(
            || vec!["first packet of this case".to_owned()],
            |before| difference(before, facts),
        ),
        missing: Vec::new(),
        facts: facts.clone(),
    }
}

fn state(source: &Source) -> String {
    let Facts { severity, status, waits_on, .. } = &source.facts;
    let waits = if waits_on.is_empty() { String::new() } else { format!(", waits on {waits_on}") };
    let last = source.last_word.as_ref().map_or(String::new(), |word| {
        format!("; last {} {}: {}", word.kind, minute(word.at), word.line)
    });
    format!("{severity}, {status}{waits}: {}{last}", source.subject)
}

fn clock(clock: &ClockFact) -> String {
    format!("{} due {}", clock.metric.as_str().replace('_', " "), minute(clock.due))
}

fn hypothesis(fact: &super::HypothesisFact) -> String {
    let head = format!("{} {}", fact.number, fact.component);
    let said = &fact.statement;
    match fact.judgement {
        None => format!("{head}, not judged; for: {said}; against: none written"),
        Some(Judgement::Confirmed) => {
            format!("{head}, confirmed; for: {said}, {}; against: none written", fact.reason)
        }
        Some(Judgement::Refuted) => {
            format!("{head}, refuted; for: {said}; against: {}", fact.reason)
        }
        Some(Judgement::Inconclusive) => {
            format!("{head}, inconclusive; for: {said}; against: {}", fact.reason)
        }
    }
}

fn risks(facts: &Facts, now: UtcMicros) -> Vec<String> {
    let soon = UtcMicros(now.0.saturating_add(SHIFT_US));
    let mut risks = Vec::new();
    for ClockFact { metric, due } in &facts.clocks {
        let name = metric.as_str().replace('_', " ");
        if *due < now {
            risks.push(format!("{name} is past its target since {}", minute(*due)));
        } else if *due < soon {
            risks.push(format!("{name} is due within eight hours, {}", minute(*due)));
        }
    }
    if let Some(by) = facts.promised.filter(|by| *by < soon) {
        let late = if by < now { "was" } else { "is" };
        risks.push(format!("the next update {late} promised by {}", minute(by)));
    }
    if facts.next_step.is_none() {
        risks.push("no next step is written down".to_owned());
    }
    let proven = facts.hypotheses.iter().any(|it| it.judgement == Some(Judgement::Confirmed));
    if facts.severity == Severity::P1 && !proven {
        risks.push("P1 without a confirmed cause".to_owned());
    }
    risks
}

/// Nothing, one line, or a list.
fn listed(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    match lines.as_slice() {
        [only] => only.clone(),
        many => many.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"),
    }
}
