//! `cargo xtask bench`: what reading costs, beside other programs over the same bytes in the same
//! run. Only the ratios travel between machines. What is *not* here: accuracy; that is scored on
//! labelled logs outside the repository.

mod cost;
pub(crate) mod desk;
mod input;
mod peers;
mod search;
mod share;
mod signature;
mod stage;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use cargo_metadata::MetadataCommand;

use crate::repository;
use cost::Cost;
use input::Log;
use peers::Peer;
#[cfg(test)]
pub(crate) use signature::read;
use stage::Stages;
use table::{megabytes, number};

/// Megabytes when nothing is said.
pub(crate) const MEGABYTES: u64 = 200;

/// The memory must not grow with the input: it is measured again with so many times the input.
const MORE_INPUT: u64 = 10;

/// The name of one peer that others are compared with.
const LNAV: &str = "lnav, index and count";

/// What is measured.
pub(crate) enum Part {
    /// Reading, on so many megabytes.
    Reading(u64),
    /// The desk, with so many cases and events.
    Desk(Vec<(u32, u32)>),
    /// Recognition of a bundle among known troubles.
    Signatures,
}

/// Builds for speed first: figures of a debug build mean nothing.
pub(crate) fn run(part: &Part) -> Result<()> {
    let target = MetadataCommand::new()
        .manifest_path(repository::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("could not ask cargo for its target folder")?
        .target_directory;
    let release = target.into_std_path_buf().join("release");
    let binary = release.join("mainstay");
    if !cfg!(debug_assertions) {
        return match part {
            Part::Reading(megabytes) => measure(*megabytes, &binary),
            Part::Desk(sizes) => desk::measure(&binary, sizes),
            Part::Signatures => signature::measure(),
        };
    }
    // one after the other: together, the product would be built with what only this tool asks for
    let packages: &[&str] = match part {
        // recognition is a function of the library: the binary adds nothing to it
        Part::Signatures => &["xtask"],
        _ => &["xtask", "mainstay"],
    };
    for package in packages {
        let status = Command::new("cargo")
            .args(["build", "--release", "--package", package])
            .current_dir(repository::root())
            .status()
            .context("could not run cargo")?;
        ensure!(status.success(), "the release build failed");
    }
    let words = match part {
        Part::Reading(megabytes) => vec!["--mb".to_owned(), megabytes.to_string()],
        Part::Signatures => vec!["signatures".to_owned()],
        Part::Desk(sizes) => std::iter::once("desk".to_owned())
            .chain(sizes.iter().map(|(cases, events)| format!("{cases}:{events}")))
            .collect(),
    };
    let status = Command::new(release.join("xtask"))
        .arg("bench")
        .args(words)
        .status()
        .context("could not start the release build of the bench")?;
    ensure!(status.success(), "the bench failed");
    Ok(())
}

fn measure(megabytes: u64, binary: &Path) -> Result<()> {
    let folder = std::env::temp_dir().join("mainstay-bench");
    let input = folder.join("input");
    let logs = input::write(&input, megabytes * 1_000_000)?;
    let bytes: u64 = logs.iter().map(|log| log.bytes).sum();
    let lines: u64 = logs.iter().map(|log| log.lines).sum();
    println!("{lines} lines, {} MB in {} files", table::megabytes(bytes), logs.len());
    let tools = peers::install(&folder)?;

    let bodies = folder.join("bodies.txt");
    let stages: Vec<Stages> = logs
        .iter()
        .map(|log| stage::measure(&log.path, &log.path.with_extension("bodies")))
        .collect::<Result<_>>()?;
    join_bodies(&logs, &bodies)?;
    let paths: Vec<PathBuf> = logs.iter().map(|log| log.path.clone()).collect();
    let evidence = folder.join("evidence");
    let whole = [1, 2].map(|threads| ingest(binary, &paths, &evidence, threads));
    let [one, two] = whole;
    let (one, two) = (one?, two?);
    let peers = peers::measure(&folder, &tools, &paths, bytes, &bodies)?;

    print_ingest(bytes, one, two, &peers);
    println!("\ntwo threads are {} times as fast as one", number(one.wall_s / two.wall_s));
    print_stages(&logs, &stages, &peers);
    share::report(&folder, &paths, bytes)?;
    search::report(&evidence, &paths)?;
    print_sizes(&folder, &evidence, bytes)?;
    let more = ingest_more(binary, &folder, megabytes * MORE_INPUT)?;
    print_memory(megabytes, one, two, more);
    Ok(())
}

/// The same for a larger input, which is made for it and removed.
fn ingest_more(binary: &Path, folder: &Path, megabytes: u64) -> Result<Cost> {
    let (input, evidence) = (folder.join("more"), folder.join("more-evidence"));
    let logs = input::write(&input, megabytes * 1_000_000)?;
    let paths: Vec<PathBuf> = logs.into_iter().map(|log| log.path).collect();
    let cost = ingest(binary, &paths, &evidence, 2);
    for folder in [input, evidence] {
        std::fs::remove_dir_all(folder).context("could not remove the larger input")?;
    }
    cost
}

/// The whole ingest by the binary, into a new folder each time.
fn ingest(binary: &Path, logs: &[PathBuf], evidence: &Path, threads: u32) -> Result<Cost> {
    cost::of(|| {
        // absent on the first run
        let _ = std::fs::remove_dir_all(evidence);
        let mut command = Command::new(binary);
        command.args(["inspect", "-qq", "--json", "--threads", &threads.to_string(), "--keep"]);
        command.arg(evidence).args(logs);
        command
    })
}

fn join_bodies(logs: &[Log], to: &Path) -> Result<()> {
    let mut all = std::fs::File::create(to).context("could not join the bodies")?;
    for log in logs {
        let mut one = std::fs::File::open(log.path.with_extension("bodies"))?;
        std::io::copy(&mut one, &mut all).context("could not join the bodies")?;
    }
    Ok(())
}

fn print_ingest(bytes: u64, one: Cost, two: Cost, peers: &[Peer]) {
    let lnav = peers.iter().find(|peer| peer.name == LNAV);
    let lnav = lnav.and_then(|peer| peer.cost.as_ref().ok().map(|it| it.mb_per_cpu_s(peer.bytes)));
    let mut rows = Vec::new();
    for (name, cost) in [("whole ingest, 1 thread", one), ("whole ingest, 2 threads", two)] {
        let speed = cost.mb_per_cpu_s(bytes);
        let ratio = lnav.map_or_else(|| "-".to_owned(), |lnav| number(speed / lnav));
        rows.push(vec![name.to_owned(), number(speed), number(cost.wall_s), ratio]);
    }
    for peer in peers {
        rows.push(match &peer.cost {
            Ok(cost) => {
                let speed = cost.mb_per_cpu_s(peer.bytes);
                let ratio = lnav.map_or_else(|| "-".to_owned(), |lnav| number(speed / lnav));
                vec![peer.name.to_owned(), number(speed), number(cost.wall_s), ratio]
            }
            Err(why) => vec![
                peer.name.to_owned(),
                format!("not measured: {why}"),
                String::new(),
                String::new(),
            ],
        });
    }
    table::print(
        "Whole ingest: open, redact, parse, mine, store",
        &["what", "MB / CPU-s", "wall s", "x lnav"],
        &rows,
    );
}

fn print_stages(logs: &[Log], stages: &[Stages], peers: &[Peer]) {
    type Seconds = fn(&Stages) -> f64;
    let kinds: [(&str, Seconds); 4] = [
        ("open (hash, spool)", |it| it.open_s),
        ("lines", |it| it.lines_s),
        ("parse (header, time, records)", |it| it.parse_s),
        ("redact", |it| it.redact_s),
    ];
    let total = |cell: &dyn Fn(&Log, &Stages) -> (u64, f64)| -> Vec<String> {
        let cells: Vec<(u64, f64)> =
            logs.iter().zip(stages).map(|(log, stage)| cell(log, stage)).collect();
        let sum = cells.iter().fold((0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        let speed = |(bytes, seconds): (u64, f64)| number(bytes as f64 / 1e6 / seconds);
        cells.into_iter().chain([sum]).map(speed).collect()
    };
    let mut rows = Vec::new();
    let mut push = |name: &str, cells: Vec<String>| {
        rows.push([vec![name.to_owned()], cells].concat());
    };
    for (name, seconds) in kinds {
        push(name, total(&|log, stage| (log.bytes, seconds(stage))));
    }
    push("mine, MB of bodies", total(&|_, stage| (stage.body_bytes, stage.mine_s)));
    push("naive loop, MB of bodies", total(&|_, stage| (stage.body_bytes, stage.naive_s)));
    let heads = ["stage alone, 1 thread", "sshd", "Spring", "JSON", "all, MB / CPU-s"];
    table::print("Stages", &heads, &rows);

    let bytes: u64 = stages.iter().map(|stage| stage.body_bytes).sum();
    let speed = |seconds: Seconds| bytes as f64 / 1e6 / stages.iter().map(seconds).sum::<f64>();
    let (mine, naive) = (speed(|it| it.mine_s), speed(|it| it.naive_s));
    println!("\nmining is {} of the naive loop", number(mine / naive));
    let drain = peers.iter().find(|peer| peer.name.starts_with("Drain3"));
    if let Some((peer, Ok(cost))) = drain.map(|peer| (peer, &peer.cost)) {
        println!("mining is {} times Drain3", number(mine / cost.mb_per_cpu_s(peer.bytes)));
    }
}

fn print_sizes(folder: &Path, evidence: &Path, bytes: u64) -> Result<()> {
    let stored = folder_bytes(evidence)?;
    let row = |what: &str, size: Option<u64>| {
        let share = |size: u64| number(stored as f64 / size as f64);
        vec![
            what.to_owned(),
            size.map_or_else(|| "not measured".to_owned(), megabytes),
            size.map_or_else(|| "-".to_owned(), share),
        ]
    };
    let rows = [
        row("raw text", Some(bytes)),
        row("gzip -6", peers::packed_bytes(folder, "gz")),
        row("zstd -3", peers::packed_bytes(folder, "zst")),
        row("stored evidence", Some(stored)),
    ];
    table::print("Stored size", &["what", "MB", "stored evidence / this"], &rows);
    Ok(())
}

fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder).context("could not list the evidence")? {
        let entry = entry?;
        let kind = entry.metadata()?;
        sum += if kind.is_dir() { folder_bytes(&entry.path())? } else { kind.len() };
    }
    Ok(sum)
}

fn print_memory(size: u64, one: Cost, two: Cost, more: Cost) {
    let row = |threads: &str, size: u64, cost: Cost| {
        vec![format!("whole ingest of {size} MB, {threads}"), megabytes(cost.peak_bytes)]
    };
    let rows = [
        row("1 thread", size, one),
        row("2 threads", size, two),
        row("2 threads", size * MORE_INPUT, more),
    ];
    table::print("Peak memory", &["what", "MB"], &rows);
}
