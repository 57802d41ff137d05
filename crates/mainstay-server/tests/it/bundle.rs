//! Bundles over HTTP: sent, read, looked at, pinned; and what happens when sending goes wrong.

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Answer, Browser, Desk};

const LOG: &str = "2026-11-24T09:41:05.000Z INFO checkout order 1 placed\n\
2026-11-24T09:41:07.118Z ERROR checkout pool exhausted: 64/64 connections in use\n\
2026-11-24T09:41:07.201Z WARN ledger slow query (2310 ms) password=hunter2-planted\n\
2026-11-24T09:41:09.377Z INFO checkout order 2 placed\n";

async fn send(browser: &Browser<'_>, number: &str, body: Body, key: &str) -> Answer {
    let path = format!("/cases/{number}/bundles?name=checkout.log");
    let headers = [("content-type", "application/octet-stream"), ("idempotency-key", key)];
    browser.send(Method::POST, &path, body, &headers).await
}

/// Sends the log and waits until it is read.
async fn ready(desk: &Desk, browser: &Browser<'_>, number: &str) -> Value {
    let sent = send(browser, number, Body::from(LOG), "log").await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    wait(desk, browser, &sent.json()).await
}

pub async fn wait(desk: &Desk, browser: &Browser<'_>, bundle: &Value) -> Value {
    let id = bundle["id"].as_str().expect("an id");
    let people = desk.app.local_people().await.expect("people");
    let actor = desk.app.local_actor(&people[0].login).await.expect("somebody");
    let parsed = id.parse().expect("an id");
    desk.app.wait_for_bundle(&actor, parsed).await.expect("it ends");
    browser.get(&format!("/bundles/{id}")).await.json()
}

#[tokio::test]
async fn a_bundle_becomes_evidence_that_a_note_cites() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("pool").await;
    let bundle = ready(&desk, &browser, &number).await;
    assert_eq!(bundle["state"], "ready", "{bundle}");
    assert_eq!(bundle["lines"], 4);
    assert_eq!(bundle["errors"], 1);
    let id = bundle["id"].as_str().expect("an id");

    let window = browser.get(&format!("/bundles/{id}/lines?level=error")).await.json();
    assert_eq!((&window["total"], &window["hidden"]), (&json!(1), &json!(3)), "{window}");
    let line = &window["lines"][0];
    assert_eq!(line["time"], "2026-11-24T09:41:07.118000Z");
    let pin = json!({ "bundle_id": id, "file": line["file"], "line": line["line"] });
    let evidence = browser.post(&format!("/cases/{number}/evidence"), &pin).await;
    assert_eq!(evidence.status, StatusCode::CREATED, "{}", evidence.text);
    assert_eq!(evidence.json()["citation"], format!("{number}/E1"));
    let again = browser.post(&format!("/cases/{number}/evidence"), &pin).await;
    assert_eq!(again.json()["number"], "E1", "the same line is the same evidence");

    let note = json!({ "audience": "internal", "text": "starts at [E1]" });
    let note = browser.post(&format!("/cases/{number}/notes"), &note).await;
    assert!(note.json()["html"].as_str().is_some_and(|html| html.contains("data-citation")));
    let off = format!("/cases/{number}/evidence/E1");
    let answer = browser.send(Method::DELETE, &off, Body::empty(), &[]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let still = browser.get(&off).await.json();
    assert_eq!(still["pinned"], false);
    assert!(still["excerpt"].as_str().is_some_and(|text| text.contains("pool exhausted")));
}

#[tokio::test]
async fn counts_of_every_view_add_up() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("counts").await;
    let bundle = ready(&desk, &browser, &number).await;
    let id = bundle["id"].as_str().expect("an id");
    let histogram = browser.get(&format!("/bundles/{id}/histogram?buckets=10")).await.json();
    let sum: u64 = histogram["buckets"]
        .as_array()
        .expect("buckets")
        .iter()
        .map(|bucket| bucket["all"].as_u64().expect("a count"))
        .sum();
    assert_eq!(sum + histogram["untimed"].as_u64().expect("a count"), 4);
    let templates = browser.get(&format!("/bundles/{id}/templates?limit=1")).await.json();
    let first = templates["items"][0]["count"].as_u64().expect("a count");
    assert_eq!(first + templates["others_records"].as_u64().expect("a count"), 4);
    let next = browser.get(&format!("/bundles/{id}/lines/next?seek=error")).await.json();
    assert_eq!(next["position"], 1);
    let found = browser.get(&format!("/bundles/{id}/lines/next?find=SLOW")).await.json();
    assert_eq!(found["position"], 2);
    for path in ["files", "sources", "problems", "findings", "facets", "lines/0", "report.html"] {
        let answer = browser.get(&format!("/bundles/{id}/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert!(!answer.text.contains("hunter2-planted"), "{path} shows the planted secret");
    }
    browser.get(&format!("/bundles/{id}/lines?level=loud")).await.is_problem(400, "invalid");
    browser.get(&format!("/bundles/{id}/lines?from=now")).await.is_problem(400, "invalid");
    browser.get(&format!("/bundles/{id}/lines/99")).await.is_problem(404, "not_found");
    browser.get(&format!("/bundles/{id}/lines/next")).await.is_problem(400, "invalid");
}

#[tokio::test]
async fn a_planted_secret_is_in_no_byte_that_was_stored() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("secret").await;
    ready(&desk, &browser, &number).await;
    desk.app.close().await;
    let files = desk.assert_nowhere("hunter2-planted");
    assert!(files > 5, "there is something to look at");
}

#[tokio::test]
async fn a_repeated_upload_is_the_same_bundle() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("twice").await;
    let first = send(&browser, &number, Body::from(LOG), "key").await.json();
    let again = send(&browser, &number, Body::from(LOG), "key").await.json();
    assert_eq!(first["id"], again["id"]);
    let other = send(&browser, &number, Body::from("something else"), "key").await;
    other.is_problem(409, "key_reused");
    wait(&desk, &browser, &first).await;
    assert_eq!(browser.get(&format!("/cases/{number}")).await.json()["bundles"], 1);
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("breaks off").await;
    let chunks: Vec<Result<Bytes, std::io::Error>> = vec![
        Ok(Bytes::from_static(b"2026-11-24T09:41:05.000Z INFO half")),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ];
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    send(&browser, &number, body, "cut").await.is_problem(400, "invalid");
    let case = browser.get(&format!("/cases/{number}")).await.json();
    assert_eq!(case["bundles"], 0);
    assert_eq!(case["case_version"], 1);
}

#[tokio::test]
async fn uploads_that_cannot_be_taken_are_refused() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("refused").await;
    send(&browser, &number, Body::empty(), "empty").await.is_problem(400, "invalid");
    let path = format!("/cases/{number}/bundles?name=big");
    let headers = [("content-length", "9999999999")];
    let answer = browser.send(Method::POST, &path, Body::empty(), &headers).await;
    answer.is_problem(413, "too_large");
    send(&browser, "MS-1", Body::from(LOG), "none").await.is_problem(404, "not_found");
    browser.post(&format!("/cases/{number}/resolve"), &json!({ "resolution": "done" })).await;
    send(&browser, &number, Body::from(LOG), "late").await.is_problem(409, "conflict");
}

#[tokio::test]
async fn what_cannot_be_read_is_failed_with_the_next_step() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("unreadable").await;
    let sent = send(&browser, &number, Body::from(&b"\x1f\x8b\x08\x00broken"[..]), "bad").await;
    let bundle = wait(&desk, &browser, &sent.json()).await;
    assert_eq!(bundle["state"], "failed", "{bundle}");
    assert!(bundle["failure"].as_str().is_some_and(|text| text.contains("send it again")));
    let id = bundle["id"].as_str().expect("an id");
    browser.get(&format!("/bundles/{id}/lines")).await.is_problem(409, "conflict");
}
