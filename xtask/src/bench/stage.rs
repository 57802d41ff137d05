//! Each stage of reading by itself, on one thread, over lines in memory where the stage allows it;
//! and beside them the naive loop that every miner is measured against.

use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::{BuildHasherDefault, Hasher};
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result};
use mainstay_core::UtcMicros;
use mainstay_evidence::limits::Limits;
use mainstay_evidence::mine::{Miner, Seen};
use mainstay_evidence::open::{self, Input, Phase, Progress};
use mainstay_evidence::parse::lines::{Line, Lines};
use mainstay_evidence::parse::log::{self, Anchors, LogPlan, LogReader};
use mainstay_evidence::problem::Problems;
use mainstay_evidence::recognise::{self, Recognition, Sample};
use mainstay_evidence::redact::Redactor;

use super::cost;

/// Bytes of a file shown to the recogniser, as ingest does.
const SAMPLE_BYTES: usize = 64 << 10;
/// Lines shown to the planner, as ingest does.
const PLAN_LINES: usize = 200;

/// Processor seconds of each stage over one log.
pub(super) struct Stages {
    pub(super) open_s: f64,
    pub(super) lines_s: f64,
    /// Header, time, level, ids, records; without `lines_s`.
    pub(super) parse_s: f64,
    pub(super) redact_s: f64,
    /// Over the bodies only, both passes.
    pub(super) mine_s: f64,
    /// Over the bodies only.
    pub(super) naive_s: f64,
    pub(super) body_bytes: u64,
}

struct Silent;

impl Progress for Silent {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
}

/// Runs every stage; the bodies are written to `bodies` for miners of others.
pub(super) fn measure(path: &Path, bodies: &Path) -> Result<Stages> {
    let limits = Limits::default();
    let (opened, open_s) = cost::of_thread(|| {
        let input = vec![Input::Path(path.to_owned())];
        open::open(input, &limits, &mut Problems::new(1), &Silent)
    })?;
    drop(opened);
    let bytes = fs::read(path).context("could not read the input")?;
    let recognition = recognise(path, &bytes);
    let (_, lines_s) = cost::of_thread(|| each_line(path, &recognition, &limits, |_| {}))?;
    let (text, read_s) = cost::of_thread(|| bodies_of(path, &recognition, &limits))?;
    let text = text?;
    let whole = String::from_utf8_lossy(&bytes);
    let (_, redact_s) = cost::of_thread(|| redact(&whole))?;
    let (_, mine_s) = cost::of_thread(|| mine(&text, &limits))?;
    let (_, naive_s) = cost::of_thread(|| naive(&text))?;
    fs::write(bodies, &text).context("could not write the bodies")?;
    let body_bytes = text.len() as u64;
    let parse_s = read_s - lines_s;
    Ok(Stages { open_s, lines_s, parse_s, redact_s, mine_s, naive_s, body_bytes })
}

fn recognise(path: &Path, bytes: &[u8]) -> Recognition {
    let length = bytes.len();
    let head = &bytes[..length.min(SAMPLE_BYTES)];
    let middle = &bytes[length / 2..(length / 2 + SAMPLE_BYTES).min(length)];
    let tail = &bytes[length.saturating_sub(SAMPLE_BYTES)..];
    let sample = Sample { head, middle, tail };
    recognise::recognise(&path.to_string_lossy(), length as u64, &sample)
}

fn each_line(
    path: &Path,
    recognition: &Recognition,
    limits: &Limits,
    mut see: impl FnMut(&Line<'_>),
) -> Result<()> {
    let file = File::open(path).context("could not open the input")?;
    let mut lines = Lines::new(BufReader::new(file), recognition.encoding, limits);
    while let Some(line) = lines.next() {
        see(&line);
    }
    Ok(())
}

/// Reads records; their bodies, one a line.
fn bodies_of(path: &Path, recognition: &Recognition, limits: &Limits) -> Result<String> {
    let mut reader = LogReader::new(plan(path, recognition, limits)?, limits);
    let mut bodies = String::new();
    let mut sink = |record: mainstay_evidence::record::Record<'_>| {
        bodies.push_str(&record.body);
        bodies.push('\n');
    };
    each_line(path, recognition, limits, |line| reader.push(line, &mut sink))?;
    reader.finish(&mut sink, "bench", &mut Problems::new(1));
    Ok(bodies)
}

fn plan(path: &Path, recognition: &Recognition, limits: &Limits) -> Result<LogPlan> {
    let file = File::open(path).context("could not open the input")?;
    let mut lines = Lines::new(BufReader::new(file), recognition.encoding, limits);
    let sample: Vec<String> =
        std::iter::from_fn(|| lines.next().map(|line| line.text.into_owned()))
            .take(PLAN_LINES)
            .collect();
    let anchors = Anchors {
        zone: None,
        path: "bench.log",
        modified: None,
        not_after: UtcMicros::from_timestamp(jiff::Timestamp::now()),
        near: None,
        span_start: &|_| None,
    };
    let mut failed = Ok(());
    let mut survey = |see: &mut dyn FnMut(&Line<'_>)| {
        failed = each_line(path, recognition, limits, |line| see(line));
    };
    let plan = log::plan(recognition, &sample, &mut survey, &anchors);
    failed.map(|()| plan)
}

fn redact(text: &str) -> usize {
    let redactor = Redactor::new([7; 32]);
    let mut session = redactor.session();
    text.lines().map(|line| session.line(line).len()).sum()
}

fn mine(bodies: &str, limits: &Limits) -> usize {
    let mut miner = Miner::new(limits);
    for (body, line) in bodies.lines().zip(1..) {
        miner.observe(body, Seen { source: 0, file: 0, line, time: None, level: None });
    }
    miner.finish().templates.len()
}

/// Split at blanks, drop words with a digit, hash the rest, count: what anyone writes first.
fn naive(bodies: &str) -> usize {
    let mut counts: HashMap<u64, u64, BuildHasherDefault<Same>> = HashMap::default();
    for body in bodies.lines() {
        let mut hash = 0_u64;
        for word in body.split(' ') {
            let variable = word.bytes().any(|byte| byte.is_ascii_digit());
            hash = if variable { mix(hash, 0xFF) } else { word_hash(hash, word.as_bytes()) };
        }
        *counts.entry(hash).or_default() += 1;
    }
    counts.len()
}

fn word_hash(hash: u64, word: &[u8]) -> u64 {
    word.chunks(8).fold(hash, |hash, chunk| {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        mix(hash, u64::from_le_bytes(eight))
    })
}

fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// The keys are hashes already.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = word_hash(self.0, bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
