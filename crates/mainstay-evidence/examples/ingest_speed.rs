//! What reading files costs: `ingest_speed PART THREADS FILE…`, where the part is `raw` (open, parse,
//! mine), `redacted` (the same after redaction) or `whole` (all, into a folder that is removed, or into
//! the one that `KEEP` names). Prints processor time, the peak of memory and, for the whole, the
//! address of the evidence: the same bytes must give the same address before and after a change.

#![expect(clippy::print_stdout, reason = "an example speaks to a person")]

use std::path::PathBuf;

use mainstay_core::UtcMicros;
use mainstay_evidence::ingest::{self, Options, Redaction};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::{Input, Phase, Progress};

/// Nobody waits for it.
struct Silent;

impl Progress for Silent {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
}

/// User and system time of this process, from `/proc`.
fn cpu_seconds() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = status.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|text| text.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    kib.unwrap_or_default() * 1_024.0 / 1e6
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let part = arguments.next().expect("ingest_speed PART THREADS FILE…");
    let threads = arguments.next().and_then(|text| text.parse().ok()).expect("a number of threads");
    let files: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let sizes = files.iter().filter_map(|file| std::fs::metadata(file).ok());
    let bytes: u64 = sizes.map(|size| size.len()).sum();
    let inputs = files.into_iter().map(Input::Path).collect();
    let options = Options {
        limits: Limits::default(),
        // the same address on every day
        now: UtcMicros(1_800_000_000_000_000),
        rules: None,
        correct_clocks: true,
        pseudonym_key: None,
        identities: None,
        threads,
    };
    let mine = |inputs, redaction| {
        let mined = ingest::mine(inputs, &options, redaction, &Silent).expect("mining");
        drop(mined);
    };
    match part.as_str() {
        "raw" => mine(inputs, Redaction::Off),
        "redacted" => mine(inputs, Redaction::On),
        _ => {
            let kept = std::env::var_os("KEEP").map(PathBuf::from);
            let own = tempfile::tempdir().expect("a folder");
            let out = kept.unwrap_or_else(|| own.path().join("evidence"));
            let stored = ingest::ingest(inputs, &options, &out, &Silent).expect("an ingest");
            println!("address {}", stored.address);
        }
    }
    let (cpu, peak) = (cpu_seconds(), peak_mb());
    let speed = bytes as f64 / 1e6 / cpu.max(0.01);
    println!("{part}: {cpu:.2} CPU s, {speed:.1} MB/CPU-s, peak {peak:.0} MB");
}
