//! `mainstay mine`: templates, and every line with its template.

use serde_json::{Value, json};

use crate::harness::{expect, repository, run, run_with_input, stderr, stdout};

const LOG: &[u8] = b"2026-11-24T09:41:05.000Z INFO checkout order 1 placed\n\
\n\
2026-11-24T09:41:07.118Z ERROR checkout order 2 failed\n\
java.lang.IllegalStateException: pool exhausted\n\
\tat com.example.Pool.take(Pool.java:41)\n\
2026-11-24T09:41:08.000Z INFO checkout order 3 placed\n\
2026-11-24T09:41:09.000Z INFO checkout mail to ann.lee@shop.test sent\n";

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

#[test]
fn every_line_is_there_with_the_template_of_its_record() {
    let said = expect(&run_with_input(&["mine", "--json-lines", "-"], LOG), 0);
    insta::assert_snapshot!(said);
    let lines = lines(&said);
    let numbers: Vec<u64> = lines.iter().filter_map(|line| line["line"].as_u64()).collect();
    assert_eq!(numbers, (1..=7).collect::<Vec<u64>>());
    assert_eq!(lines[1]["template"], "");
    assert_eq!(lines[1]["cluster"], Value::Null);
    assert_eq!(lines[0]["cluster"], lines[5]["cluster"]);
    assert_eq!(lines[2]["template"], lines[4]["template"]);
    assert_eq!(lines[4]["body_start"], 0);
}

#[test]
fn templates_are_counted_most_frequent_first() {
    let said = expect(&run_with_input(&["mine", "-"], LOG), 0);
    let first: Vec<&str> = said.lines().next().expect("a line").split('\t').collect();
    assert_eq!((first[0], first[2]), ("2", "checkout order <*> placed"));
    let counts: Vec<u64> = said
        .lines()
        .map(|line| line.split('\t').next().expect("a count").parse().expect("a number"))
        .collect();
    assert_eq!(counts.iter().sum::<u64>(), 4, "every record is in one template");
}

#[test]
fn a_secret_is_hidden_unless_asked_and_then_it_is_said() {
    const SECRET: &[u8] = b"2026-11-24T09:41:05.000Z INFO login password=correct-horse-9 given\n\
        2026-11-24T09:41:06.000Z INFO login of ann.lee@shop.test done\n";
    let hidden = run_with_input(&["mine", "--json-lines", "-"], SECRET);
    assert!(!expect(&hidden, 0).contains("ann.lee"), "{}", stdout(&hidden));
    assert!(!stderr(&hidden).contains("not redacted"));
    let shown = run_with_input(&["mine", "--json-lines", "--no-redact", "-"], SECRET);
    expect(&shown, 0);
    assert!(stderr(&shown).contains("not redacted"), "{}", stderr(&shown));
    let starts = |text: &str| -> Vec<Value> {
        lines(text).iter().map(|line| line["body_start"].clone()).collect()
    };
    assert_eq!(starts(&stdout(&hidden)), starts(&stdout(&shown)), "places are those of the file");
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads() {
    let sample = repository("examples/shop-outage.tar.gz");
    let sample = sample.to_string_lossy();
    let [one, four] = ["1", "4"]
        .map(|threads| stdout(&run(&["mine", "--json-lines", "--threads", threads, &sample])));
    assert!(one.lines().count() > 20_000 && one == four);
    let files: Vec<String> = lines(&one)
        .iter()
        .filter(|line| line["line"] == json!(1))
        .map(|line| line["file"].to_string())
        .collect();
    assert!(files.len() > 5, "{files:?}");
    // what was rotated away was written before
    let place = |end: &str| files.iter().position(|file| file.ends_with(end)).expect("a file");
    assert_eq!(place("/app.log.1.gz\"") + 1, place("/app.log\""), "{files:?}");
}

#[test]
fn what_holds_no_log_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.png");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\n0000").expect("a file");
    let output = run(&["mine", &path.to_string_lossy()]);
    expect(&output, 0);
    assert!(stderr(&output).contains("not mined"), "{}", stderr(&output));
    let missing = folder.path().join("missing.log");
    expect(&run(&["mine", &missing.to_string_lossy()]), 3);
}
