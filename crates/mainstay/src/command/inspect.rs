//! `mainstay inspect`: what is in these files, without a desk, a database or a network.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mainstay_core::UtcMicros;
use mainstay_evidence::finding::Weight;
use mainstay_evidence::ingest::{self, IngestError, Options, Stored};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::Input;
use mainstay_evidence::problem::Problem;
use mainstay_evidence::rank::{self, Diagnosis, Ticket};
use mainstay_evidence::report::{self, Style};
use mainstay_evidence::view::Bundle;

use crate::cli::{FailOn, Inspect, Rules};
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::Meter;

pub fn run(inspect: &Inspect, output: &Output) -> Result<Exit> {
    let started = std::time::Instant::now();
    let workplace = tempfile::tempdir().context("cannot make a temporary folder")?;
    let folder = match &inspect.keep {
        Some(folder) => folder.clone(),
        None => workplace.path().join("evidence"),
    };
    let meter = Meter::new(output);
    let options =
        Options { correct_clocks: !inspect.no_skew, ..options(inspect.threads, &inspect.rules)? };
    let read = ingest::ingest(inputs(&inspect.paths)?, &options, &folder, &meter);
    meter.finish();
    let stored = match read {
        Ok(stored) => stored,
        Err(IngestError::Unreadable(problems)) => return Ok(unreadable(&problems, output)),
        Err(error) => return Err(error.into()),
    };
    let bundle = Bundle::open(&folder)?;
    let bundle = match diagnose(&bundle, &stored, inspect, workplace.path(), output)? {
        Some(diagnosis) => bundle.with_diagnosis(diagnosis),
        None => bundle,
    };
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if let Some(path) = &inspect.html {
        write_report(&report::html(&bundle)?, path, output)?;
    }
    if let Some(path) = &inspect.markdown {
        write_report(&report::markdown(&bundle)?, path, output)?;
    }
    if inspect.json {
        let mut document = report::json(&bundle)?;
        document["elapsed_ms"] = serde_json::Value::from(elapsed_ms);
        output.json(&document)?;
    } else {
        print_text(&bundle, inspect, output)?;
    }
    Ok(exit(&bundle, inspect.fail_on))
}

/// The suspects against what was given beside the bundle; without any, the stored ones hold.
fn diagnose(
    bundle: &Bundle,
    stored: &Stored,
    inspect: &Inspect,
    workplace: &Path,
    output: &Output,
) -> Result<Option<Diagnosis>> {
    if inspect.reference.is_none() && inspect.ticket.is_none() {
        return Ok(None);
    }
    let ticket = inspect.ticket.as_deref().map(read_ticket).transpose()?.unwrap_or_default();
    let reference = match &inspect.reference {
        None => None,
        Some(path) => {
            let folder = workplace.join("reference");
            let mut options = options(inspect.threads, &inspect.rules)?;
            options.pseudonym_key = Some(stored.pseudonym_key);
            let meter = Meter::new(output);
            let read =
                ingest::ingest(inputs(std::slice::from_ref(path))?, &options, &folder, &meter);
            meter.finish();
            read.with_context(|| format!("cannot read the reference {}", path.display()))?;
            Some(Bundle::open(&folder)?)
        }
    };
    Ok(Some(rank::diagnose(bundle, reference.as_ref(), &ticket)?))
}

fn read_ticket(path: &Path) -> Result<Ticket> {
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let ticket: serde_json::Value = serde_json::from_slice(&text)
        .with_context(|| format!("{} is no JSON document", path.display()))?;
    let word = |name: &str| ticket[name].as_str();
    let time = ["symptom_start_about", "reported_at"].iter().find_map(|name| word(name));
    let time = time.map(|text| {
        text.parse().with_context(|| format!("{} has a time that is not RFC 3339", path.display()))
    });
    Ok(Ticket {
        entrypoint: word("entrypoint").map(str::to_owned),
        symptom_start_about: time.transpose()?,
    })
}

pub(super) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let stdin = paths.iter().filter(|path| path.as_os_str() == "-").count();
    if stdin > 1 {
        bail!("stdin can be read once: name - once");
    }
    let input = |path: &PathBuf| {
        if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path.clone()) }
    };
    Ok(paths.iter().map(input).collect())
}

/// `rules`: used besides our own.
pub(super) fn options(threads: Option<usize>, rules: &Rules) -> Result<Options> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Options {
        limits: Limits::default(),
        now: UtcMicros::from_timestamp(jiff::Timestamp::now()),
        pseudonym_key: None,
        rules: rules.load()?,
        identities: None,
        correct_clocks: true,
        threads: threads.unwrap_or(cores).max(1),
    })
}

fn print_text(bundle: &Bundle, inspect: &Inspect, output: &Output) -> Result<()> {
    let mut text = Vec::new();
    // anstream takes the colours away where they are not wanted; a terminal is asked for links
    // and bold only when it is one.
    let style = if std::io::stdout().is_terminal() { Style::Coloured } else { Style::Plain };
    report::text(bundle, &mut text, style)?;
    output.result(&String::from_utf8_lossy(&text))?;
    if let Some(folder) = &inspect.keep {
        output.note(&format!("evidence kept in {}", folder.display()));
    }
    Ok(())
}

fn write_report(page: &str, path: &Path, output: &Output) -> Result<()> {
    std::fs::write(path, page).with_context(|| format!("cannot write {}", path.display()))?;
    output.note(&format!("report: {}", path.display()));
    Ok(())
}

pub(super) fn unreadable(problems: &[Problem], output: &Output) -> Exit {
    let mut lines = vec!["nothing in the input could be opened".to_owned()];
    for problem in problems {
        let path = problem.path.as_deref().unwrap_or("the input");
        lines.push(format!("  {path}: {} ({})", problem.detail, problem.code.as_str()));
    }
    output.error(&lines.join("\n"), Some("check that the file is complete and not encrypted"));
    Exit::Unreadable
}

/// Findings that were asked for come first; then whether everything could be read.
fn exit(bundle: &Bundle, fail_on: Option<FailOn>) -> Exit {
    let asked = fail_on.is_some_and(|least| {
        bundle.findings().iter().any(|finding| rank(finding.severity) >= least)
    });
    if asked {
        return Exit::Findings;
    }
    let partial = bundle.problems().iter().any(|problem| problem.code.loses_data());
    if partial { Exit::Unreadable } else { Exit::Ok }
}

fn rank(weight: Weight) -> FailOn {
    match weight {
        Weight::High => FailOn::High,
        Weight::Medium => FailOn::Medium,
        Weight::Low => FailOn::Low,
        Weight::Info => FailOn::Info,
    }
}
