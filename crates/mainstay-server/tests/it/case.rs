//! Cases over HTTP: what is asked, what comes back, and what is refused.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn a_case_lives_from_open_to_reopened() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("Checkout 502s").await;
    assert_eq!(number, "MS-1001");
    let me = browser.get("/session").await.json()["user"]["id"].clone();
    let path = |rest: &str| format!("/cases/{number}{rest}");
    let case = browser.post(&path("/assign"), &json!({ "assignee": me })).await.json();
    assert_eq!(case["assignee"]["id"], me);
    let severity = json!({ "severity": "P1", "reason": "checkout is down" });
    assert_eq!(browser.post(&path("/severity"), &severity).await.json()["severity"], "P1");
    let note = json!({ "audience": "public", "text": "We *see* it <b>too</b>" });
    let note = browser.post(&path("/notes"), &note).await;
    assert_eq!(note.status, StatusCode::CREATED, "{}", note.text);
    assert_eq!(note.json()["html"], "<p>We <em>see</em> it &lt;b&gt;too&lt;/b&gt;</p>\n");
    let resolved = browser.post(&path("/resolve"), &json!({ "resolution": "pool raised" })).await;
    assert_eq!(resolved.json()["status"], "solved");
    browser.post(&path("/assign"), &json!({ "assignee": null })).await.is_problem(409, "conflict");
    let reopened = browser.post(&path("/reopen"), &json!({ "reason": "again" })).await;
    assert_eq!(reopened.json()["status"], "open");
    let timeline = browser.get(&path("/timeline")).await.json();
    let kinds: Vec<&str> = timeline["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|entry| entry["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(kinds, ["opened", "assigned", "severity_set", "noted", "resolved", "reopened"]);
}

#[tokio::test]
async fn the_same_key_answers_with_the_first_result() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let body = json!({ "subject": "once", "severity": "P3" });
    let key = [("idempotency-key", "a-key")];
    let first = browser.post_with("/cases", &body, &key).await;
    let again = browser.post_with("/cases", &body, &key).await;
    assert_eq!(first.json()["number"], again.json()["number"]);
    assert_eq!(browser.get("/cases/counts").await.json()["all"], 1);
    let other = json!({ "subject": "another", "severity": "P3" });
    browser.post_with("/cases", &other, &key).await.is_problem(409, "key_reused");
    let long = "k".repeat(129);
    let answer = browser.post_with("/cases", &body, &[("idempotency-key", &long)]).await;
    answer.is_problem(400, "invalid");
    // Another person's key of the same name is another key.
    let manager = desk.browser(Role::Manager).await;
    let theirs = manager.post_with("/cases", &other, &key).await;
    assert_eq!(theirs.status, StatusCode::CREATED);
}

#[tokio::test]
async fn who_edits_what_has_changed_is_told() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("two editors").await;
    let case = browser.get(&format!("/cases/{number}")).await;
    let seen = case.headers["etag"].to_str().expect("a tag").to_owned();
    let note = |text: &str| json!({ "audience": "internal", "text": text });
    let path = format!("/cases/{number}/notes");
    let matching = [("if-match", seen.as_str())];
    let first = browser.post_with(&path, &note("first"), &matching).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    browser.post_with(&path, &note("second"), &matching).await.is_problem(412, "stale");
    let timeline = browser.get(&format!("/cases/{number}/timeline")).await.json();
    assert_eq!(timeline["total"], 2, "nothing of the second edit is there");
}

#[tokio::test]
async fn bad_bodies_are_refused_with_the_field_and_without_the_value() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    for (body, says) in [
        (json!({ "severity": "P3" }), "missing field `subject`"),
        (json!({ "subject": "x", "severity": "P9" }), "a value is not one of"),
        (json!({ "subject": "x", "severity": "P3", "secret": 1 }), "unknown field `secret`"),
        (json!({ "subject": 7, "severity": "P3" }), "a field has the wrong type"),
        (json!({ "subject": " ", "severity": "P3" }), "subject is empty"),
        (json!({ "subject": "x".repeat(501), "severity": "P3" }), "subject has more than 500"),
    ] {
        let answer = browser.post("/cases", &body).await;
        answer.is_problem(400, "invalid");
        assert!(answer.text.contains(says), "{} for {body}", answer.text);
        assert!(!answer.text.contains("P9"), "{}", answer.text);
    }
    let headers = [("content-type", "application/json")];
    let answer = browser.send(Method::POST, "/cases", Body::from("{"), &headers).await;
    answer.is_problem(400, "invalid");
    let huge = Body::from(vec![b' '; 11 << 20]);
    let answer = browser.send(Method::POST, "/cases", huge, &headers).await;
    answer.is_problem(413, "too_large");
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    for place in 0..7 {
        browser.open_case(&format!("case {place}")).await;
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = browser.get(&format!("/cases?sort=opened&limit=3&cursor={cursor}")).await.json();
        assert_eq!(page["total"], 7 + u64::from(!cursor.is_empty()));
        for case in page["items"].as_array().expect("items") {
            seen.push(case["subject"].as_str().expect("a subject").to_owned());
        }
        if cursor.is_empty() {
            browser.open_case("arrives meanwhile").await;
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    let expected: Vec<String> = (0..7).rev().map(|place| format!("case {place}")).collect();
    assert_eq!(seen, expected);
    browser.get("/cases?cursor=nonsense").await.is_problem(400, "invalid");
    browser.get("/cases?view=nonsense").await.is_problem(400, "invalid");
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    for path in [
        "/cases/MS-1",
        "/cases/nonsense",
        "/cases/MS-1/timeline",
        "/cases/MS-1/evidence/E1",
        "/bundles/01a20c39-04bb-7713-81ae-603724d19088",
        "/bundles/nonsense",
        "/nowhere",
    ] {
        browser.get(path).await.is_problem(404, "not_found");
    }
    let note = json!({ "audience": "internal", "text": "see [E1]" });
    let number = browser.open_case("cites nothing").await;
    browser.post(&format!("/cases/{number}/notes"), &note).await.is_problem(404, "not_found");
    let note = json!({ "audience": "internal", "text": "see MS-77/E1" });
    browser.post(&format!("/cases/{number}/notes"), &note).await.is_problem(404, "not_found");
}
