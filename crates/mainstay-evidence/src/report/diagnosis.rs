//! The suspects in JSON: at the top level what scripts and scorers read, below `diagnosis` all of
//! it.

use serde::Serialize;
use serde_json::Value;

use super::quantity::{moment, span};
use super::summary::Summary;
use super::{ReportError, clean};
use crate::finding::Place;
use crate::rank::{Diagnosis, Hypothesis};
use crate::view::Bundle;

/// Between a reference's name and a path in it.
const ELSEWHERE: char = '!';

#[derive(Serialize)]
struct Suspect<'d> {
    component: &'d str,
    kind: &'static str,
    score: f64,
    evidence: Vec<Evidence<'d>>,
}

#[derive(Serialize)]
struct Evidence<'d> {
    path: &'d str,
    line: u64,
}

/// The summary with `case_id`, `verdict`, `suspects` and `diagnosis`.
pub(super) fn document(bundle: &Bundle, summary: &Summary) -> Result<Value, ReportError> {
    let mut document = serde_json::to_value(summary)?;
    let Some(diagnosis) = &summary.diagnosis else { return Ok(document) };
    document["case_id"] = Value::from(clean::line(case_id(bundle)));
    document["verdict"] = Value::from(diagnosis.verdict.as_str());
    document["suspects"] = serde_json::to_value(suspects(diagnosis))?;
    document["diagnosis"] = serde_json::to_value(diagnosis)?;
    Ok(document)
}

/// The same without characters that play tricks on whoever reads it.
pub(super) fn cleaned(diagnosis: &Diagnosis) -> Option<Diagnosis> {
    let mut value = serde_json::to_value(diagnosis).ok()?;
    clean_texts(&mut value);
    serde_json::from_value(value).ok()
}

fn clean_texts(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let std::borrow::Cow::Owned(cleaned) = clean::line(text) {
                *text = cleaned;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean_texts),
        Value::Object(members) => members.values_mut().for_each(clean_texts),
        _ => {}
    }
}

/// The diagnosis for a terminal, line by line.
pub(super) fn lines(diagnosis: &Diagnosis) -> Vec<String> {
    let sure = |share: f64| format!("{:.0} %", share * 100.0);
    let mut lines = vec![format!(
        "  {} ({}): {}",
        diagnosis.verdict.as_str().replace('_', " "),
        sure(diagnosis.confidence),
        diagnosis.reason
    )];
    if let Some(window) = &diagnosis.window {
        lines.push(format!(
            "  symptom   {} UTC, {}",
            span(Some(window.start), Some(window.end)),
            window.why
        ));
    }
    lines.push(format!("  baseline  {}", diagnosis.baseline));
    for (hypothesis, number) in diagnosis.hypotheses.iter().zip(1..).take(HYPOTHESES_LISTED) {
        lines.push(String::new());
        lines.push(format!(
            "  {number}. {}  {}  {:.2}  {}",
            hypothesis.component,
            hypothesis.kind.as_str(),
            hypothesis.score,
            hypothesis.status.as_str()
        ));
        let contributions = hypothesis.contributions.iter().filter(|it| it.value.abs() >= 0.5);
        for it in contributions.take(CONTRIBUTIONS_LISTED) {
            let cite = it.cites.first().map_or_else(String::new, |cite| format!("  {}", at(cite)));
            lines.push(format!("     {:+6.1}  {}: {}{cite}", it.value, it.name, it.detail));
        }
        let lists = [("against", &hypothesis.against), ("missing", &hypothesis.missing)];
        for (word, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            lines.push(format!("     {word}: {}", list.join("; ")));
        }
        lines.push(format!("     next: {}", hypothesis.next_check));
    }
    let left = diagnosis.hypotheses.len().saturating_sub(HYPOTHESES_LISTED) as u64;
    if left + diagnosis.others > 0 {
        lines.push(format!("  {} weaker suspects", left + diagnosis.others));
    }
    for it in &diagnosis.clocks {
        let seconds = it.offset_us as f64 / 1e6;
        let (agreeing, lines_told, path) = (it.agreeing, it.lines, &it.path);
        lines.push(format!(
            "  clock     {path} was {seconds:+.1} s off ({agreeing} of {lines_told} lines), put right"
        ));
    }
    for it in &diagnosis.excluded {
        lines.push(format!(
            "  excluded, ended at {} UTC: {} of {}",
            moment(it.until),
            it.what,
            it.component
        ));
    }
    for it in &diagnosis.unrelated {
        let (kind, about) = (it.change.kind.as_str(), &it.change.about);
        lines.push(format!("  does not explain it: {kind} of {about}: {}", it.reason));
    }
    if !diagnosis.missing.is_empty() {
        lines.push(format!("  missing   {}", diagnosis.missing.join("; ")));
    }
    lines
}

/// Suspects that a person reads in a terminal.
const HYPOTHESES_LISTED: usize = 3;

/// Contributions under each.
const CONTRIBUTIONS_LISTED: usize = 5;

/// `path:line`, the way editors open it.
pub(super) fn at(place: &Place) -> String {
    if place.line == 0 { place.path.clone() } else { format!("{}:{}", place.path, place.line) }
}

/// As the ticket says, else the name of the input without what says how it is packed.
fn case_id(bundle: &Bundle) -> &str {
    let manifest = bundle.manifest();
    let said = manifest.ticket.as_ref().and_then(|ticket| ticket.case_id.as_deref());
    said.unwrap_or_else(|| {
        let endings = [".tar.gz", ".tgz", ".tar.zst", ".tar.xz", ".tar", ".zip", ".7z"];
        let name = manifest.name.as_str();
        endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
    })
}

fn suspects(diagnosis: &Diagnosis) -> Vec<Suspect<'_>> {
    diagnosis.hypotheses.iter().map(suspect).collect()
}

fn suspect(hypothesis: &Hypothesis) -> Suspect<'_> {
    Suspect {
        component: &hypothesis.component,
        kind: hypothesis.kind.as_str(),
        score: hypothesis.score,
        evidence: hypothesis.cites.iter().filter(|cite| is_here(cite)).map(evidence).collect(),
    }
}

fn is_here(place: &Place) -> bool {
    !place.path.contains(ELSEWHERE)
}

fn evidence(place: &Place) -> Evidence<'_> {
    Evidence { path: &place.path, line: place.line }
}
