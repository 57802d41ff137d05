//! `cargo xtask bench-mutate`: what the ranking loses when a bundle is damaged the way real ones
//! are. Every condition is applied to every visible case; its loss is printed beside the others.
//! References are not touched: the damage is the customer's.

mod archive;
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
}

const CONDITIONS: [Condition; 12] = [
    Condition { name: "unchanged", apply: |files| files },
    Condition { name: "no logs", apply: |files| without(files, "/logs/") },
    Condition { name: "no traces", apply: |files| without(files, "/traces/") },
    Condition { name: "no metrics", apply: |files| without(files, "/metrics/") },
    Condition { name: "clock of one pod +7 min", apply: |files| log::shift_one(files, 420) },
    Condition {
        name: "first half of the logs rotated away",
        apply: |files| log::halve(files, true),
    },
    Condition {
        name: "last half of the logs rotated away",
        apply: |files| log::halve(files, false),
    },
    Condition { name: "loud unrelated errors", apply: log::add_noise },
    Condition { name: "lines twice", apply: log::duplicate },
    Condition { name: "lines shuffled", apply: log::shuffle },
    Condition { name: "other pod hashes", apply: log::rename_pods },
    Condition { name: "one trace of ten", apply: |files| trace::sample(files, 10) },
];

fn without(mut files: Files, part: &str) -> Files {
    files.retain(|(path, _)| !path.contains(part));
    files
}

/// Damages, inspects and scores; fails if a condition costs more than it may.
pub fn run(binary: &Path) -> Result<()> {
    let bench = Bench::new(binary)?;
    let work = tempfile::tempdir()?;
    let references = bench.references()?;
    let mut whole = None;
    let mut failed = Vec::new();
    println!("{:36} {:>6} {:>6} {:>6}", "condition", "top1", "top3", "calm");
    for condition in &CONDITIONS {
        let folder = work.path().join(condition.name.replace(' ', "-"));
        let bundles = folder.join("bundles");
        std::fs::create_dir_all(&bundles)?;
        for (case, reference) in &references {
            let damaged: PathBuf = bundles.join(format!("{case}.tar.gz"));
            let files = (condition.apply)(archive::read(&bench.bundle(case))?);
            archive::write(&damaged, &files)?;
            let reference = bench.bundle(reference);
            bench.inspect(&damaged, Some(&reference), &folder.join("reports"), case)?;
        }
        let (_, figures) = bench.score(&folder.join("reports"), &bundles)?;
        let figure = |name: &str| figures["all"][name].as_f64().unwrap_or(0.0);
        let calm = figures["controls"]["right"].as_f64().unwrap_or(0.0);
        println!("{:36} {:6.3} {:6.3} {calm:6.0}", condition.name, figure("top1"), figure("top3"));
        let best = *whole.get_or_insert(figure("top3"));
        if best - figure("top3") > LOSS_MAX + f64::EPSILON {
            failed.push(condition.name);
        }
    }
    ensure!(failed.is_empty(), "these conditions cost too much of top-3: {}", failed.join(", "));
    Ok(())
}
