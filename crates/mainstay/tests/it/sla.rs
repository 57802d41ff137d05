//! `mainstay sla`: the published examples, and a made-up history laid open.

use serde_json::Value;

use crate::harness::{expect, run, shared, stderr};

/// 800 questions to ten calendars and 60 histories, each with its answer.
#[test]
fn the_published_examples_hold() {
    let file = shared("data/sla/visible.json");
    let said = expect(&run(&["sla", "check", "--json", &file.to_string_lossy()]), 0);
    let outcome: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(outcome["failures"], serde_json::json!([]));
    assert_eq!(outcome["tags"]["clocks"]["passed"], 60);
    let tags = outcome["tags"].as_object().expect("tags");
    let passed: u64 = tags.values().filter_map(|score| score["passed"].as_u64()).sum();
    assert_eq!(passed, 860);
}

const EXAMPLES: &str = r#"{"calendars": {"office": {"tz": "Europe/London", "hours": {"mon": [["09:00", "17:00"]]}}},
    "cases": [
      {"id": "right", "op": "elapsed", "cal": "office", "tag": "plain", "t": "2026-11-23T08:00:00Z", "u": "2026-11-23T10:00:00Z", "want": 3600},
      {"id": "wrong", "op": "open", "cal": "office", "tag": "plain", "t": "2026-11-23T08:00:00Z", "want": true}]}"#;

#[test]
fn an_example_that_differs_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("examples.json");
    std::fs::write(&file, EXAMPLES).expect("written");
    let output = run(&["sla", "check", &file.to_string_lossy()]);
    assert_eq!(expect(&output, 1), "plain\t1\t1\n");
    assert!(stderr(&output).contains("wrong want: wanted true, counted false"));
    std::fs::write(&file, EXAMPLES.replace("\"office\", \"tag\"", "\"mars\", \"tag\""))
        .expect("written");
    let refused = run(&["sla", "check", &file.to_string_lossy()]);
    assert!(stderr(&refused).contains("right names calendar \"mars\""), "{}", stderr(&refused));
    assert_eq!(refused.status.code(), Some(2));
}

const QUESTION: &str = r#"{
    "policies": {
        "calendars": {"office": {"tz": "Europe/London",
            "hours": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]], "tue": [["09:00", "17:00"]]},
            "holidays": [{"date": "2026-11-24", "name": "Founders' Day"}]}},
        "policies": [{"name": "gold", "position": 1, "calendar": "office",
            "filter": {"all": [{"field": "customer", "is": ["Acme"]}]},
            "targets": [
                {"severity": "P2", "metric": "first_reply_time", "target_s": 3600, "hours": "calendar"},
                {"severity": "P2", "metric": "agent_work_time", "target_s": 28800}]}]},
    "case": {"severity": "P2", "customer": "Acme"},
    "at": "2026-11-30T10:00:00Z",
    "events": [
        {"t": "2026-11-23T11:00:00Z", "kind": "create", "status": "new"},
        {"t": "2026-11-23T11:40:00Z", "kind": "agent", "status": "open"},
        {"t": "2026-11-23T14:00:00Z", "kind": "agent", "status": "pending"},
        {"t": "2026-11-23T16:00:00Z", "kind": "customer", "status": "open"}]}"#;

#[test]
fn a_made_up_history_is_laid_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("question.json");
    std::fs::write(&file, QUESTION).expect("written");
    let file = file.to_string_lossy();
    insta::assert_snapshot!("a_question", expect(&run(&["sla", "simulate", &file]), 0));
    insta::assert_snapshot!(
        "a_question_json",
        expect(&run(&["sla", "simulate", "--json", &file]), 0)
    );
}
