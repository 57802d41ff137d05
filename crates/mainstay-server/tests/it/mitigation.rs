//! Mitigations and decisions over HTTP, and what a case is closed with.

use axum::http::StatusCode;
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::sla::kinds;

fn propose(risk: &str) -> Value {
    json!({ "what": "raise the pool", "risk": risk, "risk_why": "the database may refuse",
        "rollback": "set it back to 64" })
}

/// What a case may be closed with.
pub(crate) fn gate() -> Value {
    json!({ "confirmed": "customer", "confirmed_how": "Dana, by phone", "cause": "the pool",
        "signature": { "kept": "not_needed", "text": "one of a kind" },
        "article": { "kept": "created", "text": "KB-12" } })
}

#[tokio::test]
async fn high_risk_needs_a_second_person() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let manager = desk.browser(Role::Manager).await;
    let number = senior.open_case("Checkout 502s").await;
    let path = format!("/cases/{number}/mitigations");
    let mut without = propose("low");
    without["rollback"] = json!("");
    senior.post(&path, &without).await.is_problem(400, "invalid");
    let proposed = senior.post(&path, &propose("high")).await;
    assert_eq!(proposed.status, StatusCode::CREATED, "{}", proposed.text);
    assert_eq!(proposed.json()[0]["next"], json!(["approved", "dropped"]));

    let state = format!("{path}/1/state");
    let to = |word: &str, note: &str| json!({ "to": word, "note": note });
    senior.post(&state, &to("applied", "")).await.is_problem(409, "conflict");
    senior.post(&state, &to("approved", "")).await.is_problem(403, "forbidden");
    let approved = manager.post(&state, &to("approved", "in the window")).await.json();
    assert_eq!(approved[0]["approved_by"]["role"], "manager");
    let applied = senior.post(&state, &to("applied", "")).await.json();
    assert_eq!(applied[0]["next"], json!(["helped", "rolled_back"]));
    senior.post(&state, &to("rolled_back", "")).await.is_problem(400, "invalid");
    let back = senior.post(&state, &to("rolled_back", "waits rose")).await.json();
    assert_eq!((&back[0]["state"], &back[0]["next"]), (&json!("rolled_back"), &json!([])));
    assert_eq!(back[0]["approved_by"]["role"], "manager", "it is not forgotten");
    senior.post(&format!("{path}/2/state"), &to("applied", "")).await.is_problem(404, "not_found");

    manager.post(&path, &propose("high")).await;
    let own = format!("{path}/2/state");
    manager.post(&own, &to("approved", "")).await.is_problem(403, "forbidden");
}

#[tokio::test]
async fn a_decision_and_the_end_stay_readable() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("Checkout 502s").await;
    let path = |rest: &str| format!("/cases/{number}{rest}");
    let decide = json!({ "decision": "fail over", "reason": "see MS-9999/E1" });
    browser.post(&path("/decisions"), &decide).await.is_problem(404, "not_found");
    let decide = json!({ "decision": "fail over", "reason": "site one is silent" });
    assert_eq!(browser.post(&path("/decisions"), &decide).await.status, StatusCode::OK);
    assert_eq!(kinds(&browser, &number).await, ["opened", "decided"]);
    browser.post(&path("/resolve"), &json!({ "resolution": "failed over" })).await;
    browser.post(&path("/close"), &json!({ "reason": "x" })).await.is_problem(400, "invalid");
    let mut unanswered = gate();
    unanswered["article"]["text"] = json!(" ");
    browser.post(&path("/close"), &json!({ "gate": unanswered })).await.is_problem(400, "invalid");
    let mut named = gate();
    named["signature"] = json!({ "kept": "linked", "text": "the pool one" });
    browser.post(&path("/close"), &json!({ "gate": named })).await.is_problem(400, "invalid");
    named["signature"]["text"] = json!("SIG-4711");
    browser.post(&path("/close"), &json!({ "gate": named })).await.is_problem(404, "not_found");
    let closed = browser.post(&path("/close"), &json!({ "gate": gate() })).await.json();
    assert_eq!((&closed["status"], &closed["gate"]), (&json!("closed"), &gate()));
}
