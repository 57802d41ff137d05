//! `mainstay intake` and `mainstay customer`: the same judgement as at every other door.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::desk::{create, on};
use crate::harness::{expect, repository, run_with_input, stderr};

/// What every door finds; the test of HTTP reads the same file.
const JUDGED: &str = include_str!("../../../../examples/intake.judged.txt");

fn take(desk: &Path, more: &[&str]) -> Output {
    let mail = repository("examples/intake.json");
    let mut all = vec!["intake", "take"];
    let mail = mail.to_string_lossy();
    all.push(&mail);
    all.extend(more);
    on(desk, &all)
}

fn printed(said: &str) -> String {
    let found: Value = serde_json::from_str(said).expect("JSON");
    let found = &found["assessment"];
    let mut text = format!("score {} of 100, needs {}\n", found["score"], found["threshold"]);
    for item in found["items"].as_array().expect("items") {
        let said = |name: &str| item[name].as_str().expect("a word").to_owned();
        text.push_str(&format!("{} {}\n", said("verdict"), said("item")));
    }
    text
}

#[test]
fn a_mail_is_judged_as_at_every_door() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    expect(&create(desk, "kim", "senior", "correct horse battery\n"), 0);
    let log = repository("examples/intake.log");
    let log = log.to_string_lossy();
    let said = expect(&take(desk, &["--bundle", &log, "--json"]), 0);
    assert_eq!(printed(&said), JUDGED);
    // the same mail again is the same case, and the same round
    let again = expect(&take(desk, &["--bundle", &log, "--json"]), 0);
    assert_eq!(again, said);
    let waiting = expect(&on(desk, &["case", "list", "--view", "waiting"]), 0);
    assert!(waiting.starts_with("MS-1001\tP2"), "{waiting}");
    expect(&on(desk, &["intake", "submit", "MS-1001"]), 6);
    let back = ["intake", "return", "MS-1001", "--reason", "no_clear_ask", "say what you want"];
    expect(&on(desk, &back), 0);
    expect(&on(desk, &["intake", "accept", "MS-1001"]), 6);
    let shown = expect(&on(desk, &["intake", "submit", "MS-1001", "--team", "L1"]), 0);
    assert!(shown.starts_with("MS-1001: waiting, score 95 (needs 50)"), "{shown}");
    assert!(shown.contains("no\t5\task\tmissing: what is wanted, who answers\n"), "{shown}");
    expect(&on(desk, &["intake", "accept", "MS-1001"]), 0);
    assert!(expect(&on(desk, &["intake", "rates"]), 0).contains("\t1\ttoo few\tno_clear_ask 1"));
    assert!(expect(&on(desk, &["audit", "verify"]), 0).contains("everything is as it was written"));
    expect(&on(desk, &["db", "rebuild", "--check"]), 0);
}

#[test]
fn a_mail_that_says_too_little_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    expect(&create(desk, "kim", "senior", "correct horse battery\n"), 0);
    let data = desk.to_string_lossy().into_owned();
    let with =
        |json: &str| run_with_input(&["intake", "take", "-", "--data", &data], json.as_bytes());
    let little = r#"{"message_id": "1@x", "subject": "help", "report": {"ask": "help"}}"#;
    assert!(expect(&with(little), 1).starts_with("MS-1001: draft, score 0 (needs 70)"));
    let urgent =
        little.replace("1@x", "2@x").replace("\"help\",", "\"help\", \"severity\": \"P1\",");
    assert!(expect(&with(&urgent), 0).starts_with("MS-1002: waiting, score 0 (nothing blocks P1)"));
    for (wrong, said) in [
        ("not JSON", "is not a mail with a report"),
        (r#"{"message_id": "", "subject": "x"}"#, "message_id must be"),
        (r#"{"message_id": "3@x", "subject": "x", "case": "MS-"}"#, "case must look like"),
        (r#"{"message_id": "3@x", "subject": ""}"#, "subject is empty"),
        (r#"{"message_id": "3@x", "subject": "x", "report": {"wat": 1}}"#, "is not a mail"),
    ] {
        let output = with(wrong);
        expect(&output, 2);
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    expect(&with(r#"{"message_id": "4@x", "subject": "x", "case": "MS-9"}"#), 5);
}

#[test]
fn customers_are_put_and_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    expect(&create(desk, "kim", "senior", "correct horse battery\n"), 0);
    let data = desk.to_string_lossy().into_owned();
    let put =
        |json: &str| run_with_input(&["customer", "put", "-", "--data", &data], json.as_bytes());
    expect(&put(r#"{"name": "Acme Retail", "tier": "gold"}"#), 0);
    let changed = put(r#"{"name": "ACME Retail", "tier": "platinum", "residency": "EU"}"#);
    expect(&changed, 0);
    assert!(stderr(&changed).contains("changed, at version 2"), "{}", stderr(&changed));
    let listed = expect(&on(desk, &["customer", "list"]), 0);
    assert_eq!(listed, "ACME Retail\tplatinum\tEU\t0\t0\n");
    expect(&on(desk, &["case", "open", "slow", "--customer", "acme retail"]), 0);
    assert_eq!(
        expect(&on(desk, &["customer", "list", "--text", "acme"]), 0),
        "ACME Retail\tplatinum\tEU\t1\t1\n"
    );
    expect(&on(desk, &["case", "set-customer", "MS-1001", "somebody else"]), 0);
    assert!(expect(&on(desk, &["customer", "list"]), 0).ends_with("\t0\t0\n"));
    expect(&on(desk, &["customer", "show", "nobody"]), 5);
    expect(&put(r#"{"name": " "}"#), 2);
    expect(&put(r#"{"name": "x", "colour": 1}"#), 2);
}
