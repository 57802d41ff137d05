//! The bundles and logs that lie outside the repository, and the walk of one file through
//! recognition, planning and reading.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use mainstay_core::UtcMicros;
use mainstay_evidence::limits::Limits;
use mainstay_evidence::parse::lines::{Line, LineCounts, Lines};
use mainstay_evidence::parse::log::{self, Anchors, LogReader, LogSummary};
use mainstay_evidence::problem::Problems;
use mainstay_evidence::recognise::{Recognition, Sample, recognise};
use mainstay_evidence::record::Record;

/// The folder of shared material.
pub(crate) fn shared() -> PathBuf {
    std::env::var_os("MAINSTAY_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    )
}

/// The files of a `.tar.gz` by path.
pub(crate) fn unpack(name: &str) -> BTreeMap<String, Vec<u8>> {
    let path = shared().join("data/rca/bundles").join(name);
    let file = std::fs::File::open(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; set MAINSTAY_SHARED", path.display()));
    let mut files = BTreeMap::new();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    for entry in archive.entries().expect("a tar archive") {
        let mut entry = entry.expect("a tar entry");
        if entry.header().entry_type().is_file() {
            let path = entry.path().expect("a path").display().to_string();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("the entry's bytes");
            files.insert(path, bytes);
        }
    }
    files
}

/// The names of all shared bundles.
pub(crate) fn bundles() -> Vec<String> {
    let folder = shared().join("data/rca/bundles");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}; set MAINSTAY_SHARED", folder.display()))
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".tar.gz"))
        .collect();
    names.sort();
    names
}

const PART: usize = 64 << 10;

/// The sample that an ingest takes.
pub(crate) fn sample(bytes: &[u8]) -> Sample<'_> {
    if bytes.len() <= PART {
        return Sample { head: bytes, middle: &[], tail: &[] };
    }
    let middle = bytes.len() / 2;
    Sample {
        head: &bytes[..PART],
        middle: &bytes[middle..(middle + PART).min(bytes.len())],
        tail: &bytes[bytes.len() - PART..],
    }
}

pub(crate) fn recognise_bytes(path: &str, bytes: &[u8]) -> Recognition {
    recognise(path, bytes.len() as u64, &sample(bytes))
}

/// One log, read.
pub(crate) struct Reading {
    pub(crate) recognition: Recognition,
    pub(crate) records: Vec<Record<'static>>,
    pub(crate) summary: LogSummary,
    pub(crate) counts: LineCounts,
    pub(crate) problems: Problems,
}

pub(crate) fn now() -> UtcMicros {
    "2026-11-26T00:00:00Z".parse().expect("a time")
}

pub(crate) fn lines_of(bytes: &[u8], recognition: &Recognition) -> Vec<Line<'static>> {
    let mut lines = Lines::new(bytes, recognition.encoding, &Limits::default());
    let mut all = Vec::new();
    while let Some(line) = lines.next() {
        all.push(owned(line));
    }
    all
}

/// The line with a text of its own.
pub(crate) fn owned(line: Line<'_>) -> Line<'static> {
    let Line { number, offset, length, cut, .. } = line;
    Line { number, offset, length, cut, text: line.text.into_owned().into() }
}

/// Reads a log with nothing but its own text known.
pub(crate) fn read(path: &str, bytes: &[u8]) -> Reading {
    read_with(path, bytes, None, &|_| None)
}

pub(crate) fn read_with(
    path: &str,
    bytes: &[u8],
    near: Option<UtcMicros>,
    span_start: &(dyn Fn(&str) -> Option<UtcMicros> + Sync),
) -> Reading {
    let (modified, zone) = (None, None);
    let anchors = Anchors { path, modified, not_after: now(), near, zone, span_start };
    read_by(bytes, &anchors)
}

/// Reads a log with everything given.
pub(crate) fn read_by(bytes: &[u8], anchors: &Anchors<'_>) -> Reading {
    let path = anchors.path;
    let limits = Limits::default();
    let recognition = recognise_bytes(path, bytes);
    let sample_lines: Vec<String> = lines_of(bytes, &recognition)
        .into_iter()
        .take(300)
        .map(|line| line.text.into_owned())
        .collect();
    let mut survey = |visit: &mut dyn FnMut(&Line<'_>)| {
        for line in lines_of(bytes, &recognition) {
            visit(&line);
        }
    };
    let plan = log::plan(&recognition, &sample_lines, &mut survey, anchors);
    let mut reader = LogReader::new(plan, &limits);
    let mut records = Vec::new();
    let mut problems = Problems::new(100);
    let mut lines = Lines::new(bytes, recognition.encoding, &limits);
    while let Some(line) = lines.next() {
        reader.push(&line, &mut |record| records.push(record.into_owned()));
    }
    let counts = lines.finish(path, &mut problems);
    let summary =
        reader.finish(&mut |record| records.push(record.into_owned()), path, &mut problems);
    Reading { recognition, records, summary, counts, problems }
}
