//! One corpus file for each format: what reading it says is a golden text. A new format is one file
//! in `tests/corpus`, its snapshot and its row in `docs/formats.md`.
//!
//! The lines are ours. Names tell the format; `unknown-…` are of programs that nobody knows.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use mainstay_evidence::limits::Limits;
use mainstay_evidence::mine::{Miner, Seen};
use mainstay_evidence::parse::format_names;
use mainstay_evidence::recognise::{Framing, Kind};
use mainstay_evidence::record::{Flags, Record, TimeConfidence};

use crate::shared::{Reading, read};

/// All corpus files by name.
pub(crate) fn corpus() -> BTreeMap<String, Vec<u8>> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"));
    let entries = std::fs::read_dir(&folder).expect("the corpus is part of the crate");
    let files = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("a corpus file"))
    });
    files.collect()
}

#[test]
fn every_format_of_the_corpus_is_read() {
    for (name, bytes) in corpus() {
        let reading = read(&name, &bytes);
        assert_eq!(reading.recognition.kind, Kind::Log, "{name}");
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        insta::with_settings!({ snapshot_suffix => stem, omit_expression => true }, {
            insta::assert_snapshot!("format", golden(&reading));
        });
        check_counts(&name, &bytes, &reading);
        check_texts(&name, &bytes, &reading);
    }
}

/// Nothing is lost.
pub(crate) fn check_counts(name: &str, bytes: &[u8], reading: &Reading) {
    let lines: u64 = reading.records.iter().map(|record| u64::from(record.lines)).sum();
    assert_eq!(lines + reading.summary.blank_lines, reading.summary.lines, "{name}");
    assert_eq!(reading.counts.lines, reading.summary.lines, "{name}");
    let length: u64 = reading.records.iter().map(|record| record.length).sum();
    assert_eq!(length + reading.summary.blank_bytes, bytes.len() as u64, "{name}");
}

/// The text of a record is the text of its lines.
fn check_texts(name: &str, bytes: &[u8], reading: &Reading) {
    let text = String::from_utf8_lossy(bytes);
    if reading.recognition.encoding.framing != Framing::Lines || text.contains('\u{1b}') {
        return;
    }
    for record in &reading.records {
        let whole = format!("{}{}{}", record.header, record.body, record.tail);
        assert!(whole.lines().all(|line| text.contains(line)), "{name}: {record:?}");
    }
}

/// What `docs/formats.md` says: the name that each corpus file is read by.
fn list_of_formats() -> String {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, bytes) in corpus() {
        let label = read(&name, &bytes).summary.label;
        files.entry(label).or_default().push(format!("`{name}`"));
    }
    let labels: Vec<&str> = files.keys().map(String::as_str).collect();
    for name in format_names() {
        let known = labels.iter().any(|label| label.split(" › ").any(|part| part == name));
        assert!(known, "no file of the corpus is read as {name}");
    }
    let mut text = String::from(
        "# Formats\n\nWhat a log is, is told from its lines alone; nothing is configured. Each name below is \
         what `mainstay mine --json-lines` and the list of files say, with the files of \
         `crates/mainstay-evidence/tests/corpus` that are read by it; beside each stands a snapshot of \
         time, level, message and template. `a › b` is a transport around a format. A log of none of \
         these is read by a header that is found from its lines (`header with …`).\n\n\
         This list is written by a test: `INSTA_UPDATE=always cargo nextest run -p mainstay-evidence \
         formats`. How to add a format stands in [CONTRIBUTING.md](../CONTRIBUTING.md).\n\n\
         | read as | corpus |\n|---|---|\n",
    );
    for (label, names) in files {
        let _ = writeln!(text, "| {label} | {} |", names.join(", "));
    }
    text
}

#[test]
fn the_list_of_formats_is_what_the_corpus_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats.md");
    let list = list_of_formats();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(path, &list).expect("the list is written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == list, "docs/formats.md is old: run this test with INSTA_UPDATE=always");
}

fn golden(reading: &Reading) -> String {
    let mut miner = Miner::new(&Limits::default());
    let forms: Vec<_> = reading.records.iter().map(|record| form_of(&mut miner, record)).collect();
    let dictionary = miner.finish();
    let mut golden = String::new();
    let own = |record: &&Record| record.confidence < TimeConfidence::Inherited;
    let _ = writeln!(
        golden,
        "{}: {} records, {} with a time, {} with a level",
        reading.summary.label,
        reading.records.len(),
        reading.records.iter().filter(own).count(),
        reading.records.iter().filter(|record| record.level.is_some()).count(),
    );
    for (record, form) in reading.records.iter().zip(forms) {
        let time = record.time.map_or("-".to_owned(), |time| time.to_string());
        let level = record.level.map_or("-", |level| level.as_str());
        let confidence = record.confidence.as_str();
        let flags = [(Flags::UNMATCHED, " unmatched"), (Flags::HEAD_CUT, " head_cut")];
        let flags: String = flags
            .iter()
            .filter(|(flag, _)| record.flags.has(*flag))
            .map(|(_, name)| *name)
            .collect();
        let _ =
            writeln!(golden, "{}+{} {time} {confidence} {level}{flags}", record.line, record.lines);
        let _ = writeln!(golden, "  {:?}", record.header);
        let _ = writeln!(golden, "  {:?}", record.body);
        if !record.tail.is_empty() {
            let _ = writeln!(golden, "  {:?}", record.tail);
        }
        let template = dictionary.template_of(form).map_or("", |template| &template.text);
        let _ = writeln!(golden, "  = {template}");
    }
    for problem in reading.problems.kept() {
        let _ = writeln!(golden, "! {}: {}", problem.code.as_str(), problem.detail);
    }
    golden
}

fn form_of(miner: &mut Miner, record: &Record) -> mainstay_evidence::mine::FormId {
    let seen =
        Seen { source: 0, file: 0, line: record.line, time: record.time, level: record.level };
    miner.observe(&record.body, seen).form
}
