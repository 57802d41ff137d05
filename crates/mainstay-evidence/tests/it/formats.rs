//! One corpus file for each format: what reading it says is a golden text. A new format is one file
//! in `tests/corpus`, and its snapshot.
//!
//! The lines are ours. Names tell the format; `unknown-…` are of programs that nobody knows.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use mainstay_evidence::limits::Limits;
use mainstay_evidence::mine::{Miner, Seen};
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
            insta::assert_snapshot!("format", golden(&reading, &bytes));
        });
        check_sums(&name, &bytes, &reading);
    }
}

/// Nothing is lost, and the text of a record is the text of its lines.
fn check_sums(name: &str, bytes: &[u8], reading: &Reading) {
    let lines: u64 = reading.records.iter().map(|record| u64::from(record.lines)).sum();
    assert_eq!(lines + reading.summary.blank_lines, reading.summary.lines, "{name}");
    let length: u64 = reading.records.iter().map(|record| record.length).sum();
    assert_eq!(length + reading.summary.blank_bytes, bytes.len() as u64, "{name}");
    let text = String::from_utf8_lossy(bytes);
    let plain = reading.recognition.encoding.framing == Framing::Lines && !text.contains('\u{1b}');
    for record in reading.records.iter().filter(|_| plain) {
        let whole = format!("{}{}{}", record.header, record.body, record.tail);
        assert!(whole.lines().all(|line| text.contains(line)), "{name}: {record:?}");
    }
}

fn golden(reading: &Reading, bytes: &[u8]) -> String {
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
    assert!(!bytes.is_empty());
    golden
}

fn form_of(miner: &mut Miner, record: &Record) -> mainstay_evidence::mine::FormId {
    let seen =
        Seen { source: 0, file: 0, line: record.line, time: record.time, level: record.level };
    miner.observe(&record.body, seen).form
}
