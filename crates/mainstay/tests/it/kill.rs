//! SIGKILL while writes are under way: what was acknowledged is there afterwards, the log
//! verifies and the read tables equal it. On both engines, with the real binary.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mainstay_store::{StoreUrl, testing};
use serde_json::{Value, json};

use crate::harness::{Browser, Served, expect, mainstay, run_with_input};

const PASSWORD: &str = "correct horse battery";
const ROUNDS: usize = 3;
const WRITERS: usize = 4;

#[test]
fn kill_9_loses_no_acknowledged_event_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    survive(&["--data".to_owned(), folder.path().to_string_lossy().into_owned()]);
}

#[test]
fn kill_9_loses_no_acknowledged_event_on_postgresql() {
    let folder = tempfile::tempdir().expect("a folder");
    let StoreUrl::Postgres(url) = new_database() else { panic!("not a PostgreSQL database") };
    let data = folder.path().to_string_lossy().into_owned();
    survive(&["--data".to_owned(), data, "--database".to_owned(), url]);
}

/// In the cluster that this test process started.
fn new_database() -> StoreUrl {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(testing::cluster().new_database())
}

fn survive(storage: &[String]) {
    let mut create: Vec<&str> =
        vec!["account", "create", "kim", "--name", "Kim", "--role", "senior"];
    create.extend(storage.iter().map(String::as_str));
    expect(&run_with_input(&create, PASSWORD.as_bytes()), 0);

    let mut acknowledged = Vec::new();
    let mut case = None;
    for round in 0..ROUNDS {
        let served = Served::start(storage);
        let browser = served.sign_in("kim", PASSWORD);
        let number = case.get_or_insert_with(|| open_case(&browser)).clone();
        acknowledged.extend(write_until_killed(served, &browser, &number, round));
    }
    assert!(acknowledged.len() >= ROUNDS, "some writes were acknowledged");

    let served = Served::start(storage);
    let browser = served.sign_in("kim", PASSWORD);
    let number = case.expect("a case");
    let texts = note_texts(&browser, &number);
    for text in &acknowledged {
        assert!(texts.contains(text), "{text} was acknowledged and is gone");
    }
    drop(served);
    for arguments in [&["audit", "verify"][..], &["db", "rebuild", "--check"]] {
        expect(&mainstay().args(arguments).args(storage).output().expect("it runs"), 0);
    }
}

fn open_case(browser: &Browser) -> String {
    let body = json!({ "subject": "killed", "severity": "P2" });
    let answer = browser.post("/api/v1/cases", &body, None).expect("an answer");
    answer.json()["number"].as_str().expect("a number").to_owned()
}

/// Several writers write notes; the server is killed in the middle. What was acknowledged.
fn write_until_killed(
    served: Served,
    browser: &Browser,
    number: &str,
    round: usize,
) -> Vec<String> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (browser, number) = (browser.clone(), number.to_owned());
            let acknowledged = acknowledged.clone();
            std::thread::spawn(move || {
                let path = format!("/api/v1/cases/{number}/notes");
                for place in 0.. {
                    let text = format!("round {round} writer {writer} note {place}");
                    let body = json!({ "audience": "internal", "text": text });
                    match browser.post(&path, &body, None) {
                        Ok(answer) if answer.status == 201 => {
                            acknowledged.lock().expect("a lock").push(text);
                        }
                        // Somebody wrote at the same time: that is an answer too.
                        Ok(answer) if matches!(answer.status, 409 | 503) => {}
                        _ => return,
                    }
                }
            })
        })
        .collect();
    // The moment of the kill is meant to be anywhere: it only has to lie within the writing.
    while acknowledged.lock().expect("a lock").len() < 10 + round * 7 {
        std::thread::sleep(Duration::from_millis(1));
    }
    served.kill();
    for writer in writers {
        writer.join().expect("a writer ends when the server is gone");
    }
    Arc::try_unwrap(acknowledged).expect("the writers are gone").into_inner().expect("a lock")
}

fn note_texts(browser: &Browser, number: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut cursor = "0".to_owned();
    loop {
        let path = format!("/api/v1/cases/{number}/timeline?cursor={cursor}");
        let page: Value = browser.get(&path).expect("an answer").json();
        for entry in page["items"].as_array().expect("items") {
            texts.extend(entry["text"].as_str().map(str::to_owned));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return texts,
        }
    }
}
