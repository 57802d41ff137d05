//! Intake over HTTP: judged alike at every door, returned, completed, accepted.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Browser, Desk};

const LOG: &str = include_str!("../../../../examples/intake.log");
const MAIL: &str = include_str!("../../../../examples/intake.json");
/// What every door finds; the command line's test reads the same file.
const JUDGED: &str = include_str!("../../../../examples/intake.judged.txt");

fn mail() -> Value {
    serde_json::from_str(MAIL).expect("an example")
}

fn printed(assessment: &Value) -> String {
    let mut text =
        format!("score {} of 100, needs {}\n", assessment["score"], assessment["threshold"]);
    for item in assessment["items"].as_array().expect("items") {
        let said = |name: &str| item[name].as_str().expect("a word").to_owned();
        text.push_str(&format!("{} {}\n", said("verdict"), said("item")));
    }
    text
}

async fn attach(desk: &Desk, browser: &Browser<'_>, number: &str) {
    let path = format!("/cases/{number}/bundles?name=checkout.log");
    let headers = [("content-type", "application/octet-stream")];
    let sent = browser.send(Method::POST, &path, Body::from(LOG), &headers).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let people = desk.app.local_people().await.expect("people");
    let actor = desk.app.local_actor(&people[0].login).await.expect("somebody");
    let id = sent.json()["id"].as_str().expect("an id").parse().expect("an id");
    desk.app.wait_for_bundle(&actor, id).await.expect("it ends");
}

#[tokio::test]
async fn every_door_gives_the_same_result() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let taken = browser.post("/intake/mail", &mail()).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    let number = taken.json()["case_number"].as_str().expect("a number").to_owned();
    // without evidence the score suffices, and what is missing is named
    assert_eq!(taken.json()["state"], "waiting", "{}", taken.text);
    assert_eq!(taken.json()["assessment"]["score"], 80);
    attach(&desk, &browser, &number).await;
    let path = format!("/cases/{number}/intake");
    let shown = browser.get(&path).await.json();
    assert_eq!(printed(&shown["assessment"]), JUDGED, "{shown}");
    // the web form while it is typed, and when it is kept
    let report = &mail()["report"];
    let typed = browser.post(&format!("{path}/assess"), report).await.json();
    assert_eq!(typed, shown["assessment"]);
    let kept = browser.post(&path, &json!({ "report": report, "seen": 1 })).await.json();
    assert_eq!(kept["assessment"], shown["assessment"]);
    // the same mail again is the same case
    let again = browser.post("/intake/mail", &mail()).await.json();
    assert_eq!(again["case_number"], number.as_str());
    assert_eq!(again["rounds"].as_array().map(Vec::len), Some(1));
    let waiting = browser.get("/cases?view=waiting").await.json();
    assert_eq!((&waiting["total"], &waiting["items"][0]["number"]), (&json!(1), &json!(number)));
    assert_eq!(browser.get("/cases/counts").await.json()["waiting"], 1);
}

#[tokio::test]
async fn intake_is_returned_completed_and_accepted() {
    let desk = Desk::new().await;
    let (agent, senior) = (desk.browser(Role::Agent).await, desk.browser(Role::Senior).await);
    let number = agent.open_case("502s").await;
    let path = format!("/cases/{number}/intake");
    let submit = json!({ "team": "L1", "override_reason": "" });
    let little = json!({ "report": { "ask": "help" }, "submit": submit });
    let refused = agent.post(&path, &little).await;
    refused.is_problem(409, "conflict");
    assert!(refused.text.contains("P2 needs 50; add evidence, window"), "{}", refused.text);
    assert_eq!(agent.get(&path).await.json()["state"], Value::Null, "nothing was kept");
    let forced = json!({ "report": { "ask": "help" },
        "submit": { "team": "L1", "override_reason": "the <b>shop</b> is on fire" } });
    let forced = agent.post(&path, &forced).await.json();
    assert_eq!(forced["state"], "waiting");
    assert_eq!(forced["rounds"][0]["override_reason"], "the <b>shop</b> is on fire");
    agent.post(&format!("{path}/accept"), &json!({})).await.is_problem(403, "forbidden");

    let other = json!({ "reason": "other", "text": " " });
    senior.post(&format!("{path}/return"), &other).await.is_problem(400, "invalid");
    let back = json!({ "reason": "missing_evidence", "text": "the log of checkout, please" });
    let returned = senior.post(&format!("{path}/return"), &back).await.json();
    assert_eq!(returned["state"], "returned", "{returned}");
    let decision = &returned["rounds"][0]["decision"];
    assert_eq!((&decision["reason"], &decision["note"]), (&back["reason"], &back["text"]));
    let owner = senior.get(&format!("/cases/{number}")).await.json();
    assert_eq!(owner["assignee"]["login"], "agent-1", "the ball is back at the sender");

    attach(&desk, &agent, &number).await;
    let full = json!({ "report": mail()["report"], "seen": 1, "submit": submit });
    let full = agent.post(&path, &full).await.json();
    assert_eq!((&full["state"], &full["rounds"][1]["score"]), (&json!("waiting"), &json!(95)));
    let key = [("idempotency-key", "take")];
    for _ in 0..2 {
        let accepted = senior.post_with(&format!("{path}/accept"), &json!({}), &key).await.json();
        assert_eq!(accepted["state"], "accepted", "{accepted}");
    }
    let case = senior.get(&format!("/cases/{number}")).await.json();
    assert_eq!(case["assignee"]["login"], "senior-1");
    assert_eq!(case["intake"], json!({ "state": "accepted", "score": 95 }));
    let rates = agent.get("/intake/return-rates").await.json();
    assert_eq!((&rates[0]["team"], &rates[0]["returned"]), (&json!("L1"), &json!(1)));
    assert_eq!(rates[0]["share"], Value::Null, "two decisions say nothing");
    assert_eq!(senior.get("/intake/return-rates").await.json(), json!([]), "only one's own");
}

#[tokio::test]
async fn two_editors_of_a_report_lose_nothing() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("502s").await;
    let path = format!("/cases/{number}/intake");
    let report = |ask: &str| json!({ "report": { "ask": ask, "owner": "Kim" }, "seen": 0 });
    assert_eq!(browser.post(&path, &report("one")).await.json()["revision"], 1);
    let second = browser.post(&path, &report("two")).await;
    second.is_problem(412, "stale");
    assert!(second.text.contains("it differs from yours in: ask"), "{}", second.text);
    assert_eq!(browser.get(&path).await.json()["report"]["ask"], "one");
    let huge = json!({ "report": { "actual": "x".repeat(9 << 20) } });
    browser.post(&path, &huge).await.is_problem(400, "invalid");
    let huge = json!({ "report": { "actual": "x".repeat(11 << 20) } });
    browser.post(&path, &huge).await.is_problem(413, "too_large");
    browser.post(&path, &json!({ "report": { "wat": 1 } })).await.is_problem(400, "invalid");
}

#[tokio::test]
async fn checklists_are_published_by_those_who_may() {
    let desk = Desk::new().await;
    let (senior, manager) = (desk.browser(Role::Senior).await, desk.browser(Role::Manager).await);
    let path = "/intake/checklists";
    assert_eq!(senior.get(path).await.json()["version"], 0);
    let set = json!({ "checklists": [{ "name": "shop", "position": 1,
        "filter": { "all": [{ "field": "severity", "is": ["P2"] }] },
        "items": [{ "check": "question", "id": "licence", "text": "Which licence?", "weight": 10 },
                  { "check": "window", "weight": 10, "command": "shopctl bundle" }] }] });
    let body = json!({ "set": set, "reason": "asked" });
    senior.post(path, &body).await.is_problem(403, "forbidden");
    let wrong = json!({ "set": { "checklists": [{ "name": "x", "position": 1, "items": [] }] } });
    manager.post(path, &wrong).await.is_problem(400, "invalid");
    let published = manager.post_with(path, &body, &[("if-match", "\"0\"")]).await;
    assert_eq!(published.status, StatusCode::CREATED, "{}", published.text);
    manager.post_with(path, &body, &[("if-match", "\"0\"")]).await.is_problem(412, "stale");
    let number = senior.open_case("502s").await;
    let judged = senior.get(&format!("/cases/{number}/intake")).await.json();
    let items = &judged["assessment"]["items"];
    assert_eq!(
        (&judged["assessment"]["checklist"], &items[0]["text"]),
        (&json!("shop"), &json!("Which licence?"))
    );
    assert_eq!(items[1]["command"], "shopctl bundle");
    let answered = json!({ "report": { "answers": { "licence": "enterprise" } } });
    let kept = senior.post(&format!("/cases/{number}/intake"), &answered).await.json();
    assert_eq!(kept["assessment"]["score"], 50);
}
