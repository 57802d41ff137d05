//! Links, merges and splits over HTTP.

use axum::http::StatusCode;
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Browser, Desk};

async fn open(browser: &Browser<'_>, customer: &str) -> String {
    let body = json!({ "subject": "x", "severity": "P2", "customer": customer });
    let opened = browser.post("/cases", &body).await.json();
    opened["number"].as_str().expect("a number").to_owned()
}

#[tokio::test]
async fn a_link_is_seen_from_both_ends_and_makes_no_circle() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let (one, two) = (open(&senior, "Acme").await, open(&senior, "Birch").await);
    let path = format!("/cases/{one}/links");
    let body = json!({ "relation": "duplicated-by", "other": two, "reason": "same" });
    let linked = senior.post(&path, &body).await;
    assert_eq!(linked.json()["links"][0]["relation"], "duplicated-by", "{}", linked.text);
    let other = senior.get(&format!("/cases/{two}/links")).await.json();
    assert_eq!(other["links"][0]["relation"], "duplicate-of");
    let circle = json!({ "relation": "duplicate-of", "other": two });
    senior.post(&path, &circle).await.is_problem(409, "conflict");
    let strange = json!({ "relation": "friend-of", "other": two });
    senior.post(&path, &strange).await.is_problem(400, "invalid");
    let gone = senior.post(&format!("/cases/{one}/unlink"), &body).await;
    assert_eq!(gone.json()["links"], json!([]), "{}", gone.text);
    let reader = desk.browser(Role::Stakeholder).await;
    reader.post(&path, &body).await.is_problem(403, "forbidden");
}

#[tokio::test]
async fn a_merged_case_leads_on_and_comes_back() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let contacts = json!([{ "name": "Dana", "email": "dana@acme.example" }]);
    let profile = json!({ "name": "Acme", "tier": "gold", "contacts": contacts });
    senior.post("/customers", &profile).await;
    let (child, parent) = (open(&senior, "Acme").await, open(&senior, "acme").await);
    let foreign = open(&senior, "Birch").await;
    let merge = format!("/cases/{child}/merge");
    senior.post(&merge, &json!({ "into": foreign })).await.is_problem(409, "conflict");
    let merged = senior.post(&merge, &json!({ "into": parent, "reason": "one" })).await;
    assert_eq!(merged.json()["merged_into"], parent.as_str(), "{}", merged.text);
    let read = senior.get(&format!("/cases/{child}")).await;
    assert_eq!((read.status, &read.json()["merged_into"]), (StatusCode::OK, &json!(parent)));
    let note = json!({ "audience": "internal", "text": "hello" });
    senior.post(&format!("/cases/{child}/notes"), &note).await.is_problem(409, "conflict");
    let said = json!({ "contact": "Eli", "text": "still broken" });
    let said = senior.post(&format!("/cases/{child}/customer-comments"), &said).await;
    assert_eq!(said.status, StatusCode::CREATED, "{}", said.text);
    let timeline = senior.get(&format!("/cases/{parent}/timeline")).await.json();
    let last = timeline["items"].as_array().and_then(|all| all.last()).cloned();
    assert_eq!(last.map(|entry| entry["text"].clone()), Some(json!("still broken")));
    let related = senior.get(&format!("/cases/{parent}/links")).await.json();
    assert_eq!(related["merged"][0]["number"], child.as_str());
    let hears: Vec<&Value> =
        related["informed"].as_array().expect("people").iter().map(|it| &it["name"]).collect();
    assert_eq!(hears, [&json!("Eli"), &json!("Dana")], "each once");
    let back = format!("/cases/{child}/unmerge");
    senior.post(&back, &json!({ "reason": "" })).await.is_problem(400, "invalid");
    let key = [("idempotency-key", "unmerge-1")];
    for asked in ["once", "again"] {
        let reason = json!({ "reason": "two problems" });
        let unmerged = senior.post_with(&back, &reason, &key).await;
        assert_eq!(unmerged.json()["merged_into"], Value::Null, "{asked}: {}", unmerged.text);
    }
}

#[tokio::test]
async fn a_part_becomes_a_case_of_its_own() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let first = open(&senior, "Acme").await;
    let said = json!({ "contact": "Dana", "text": "and the export is slow" });
    let said = senior.post(&format!("/cases/{first}/customer-comments"), &said).await.json();
    let split = format!("/cases/{first}/split");
    let body = json!({ "subject": "Export", "messages": [said["sequence"]], "reason": "another" });
    let new = senior.post(&split, &body).await;
    assert_eq!(new.status, StatusCode::CREATED, "{}", new.text);
    let number = new.json()["number"].as_str().expect("a number").to_owned();
    let links = senior.get(&format!("/cases/{number}/links")).await.json();
    assert_eq!(links["links"][0]["relation"], "split-from");
    let nothing = json!({ "subject": "Export", "reason": "another" });
    senior.post(&split, &nothing).await.is_problem(400, "invalid");
    let strange = json!({ "subject": "Export", "messages": [999], "reason": "another" });
    senior.post(&split, &strange).await.is_problem(404, "not_found");
}
