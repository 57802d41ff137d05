//! What the parts of a whole ingest take of it: the same bytes read to their end, and only up to
//! mining, with redaction and without. The differences are the parts, so their sum is the whole.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result};
use mainstay_core::UtcMicros;
use mainstay_evidence::ingest::{self, Options, Redaction};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::{Input, Phase, Progress};

use super::cost::process_cpu_s;
use super::table::{self, number};

/// Notes when the last lines were in their columns.
#[derive(Default)]
struct Storing(Mutex<Option<f64>>);

impl Progress for Storing {
    fn report(&self, phase: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {
        if phase == Phase::Mining
            && let Ok(mut at) = self.0.lock()
        {
            *at = process_cpu_s().ok();
        }
    }
}

/// Prints the parts of an ingest of `logs` by one thread.
pub(super) fn report(folder: &Path, logs: &[PathBuf], bytes: u64) -> Result<()> {
    let plain = mining(logs, Redaction::Off)?;
    let redacted = mining(logs, Redaction::On)?;
    let out = folder.join("shares");
    // left by a run that was ended
    let _ = std::fs::remove_dir_all(&out);
    let storing = Storing::default();
    let start = process_cpu_s()?;
    ingest::ingest(inputs(logs), &options(), &out, &storing).context("the ingest failed")?;
    let end = process_cpu_s()?;
    std::fs::remove_dir_all(&out).context("could not remove the evidence")?;
    let read = storing.0.into_inner().ok().flatten().context("nothing was stored")?;
    let whole = end - start;
    let parts = [
        ("open, lines, parse, mine", plain),
        ("redact", redacted - plain),
        ("columns", read - start - redacted),
        ("templates, index, findings, seal", end - read),
        ("whole", whole),
    ];
    let row = |(name, seconds): (&str, f64)| {
        let speed = bytes as f64 / 1e6 / seconds;
        vec![name.to_owned(), number(seconds), number(100.0 * seconds / whole), number(speed)]
    };
    let heads = ["part of a whole ingest, 1 thread", "CPU s", "%", "MB / CPU-s"];
    table::print("Where the whole ingest's time goes", &heads, &parts.map(row));
    let redaction = redacted - plain;
    let more = number(100.0 * redaction / (whole - redaction));
    println!("\nredaction makes an ingest {more} % dearer");
    Ok(())
}

fn mining(logs: &[PathBuf], redaction: Redaction) -> Result<f64> {
    let start = process_cpu_s()?;
    ingest::mine(inputs(logs), &options(), redaction, &Storing::default())
        .context("mining failed")?;
    Ok(process_cpu_s()? - start)
}

fn inputs(logs: &[PathBuf]) -> Vec<Input> {
    logs.iter().cloned().map(Input::Path).collect()
}

fn options() -> Options {
    Options {
        limits: Limits::default(),
        now: UtcMicros::from_timestamp(jiff::Timestamp::now()),
        rules: None,
        identities: None,
        correct_clocks: true,
        pseudonym_key: None,
        threads: 1,
    }
}
