//! Every shared bundle and log, end to end: files named, times on the lines, counts that add up.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use mainstay_core::UtcMicros;
use mainstay_evidence::ingest::{IngestError, Options, Stored, ingest};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::{Input, Phase, Progress};
use mainstay_evidence::view::Bundle;

use crate::shared;

/// Nobody watches.
pub(crate) struct Quiet;

impl Progress for Quiet {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
}

pub(crate) fn options(threads: usize) -> Options {
    Options {
        limits: Limits::default(),
        now: "2026-11-24T00:00:00Z".parse::<UtcMicros>().expect("a time"),
        pseudonym_key: None,
        rules: None,
        identities: None,
        correct_clocks: true,
        threads,
    }
}

/// A bundle read into a folder that lives as long as the value.
pub(crate) struct Read {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) stored: Stored,
    pub(crate) bundle: Bundle,
}

pub(crate) fn read_with(inputs: Vec<Input>, options: &Options) -> Result<Read, IngestError> {
    let folder = tempfile::tempdir().expect("a folder");
    let stored = ingest(inputs, options, &folder.path().join("out"), &Quiet)?;
    let bundle = Bundle::open(&folder.path().join("out")).expect("what was stored opens");
    Ok(Read { folder, stored, bundle })
}

pub(crate) fn read(path: &Path) -> Read {
    read_with(vec![Input::Path(path.to_owned())], &options(2)).expect("a bundle")
}

/// The same for bytes that someone uploads.
pub(crate) fn read_bytes(name: &str, bytes: Vec<u8>) -> Read {
    let reader = Box::new(std::io::Cursor::new(bytes));
    let input = Input::Reader { name: name.to_owned(), reader };
    read_with(vec![input], &options(2)).expect("a bundle")
}

fn bundle_path(name: &str) -> PathBuf {
    shared::shared().join("data/rca/bundles").join(name)
}

/// One row for a file: path, format, lines, records, timed, items, first, last.
fn table(read: &Read) -> String {
    let totals = &read.stored.manifest.totals;
    let mut text = format!(
        "{} lines, {} records, {} timed, {} errors, {} warns, {} templates, {} problems, {} redactions\n",
        totals.lines,
        totals.records,
        totals.timed,
        totals.errors,
        totals.warns,
        totals.templates,
        totals.problems,
        totals.redactions
    );
    for file in read.bundle.files() {
        let moment = |time: Option<UtcMicros>| time.map_or("-".to_owned(), |time| time.to_string());
        writeln!(
            text,
            "{} | {} | {} lines | {} records | {} timed | {} items | {} | {}",
            file.path,
            file.format,
            file.lines,
            file.records,
            file.timed,
            file.items,
            moment(file.first),
            moment(file.last)
        )
        .expect("a string");
    }
    for problem in read.bundle.problems() {
        writeln!(text, "{} {} {}", problem.code.as_str(), problem.detail, problem.count)
            .expect("a string");
    }
    for finding in read.bundle.findings() {
        writeln!(
            text,
            "{} {} {} {}",
            finding.severity.as_str(),
            finding.kind.as_str(),
            finding.title,
            finding.detail
        )
        .expect("a string");
    }
    text
}

#[test]
fn every_bundle_is_named_timed_and_adds_up() {
    for name in shared::bundles() {
        let read = read(&bundle_path(&name));
        insta::assert_snapshot!(name, table(&read));
    }
}

#[test]
fn every_log_set_is_named_timed_and_adds_up() {
    let mut text = String::new();
    for set in
        ["Apache", "HDFS", "Linux", "OpenSSH", "OpenStack", "Proxifier", "Spark", "Zookeeper"]
    {
        let name = format!("{set}_2k.log");
        let path = shared::shared().join("data/loghub").join(set).join(&name);
        let bytes = std::fs::read(&path).expect("a log set; set MAINSTAY_SHARED");
        // by name and bytes: the time of the file would decide the year of a log without years
        text.push_str(&table(&read_bytes(&name, bytes)));
    }
    insta::assert_snapshot!(text);
}
