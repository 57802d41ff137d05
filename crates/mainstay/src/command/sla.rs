//! `mainstay sla`: what is promised, and how support time is counted.

use std::path::Path;

use anyhow::{Context, Result, bail};
use mainstay_app::request::{Origin, Request};
use mainstay_app::sla::{ClockView, simulated};
use mainstay_core::UtcMicros;
use mainstay_core::sla::explain::Segment;
use mainstay_core::sla::simulate::Simulation;
use mainstay_core::sla::{Clock, PolicySetForm, check};
use serde_json::{Value, json};

use crate::cli::SlaCommand;
use crate::command::open_as;
use crate::exit::Exit;
use crate::output::Output;

/// More text than this is not a file of examples.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// Differences that are printed; the counts name all.
const SHOWN_MAX: usize = 20;

pub async fn run(command: SlaCommand, output: &Output) -> Result<Exit> {
    match command {
        SlaCommand::Check { file, json } => run_check(&read(&file)?, json, output),
        SlaCommand::Simulate { file, json } => {
            let simulation = Simulation::read(&read(&file)?)
                .with_context(|| format!("cannot simulate {}", file.display()))?;
            let clocks = simulated(&simulation);
            if json {
                output.json(&clocks_json(&clocks))?;
            } else {
                print_clocks(&clocks, output)?;
            }
            Ok(Exit::Ok)
        }
        SlaCommand::Policies { desk, version } => {
            let (app, actor) = open_as(&desk).await?;
            let found = app.policies(&actor, version).await?;
            app.close().await;
            match found {
                Some(policies) => output.json(&policies.set)?,
                None => output.note("no policies were published; see mainstay sla publish"),
            }
            Ok(Exit::Ok)
        }
        SlaCommand::Publish { desk, file, reason } => {
            let set: PolicySetForm = serde_json::from_str(&read(&file)?)
                .with_context(|| format!("{} is not a set of policies", file.display()))?;
            let (app, actor) = open_as(&desk).await?;
            let request = Request::new(actor, Origin::Cli);
            let published = app.publish_policies(&request, set, reason).await?;
            app.close().await;
            output.note(&format!("published version {}", published.version));
            Ok(Exit::Ok)
        }
        SlaCommand::ReEvaluate { desk, case } => {
            let (app, actor) = open_as(&desk).await?;
            app.re_evaluate(&Request::new(actor, Origin::Cli), case).await?;
            let clocks = app.clocks(&actor, case).await?;
            app.close().await;
            print_clocks(&clocks.clocks, output)?;
            Ok(Exit::Ok)
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

/// Each clock with a headline and its segments.
pub fn print_clocks(clocks: &[ClockView], output: &Output) -> Result<()> {
    if clocks.is_empty() {
        output.result("nothing is promised: no policy matches this case")?;
    }
    for view in clocks {
        output.result(&headline(view))?;
        let lines: Vec<Vec<String>> = view.segments.iter().map(segment_row).collect();
        output.table(&["from", "to", "counts", "why", "status", "total"], &lines)?;
    }
    Ok(())
}

/// The same as one document.
pub fn clocks_json(clocks: &[ClockView]) -> Value {
    json!({
        "schema_version": 1,
        "clocks": clocks.iter().map(clock_json).collect::<Vec<_>>(),
    })
}

fn headline(view: &ClockView) -> String {
    let clock = &view.clock;
    let due = clock.due.map_or_else(String::new, |due| {
        let reopens = due.reopens_at.map(|at| format!(" (reopens {})", short(at)));
        format!(", due {}{}", short(due.at), reopens.unwrap_or_default())
    });
    format!(
        "{} {}: {}, {} of {}{due} [policy {}, calendar {}]",
        view.metric.as_str(),
        view.number,
        clock.state.as_str(),
        duration(clock.elapsed_us),
        duration(clock.target_us),
        view.policy,
        view.calendar,
    )
}

fn segment_row(segment: &Segment) -> Vec<String> {
    vec![
        short(segment.span.from),
        short(segment.span.to),
        if segment.reason.is_counted() { "yes" } else { "no" }.to_owned(),
        segment.reason.to_string(),
        segment.status.to_string(),
        duration(segment.total_us),
    ]
}

fn clock_json(view: &ClockView) -> Value {
    let Clock { instance, target_us, elapsed_us, state, breached_at, due } = &view.clock;
    let time = |at: UtcMicros| Value::from(at.to_string());
    let segments = view.segments.iter().map(|segment| {
        json!({
            "from": time(segment.span.from),
            "to": time(segment.span.to),
            "counted": segment.reason.is_counted(),
            "reason": segment.reason.to_string(),
            "status": segment.status.as_str(),
            "total_s": segment.total_us.div_euclid(1_000_000),
        })
    });
    json!({
        "metric": view.metric.as_str(),
        "number": view.number,
        "policy": view.policy,
        "calendar": view.calendar,
        "state": state.as_str(),
        "target_s": target_us.div_euclid(1_000_000),
        "elapsed_s": elapsed_us.div_euclid(1_000_000),
        "activated_at": time(instance.activated),
        "ended_at": instance.end.map(|(at, _)| time(at)),
        "breached_at": breached_at.map(time),
        "due_at": due.map(|due| time(due.at)),
        "reopens_at": due.and_then(|due| due.reopens_at).map(time),
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
