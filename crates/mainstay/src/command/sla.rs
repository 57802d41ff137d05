//! `mainstay sla`: how support time is counted, without a desk.

use std::path::Path;

use anyhow::{Context, Result, bail};
use mainstay_core::sla::{Attributes, Clock, board, check, clock, explain, simulate::Simulation};
use mainstay_core::{UtcMicros, sla::explain::Reason};
use serde_json::{Value, json};

use crate::cli::SlaCommand;
use crate::exit::Exit;
use crate::output::Output;

/// More text than this is not a file of examples.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// Differences that are printed; the counts name all.
const SHOWN_MAX: usize = 20;

pub fn run(command: &SlaCommand, output: &Output) -> Result<Exit> {
    match command {
        SlaCommand::Check { file, json } => run_check(&read(file)?, *json, output),
        SlaCommand::Simulate { file, json } => {
            let simulation = Simulation::read(&read(file)?)
                .with_context(|| format!("cannot simulate {}", file.display()))?;
            run_simulation(&simulation, *json, output)
        }
    }
}

fn read(file: &Path) -> Result<String> {
    let name = file.display();
    let length = std::fs::metadata(file).with_context(|| format!("cannot read {name}"))?.len();
    if length > FILE_BYTES_MAX {
        bail!("{name} has {length} bytes, more than the {FILE_BYTES_MAX} that are read");
    }
    std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))
}

fn run_check(text: &str, json: bool, output: &Output) -> Result<Exit> {
    let outcome = check::check(text)?;
    if json {
        output.json(&check_json(&outcome))?;
    } else {
        let rows: Vec<Vec<String>> = outcome
            .tags
            .iter()
            .map(|(tag, score)| {
                vec![tag.clone(), score.passed.to_string(), score.failed.to_string()]
            })
            .collect();
        output.table(&["tag", "passed", "failed"], &rows)?;
    }
    for failure in outcome.failures.iter().take(SHOWN_MAX) {
        output.note(&format!(
            "{} {}: wanted {}, counted {}",
            failure.id, failure.what, failure.want, failure.got
        ));
    }
    if outcome.failures.len() > SHOWN_MAX {
        output.note(&format!("and {} more", outcome.failures.len() - SHOWN_MAX));
    }
    Ok(if outcome.failures.is_empty() { Exit::Ok } else { Exit::Findings })
}

fn check_json(outcome: &check::Outcome) -> Value {
    let tags = outcome.tags.iter().map(|(tag, score)| {
        (tag.clone(), json!({ "passed": score.passed, "failed": score.failed }))
    });
    let failures = outcome.failures.iter().map(|failure| {
        let check::Failure { id, what, want, got } = failure;
        json!({ "id": id, "what": what, "want": want, "got": got })
    });
    json!({
        "schema_version": 1,
        "tags": tags.collect::<serde_json::Map<_, _>>(),
        "failures": failures.collect::<Vec<_>>(),
    })
}

fn run_simulation(simulation: &Simulation, json: bool, output: &Output) -> Result<Exit> {
    let attributes = Attributes {
        severity: simulation.severity,
        customer: &simulation.customer,
        product: &simulation.product,
        version: &simulation.version,
    };
    let Simulation { set, history, at, .. } = simulation;
    let rows = board::board(set, attributes, history, *at);
    if json {
        let clocks = rows.iter().map(|row| {
            let segments = explain::segments(&row.clock, history, row.promise.calendar, *at);
            clock_json(row, &segments)
        });
        output.json(&json!({ "schema_version": 1, "clocks": clocks.collect::<Vec<_>>() }))?;
        return Ok(Exit::Ok);
    }
    if rows.is_empty() {
        output.result("nothing is promised: no policy matches this case")?;
    }
    for row in &rows {
        output.result(&headline(row))?;
        let segments = explain::segments(&row.clock, history, row.promise.calendar, *at);
        let lines: Vec<Vec<String>> = segments.iter().map(segment_row).collect();
        output.table(&["from", "to", "counts", "why", "status", "total"], &lines)?;
    }
    Ok(Exit::Ok)
}

fn headline(row: &board::Row<'_>) -> String {
    let clock = &row.clock;
    let due = clock.due.map_or_else(String::new, |due| {
        let reopens =
            due.reopens_at.map_or_else(String::new, |at| format!(" (reopens {})", short(at)));
        format!(", due {}{reopens}", short(due.at))
    });
    format!(
        "{} {}: {}, {} of {}{due} [policy {}, calendar {}]",
        clock.instance.metric.as_str(),
        row.number,
        clock.state.as_str(),
        duration(clock.elapsed_us),
        duration(clock.target_us),
        row.promise.policy,
        row.promise.calendar_name,
    )
}

fn segment_row(segment: &explain::Segment) -> Vec<String> {
    vec![
        short(segment.span.from),
        short(segment.span.to),
        if segment.reason.is_counted() { "yes" } else { "no" }.to_owned(),
        segment.reason.to_string(),
        segment.status.as_str().to_owned(),
        duration(segment.total_us),
    ]
}

fn clock_json(row: &board::Row<'_>, segments: &[explain::Segment]) -> Value {
    let Clock { instance, target_us, elapsed_us, state, breached_at, due } = &row.clock;
    let time = |at: UtcMicros| Value::from(at.to_string());
    let segments = segments.iter().map(|segment| {
        json!({
            "from": time(segment.span.from),
            "to": time(segment.span.to),
            "counted": segment.reason.is_counted(),
            "reason": segment.reason.to_string(),
            "paused": matches!(segment.reason, Reason::Paused(_)),
            "status": segment.status.as_str(),
            "total_s": segment.total_us.div_euclid(1_000_000),
        })
    });
    json!({
        "metric": instance.metric.as_str(),
        "number": row.number,
        "policy": row.promise.policy,
        "calendar": row.promise.calendar_name,
        "state": state.as_str(),
        "target_s": target_us.div_euclid(1_000_000),
        "elapsed_s": elapsed_us.div_euclid(1_000_000),
        "activated": time(instance.activated),
        "ended": instance.end.map(|(at, _)| time(at)),
        "breached_at": breached_at.map(time),
        "due": due.map(|clock::Due { at, .. }| time(at)),
        "reopens": due.and_then(|due| due.reopens_at).map(time),
        "segments": segments.collect::<Vec<_>>(),
    })
}

/// To the second, which is what clocks show.
fn short(at: UtcMicros) -> String {
    at.to_timestamp().map_or_else(|| at.to_string(), |at| format!("{at:.0}"))
}

fn duration(micros: i64) -> String {
    let seconds = micros.div_euclid(1_000_000);
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
