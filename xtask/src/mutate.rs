//! `cargo xtask bench-mutate`: what the ranking loses when a bundle is damaged the way real ones
//! are. Every condition is applied to every visible case; its loss is printed beside the others.
//! References are not touched: the damage is the customer's.

mod archive;
#[cfg(test)]
mod degraded;
mod log;
mod trace;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::rca::Bench;

/// The most that one condition may cost of top-3.
const LOSS_MAX: f64 = 0.15;

/// A bundle as files in memory.
pub type Files = Vec<(String, Vec<u8>)>;

/// One way to damage a bundle.
struct Condition {
    name: &'static str,
    apply: fn(Files) -> Files,
    /// One of those that the suite holds to [`LOSS_MAX`]; the others are reported.
    promised: bool,
}

/// The condition that the others are measured by.
const WHOLE: &str = "unchanged";

const fn promised(name: &'static str, apply: fn(Files) -> Files) -> Condition {
    Condition { name, apply, promised: true }
}

const fn reported(name: &'static str, apply: fn(Files) -> Files) -> Condition {
    Condition { name, apply, promised: false }
}

const CONDITIONS: [Condition; 12] = [
    promised(WHOLE, |files| files),
    promised("no logs", |files| without(files, "/logs/")),
    promised("no traces", |files| without(files, "/traces/")),
    promised("no metrics", |files| without(files, "/metrics/")),
    promised("clock of one pod +7 min", |files| log::shift_one(files, 420)),
    promised("first half of the logs rotated away", |files| log::halve(files, true)),
    promised("last half of the logs rotated away", |files| log::halve(files, false)),
    promised("loud unrelated errors", log::add_noise),
    reported("lines twice", log::duplicate),
    reported("lines shuffled", log::shuffle),
    reported("other pod hashes", log::rename_pods),
    reported("one trace of ten", |files| trace::sample(files, 10)),
];

fn without(mut files: Files, part: &str) -> Files {
    files.retain(|(path, _)| !path.contains(part));
    files
}

/// Is there still something measured? A graph of calls alone tells nothing of a fault.
fn has_evidence(files: &Files) -> bool {
    let is_measured = |path: &str| {
        path.contains("/logs/")
            || path.contains("/metrics/")
            || (path.contains("/traces/") && !path.contains("graph"))
    };
    files.iter().any(|(path, _)| is_measured(path))
}

/// Damages, inspects and scores; fails if a condition costs more than it may.
pub fn run(binary: &Path) -> Result<()> {
    let bench = Bench::new(binary)?;
    let work = tempfile::tempdir()?;
    let references = bench.references()?;
    let faulty = bench.faulty()?;
    let mut whole = None;
    let mut failed = Vec::new();
    println!("{:36} {:>5} {:>6} {:>6} {:>6}", "condition", "cases", "top1", "top3", "calm");
    for condition in &CONDITIONS {
        let folder = work.path().join(condition.name.replace(' ', "-"));
        let bundles = folder.join("bundles");
        std::fs::create_dir_all(&bundles)?;
        let mut emptied = 0.0;
        for (case, reference) in &references {
            let damaged: PathBuf = bundles.join(format!("{case}.tar.gz"));
            let files = (condition.apply)(archive::read(&bench.bundle(case))?);
            // what has no evidence left is none of the measure
            if !has_evidence(&files) {
                emptied += f64::from(u8::from(faulty.contains(case)));
                continue;
            }
            archive::write(&damaged, &files)?;
            let reference = bench.bundle(reference);
            bench.inspect(&damaged, Some(&reference), &folder.join("reports"), case)?;
        }
        let (_, figures) = bench.score(&folder.join("reports"), &bundles)?;
        let cases = faulty.len() as f64 - emptied;
        // the scorer takes a case without a report for a miss
        let scale = faulty.len() as f64 / cases.max(1.0);
        let figure = |name: &str| figures["all"][name].as_f64().unwrap_or(0.0) * scale;
        let calm = figures["controls"]["right"].as_f64().unwrap_or(0.0);
        let (first, third) = (figure("top1"), figure("top3"));
        println!("{:36} {cases:5.0} {first:6.3} {third:6.3} {calm:6.0}", condition.name);
        let best = *whole.get_or_insert(third);
        if condition.promised && best - third > LOSS_MAX + f64::EPSILON {
            failed.push(condition.name);
        }
    }
    ensure!(failed.is_empty(), "these conditions cost too much of top-3: {}", failed.join(", "));
    Ok(())
}
