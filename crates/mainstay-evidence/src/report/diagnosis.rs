//! The suspects in JSON: at the top level what scripts and scorers read, below `diagnosis` all of
//! it.

use serde::Serialize;
use serde_json::Value;

use super::{ReportError, Run};
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

/// Adds `case_id`, `verdict`, `elapsed_ms`, `suspects` and `diagnosis` to the document.
pub(super) fn add(document: &mut Value, bundle: &Bundle, run: &Run<'_>) -> Result<(), ReportError> {
    let Some(diagnosis) = run.diagnosis.or(bundle.diagnosis()) else { return Ok(()) };
    document["case_id"] = Value::from(case_id(bundle));
    document["verdict"] = Value::from(diagnosis.verdict.as_str());
    if let Some(elapsed) = run.elapsed_ms {
        document["elapsed_ms"] = Value::from(elapsed);
    }
    document["suspects"] = serde_json::to_value(suspects(diagnosis))?;
    document["diagnosis"] = serde_json::to_value(diagnosis)?;
    Ok(())
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

/// Who is calm is suspected of nothing.
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
