//! The raw log over HTTP: who may read it, and that what it says is true.

use axum::http::StatusCode;
use mainstay_core::Role;
use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn only_who_audits_reads_the_raw_log() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    for path in ["/audit/events", "/audit/events/1", "/audit/checkpoints", "/audit/export"] {
        senior.get(path).await.is_problem(403, "forbidden");
        desk.stranger().get(path).await.is_problem(401, "unauthenticated");
    }
    for path in ["/audit/verify", "/audit/checkpoints"] {
        senior.post(path, &json!({})).await.is_problem(403, "forbidden");
    }
}

#[tokio::test]
async fn the_log_is_paged_and_filtered() {
    let desk = Desk::new().await;
    let auditor = desk.browser(Role::Security).await;
    let senior = desk.browser(Role::Senior).await;
    let number = senior.open_case("Checkout 502s").await;
    let said = json!({ "audience": "internal", "text": "looked at the pool" });
    senior.post(&format!("/cases/{number}/notes"), &said).await;

    let page = auditor.get(&format!("/audit/events?case={number}")).await.json();
    assert_eq!(page["items"][0]["kind"], "case.noted");
    assert_eq!(page["items"][1]["kind"], "case.opened");
    assert_eq!(page["items"][0]["case_number"], number.as_str());
    assert_eq!(page["next_cursor"], json!(null));
    let event = auditor.get(&format!("/audit/events/{}", page["items"][0]["seq"])).await.json();
    assert!(event["body"].as_str().expect("a body").contains("looked at the pool"));
    assert_eq!(event["prev_hash"], page["items"][1]["hash"]);

    let first = auditor.get("/audit/events?limit=1").await.json();
    let cursor = first["next_cursor"].as_str().expect("more");
    let second = auditor.get(&format!("/audit/events?limit=1&cursor={cursor}")).await.json();
    assert_eq!(second["items"][0]["kind"], "case.opened");
    let by = auditor.get("/audit/events?actor=senior-1&kind=case.").await.json();
    assert_eq!(by["items"].as_array().map(Vec::len), Some(2));

    auditor.get("/audit/events?case=INC-1").await.is_problem(400, "invalid");
    auditor.get("/audit/events?case=MS-9999").await.is_problem(404, "not_found");
    auditor.get("/audit/events?actor=nobody").await.is_problem(404, "not_found");
    auditor.get("/audit/events/x").await.is_problem(404, "not_found");
}

#[tokio::test]
async fn a_verification_counts_signs_and_exports_the_same_log() {
    let desk = Desk::new().await;
    let auditor = desk.browser(Role::Security).await;
    desk.browser(Role::Senior).await.open_case("Checkout 502s").await;
    let signed = auditor.post("/audit/checkpoints", &json!({})).await;
    assert_eq!(signed.status, StatusCode::CREATED, "{}", signed.text);
    let again = auditor.post("/audit/checkpoints", &json!({})).await;
    assert_eq!(again.status, StatusCode::NO_CONTENT);
    let listed = auditor.get("/audit/checkpoints").await.json();
    assert_eq!(listed, json!([signed.json()]));
    let file = auditor.get("/audit/checkpoints/1").await;
    assert!(file.text.contains(listed[0]["public_key"].as_str().expect("a key")));
    auditor.get("/audit/checkpoints/2").await.is_problem(404, "not_found");

    let report = auditor.post("/audit/verify", &json!({})).await.json();
    assert_eq!((&report["clean"], &report["checkpoints"]), (&json!(true), &json!(1)));
    assert_eq!(report["faults"], json!([]));
    let mut log = Vec::new();
    desk.app.export_log(&mut log).await.expect("an export");
    let export = auditor.get("/audit/export").await;
    assert_eq!(export.text.as_bytes(), log);
    assert_eq!(report["events"], export.text.lines().count());
}
