//! Swarms over HTTP: called together, tried, asked for a decision, closed with one.

use axum::http::StatusCode;
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Browser, Desk};
use crate::live::Events;
use crate::sla::kinds;

async fn person(browser: &Browser<'_>, role: &str) -> String {
    let people = browser.get("/people").await.json();
    let found = people.as_array().expect("people").iter().find(|it| it["role"] == role);
    found.expect("somebody")["id"].as_str().expect("an id").to_owned()
}

fn call(people: &[&str]) -> Value {
    json!({ "question": "who holds the <b>pool</b>?", "exit": "we know", "people": people,
        "skills": ["postgresql"] })
}

#[tokio::test]
async fn people_come_together_and_decide() {
    let desk = Desk::new().await;
    let owner = desk.browser(Role::Senior).await;
    let helper = desk.browser(Role::Engineer).await;
    let reader = desk.browser(Role::Stakeholder).await;
    let number = owner.open_case("Checkout 502s").await;
    let swarms = format!("/cases/{number}/swarms");
    let engineer = person(&owner, "engineer").await;
    owner.post(&format!("/cases/{number}/assign"), &json!({ "assignee": null })).await;

    reader.post(&swarms, &call(&[])).await.is_problem(403, "forbidden");
    owner.post(&swarms, &call(&["nobody"])).await.is_problem(400, "invalid");
    let stranger = "00000000-0000-0000-0000-00000000dead";
    owner.post(&swarms, &call(&[stranger])).await.is_problem(404, "not_found");
    let key = [("idempotency-key", "swarm-1")];
    let opened = owner.post_with(&swarms, &call(&[&engineer]), &key).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text);
    let again = owner.post_with(&swarms, &call(&[&engineer]), &key).await.json();
    assert_eq!(again.as_array().map(Vec::len), Some(1), "asked twice, done once");
    let swarm = &opened.json()[0];
    assert_eq!((&swarm["box_minutes"], &swarm["rang"]), (&json!(30), &json!(0)));
    assert_eq!(swarm["invited"][0]["role"], "engineer");
    assert!(!swarm["question_html"].as_str().expect("HTML").contains("<b>"), "{swarm}");
    owner.post(&swarms, &call(&[])).await.is_problem(409, "conflict");

    let at = |rest: &str| format!("{swarms}/1/{rest}");
    let joined = helper.post(&at("join"), &json!({})).await.json();
    assert_eq!(joined[0]["people"][0]["left_at"], Value::Null);
    helper.post(&at("tried"), &json!({ "text": " " })).await.is_problem(400, "invalid");
    helper.post(&at("tried"), &json!({ "text": "see [E9]" })).await.json();
    let resolve = json!({ "resolution": "done" });
    let path = format!("/cases/{number}/resolve");
    owner.post(&path, &resolve).await.is_problem(409, "conflict");
    let close =
        |owner: Value| json!({ "outcome": "next_step", "decision": "raise it", "owner": owner });
    owner.post(&at("close"), &close(Value::Null)).await.is_problem(400, "invalid");
    let closed = owner.post(&at("close"), &close(json!(engineer))).await.json();
    let end = &closed[0]["closed"];
    assert_eq!((&end["outcome"], &end["owner"]["role"]), (&json!("next_step"), &json!("engineer")));
    assert_ne!(closed[0]["people"][0]["left_at"], Value::Null, "all leave at the end");
    helper.post(&at("join"), &json!({})).await.is_problem(409, "conflict");
    owner.post(&format!("{swarms}/2/join"), &json!({})).await.is_problem(404, "not_found");
    assert_eq!(owner.post(&path, &resolve).await.status, StatusCode::OK);
    let case = reader.get(&format!("/cases/{number}")).await.json();
    assert_eq!(case["assignee"], Value::Null, "a swarm moves no owner");
}

/// A desk that took the log over asks as well, and one that was down asks late.
#[tokio::test]
async fn time_boxes_ask_and_tell_the_lead() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("Checkout 502s").await;
    browser.post(&format!("/cases/{number}/swarms"), &call(&[])).await;
    let mut log = Vec::new();
    desk.app.export_log(&mut log).await.expect("an export");
    let other = Desk::new().await;
    other.app.import_log(log.as_slice()).await.expect("an import");
    let reader = other.browser(Role::Senior).await;
    for (desk, browser) in [(&desk, &browser), (&other, &reader)] {
        let mut events = Events::open(browser, None).await;
        desk.advance(61 * 60);
        desk.app.start_worker();
        assert_eq!(events.next().await.1, "case.swarm_rang");
        assert_eq!(events.next().await.1, "case.swarm_rang");
        let told = kinds(browser, &number).await;
        assert_eq!(told, ["opened", "swarm_opened", "swarm_asked", "swarm_lead_told"]);
    }
}
