//! Promises over HTTP: policies, clocks, turns and bells.

use axum::http::StatusCode;
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Browser, Desk};
use crate::live::Events;
use crate::mitigation::gate;

fn policies(reply_s: u64) -> Value {
    json!({
        "calendars": { "office": { "tz": "Europe/London", "hours": {
            "mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]] } } },
        "policies": [{ "name": "gold", "position": 1, "calendar": "office", "targets": [
            { "severity": "P2", "metric": "first_reply_time", "target_s": reply_s, "hours": "business" },
            { "severity": "P2", "metric": "agent_work_time", "target_s": 28_800, "hours": "business" },
            { "severity": "P1", "metric": "first_reply_time", "target_s": 900, "hours": "calendar" }] }],
    })
}

async fn publish(browser: &Browser<'_>, reply_s: u64) -> Value {
    let body = json!({ "set": policies(reply_s), "reason": "new contract" });
    let answer = browser.post("/sla/policies", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

/// The clocks of a case as `metric state elapsed`.
async fn told(browser: &Browser<'_>, number: &str) -> Vec<String> {
    let clocks = browser.get(&format!("/cases/{number}/clocks")).await.json();
    let clocks = clocks["clocks"].as_array().expect("clocks").clone();
    let word = |clock: &Value, field: &str| clock[field].as_str().expect("a word").to_owned();
    clocks
        .iter()
        .map(|clock| {
            let (metric, state) = (word(clock, "metric"), word(clock, "state"));
            format!("{metric} {state} {}", clock["elapsed_s"])
        })
        .collect()
}

#[tokio::test]
async fn policies_are_published_by_who_may() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let manager = desk.browser(Role::Manager).await;
    assert_eq!(senior.get("/sla/policies").await.json()["version"], 0);
    let body = json!({ "set": policies(3_600) });
    senior.post("/sla/policies", &body).await.is_problem(403, "forbidden");
    let published = publish(&manager, 3_600).await;
    assert_eq!((&published["version"], &published["set"]), (&json!(1), &policies(3_600)));
    let stale = [("if-match", "\"0\"")];
    manager.post_with("/sla/policies", &body, &stale).await.is_problem(412, "stale");
    let fresh = [("if-match", "\"1\""), ("idempotency-key", "second")];
    for _ in 0..2 {
        let again = manager.post_with("/sla/policies", &body, &fresh).await;
        assert_eq!(again.json()["version"], 2, "{}", again.text);
    }
    assert_eq!(senior.get("/sla/policies?version=1").await.json()["reason"], "new contract");
    senior.get("/sla/policies?version=3").await.is_problem(404, "not_found");
    let mut bad = policies(3_600);
    bad["policies"][0]["calendar"] = json!("mars");
    let refused = manager.post("/sla/policies", &json!({ "set": bad })).await;
    refused.is_problem(400, "invalid");
    assert!(refused.text.contains("which the set does not have"), "{}", refused.text);
    manager.post("/sla/policies", &json!({ "set": 7 })).await.is_problem(400, "invalid");
}

#[tokio::test]
async fn a_case_runs_under_the_promises_it_was_opened_with() {
    let desk = Desk::new().await;
    let manager = desk.browser(Role::Manager).await;
    let browser = desk.browser(Role::Senior).await;
    let before = browser.open_case("before any promise").await;
    publish(&manager, 3_600).await;
    let number = browser.open_case("Checkout 502s").await;
    publish(&manager, 60).await;
    desk.advance(600);
    let reply = "first_reply_time on_track 600";
    assert_eq!(told(&browser, &number).await, [reply, "agent_work_time on_track 600"]);
    assert_eq!(told(&browser, &before).await, [""; 0]);
    let case = browser.get(&format!("/cases/{number}")).await.json();
    assert_eq!(case["clock"]["metric"], "first_reply_time");
    assert!(case["clock"]["due_at"].as_str().expect("due").starts_with("2026-11-24T10:00:0"));
    // the newest policies promise a minute, and ten have passed
    let path = |rest: &str| format!("/cases/{number}{rest}");
    browser.post(&path("/re-evaluate"), &json!({})).await.is_problem(403, "forbidden");
    let moved = manager.post(&path("/re-evaluate"), &json!({})).await.json();
    assert_eq!((&moved["policies"], &moved["newest"]), (&json!(2), &json!(2)));
    assert_eq!(told(&browser, &number).await[0], "first_reply_time breached 600");
}

#[tokio::test]
async fn turns_stop_and_start_the_clocks() {
    let desk = Desk::new().await;
    let manager = desk.browser(Role::Manager).await;
    let browser = desk.browser(Role::Senior).await;
    publish(&manager, 3_600).await;
    let number = browser.open_case("Checkout 502s").await;
    let path = |rest: &str| format!("/cases/{number}{rest}");
    desk.advance(600);
    let note = json!({ "audience": "public", "text": "What changed at nine?", "status": "pending",
        "next_update_by": "2026-11-24T12:00:00Z" });
    assert_eq!(browser.post(&path("/notes"), &note).await.status, StatusCode::CREATED);
    let case = browser.get(&path("")).await.json();
    assert_eq!((&case["status"], &case["clock"]), (&json!("pending"), &Value::Null));
    assert_eq!(case["promised_at"], "2026-11-24T12:00:00.000000Z");
    desk.advance(3_600);
    let met = "first_reply_time met 600";
    assert_eq!(told(&browser, &number).await, [met, "agent_work_time paused 600"]);
    let answer = json!({ "contact": "Dana", "text": "We upgraded" });
    let comment = browser.post(&path("/customer-comments"), &answer).await;
    assert_eq!(comment.status, StatusCode::CREATED, "{}", comment.text);
    assert_eq!(
        (&comment.json()["kind"], &comment.json()["status"]),
        (&json!("customer_wrote"), &json!("open"))
    );
    desk.advance(600);
    assert_eq!(told(&browser, &number).await[1], "agent_work_time on_track 1200");
    let hold = json!({ "status": "hold" });
    browser.post(&path("/status"), &hold).await.is_problem(400, "invalid");
    let hold = json!({ "status": "hold", "waits_on": "database vendor" });
    let held = browser.post(&path("/status"), &hold).await.json();
    assert_eq!((&held["status"], &held["waits_on"]), (&json!("hold"), &json!("database vendor")));
    browser.post(&path("/close"), &json!({ "gate": gate() })).await.is_problem(409, "conflict");
    browser.post(&path("/resolve"), &json!({ "resolution": "pool raised" })).await;
    let closed = browser.post(&path("/close"), &json!({ "gate": gate() })).await.json();
    assert_eq!(closed["status"], "closed");
    browser.post(&path("/customer-comments"), &answer).await.is_problem(409, "conflict");
    browser.post(&path("/reopen"), &json!({ "reason": "x" })).await.is_problem(409, "conflict");
    let done = "agent_work_time met 1200";
    assert_eq!(told(&browser, &number).await[1], done);
}

/// A bell rings once, at its time, for a clock that still runs, also on a desk that took the log
/// over; a promise kept in time is silent.
#[tokio::test]
async fn bells_ring_once() {
    let desk = Desk::new().await;
    let manager = desk.browser(Role::Manager).await;
    let browser = desk.browser(Role::Senior).await;
    publish(&manager, 3_600).await;
    let late = browser.open_case("late").await;
    let kept = browser.open_case("kept").await;
    let reply = json!({ "audience": "public", "text": "We look at it" });
    browser.post(&format!("/cases/{kept}/notes"), &reply).await;
    let mut log = Vec::new();
    desk.app.export_log(&mut log).await.expect("an export");
    let other = Desk::new().await;
    other.app.import_log(log.as_slice()).await.expect("an import");
    let reader = other.browser(Role::Senior).await;
    for (desk, browser) in [(&desk, &browser), (&other, &reader)] {
        let mut events = Events::open(browser, None).await;
        desk.advance(3_601);
        desk.app.start_worker();
        assert_eq!(events.next().await.1, "case.clock_rang");
        assert_eq!(events.next().await.1, "case.clock_rang");
        let rang = kinds(browser, &late).await;
        assert_eq!(rang, ["opened", "policies_pinned", "clock_due_soon", "clock_breached"]);
        assert_eq!(kinds(browser, &kept).await, ["opened", "policies_pinned", "noted"]);
    }
}

/// The words of a timeline.
pub(crate) async fn kinds(browser: &Browser<'_>, number: &str) -> Vec<String> {
    let timeline = browser.get(&format!("/cases/{number}/timeline")).await.json();
    let items = timeline["items"].as_array().expect("items").clone();
    items.iter().map(|entry| entry["kind"].as_str().expect("a kind").to_owned()).collect()
}

#[tokio::test]
async fn the_queue_is_sorted_by_what_is_due() {
    let desk = Desk::new().await;
    let manager = desk.browser(Role::Manager).await;
    let browser = desk.browser(Role::Senior).await;
    let unpromised = browser.open_case("no promise").await;
    publish(&manager, 3_600).await;
    let first = browser.open_case("first").await;
    desk.advance(60);
    let second = browser.open_case("second").await;
    let page = browser.get("/cases?sort=due").await.json();
    let numbers: Vec<&str> = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|case| case["number"].as_str().expect("a number"))
        .collect();
    assert_eq!(numbers, [first.as_str(), &second, &unpromised]);
}

#[tokio::test]
async fn a_made_up_history_is_simulated() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Agent).await;
    let question = json!({
        "policies": policies(3_600),
        "case": { "severity": "P2" },
        "at": "2026-11-24T12:00:00Z",
        "events": [{ "t": "2026-11-23T16:30:00Z", "kind": "create", "status": "new" }],
    });
    let clocks = browser.post("/sla/simulate", &question).await.json()["clocks"].clone();
    assert_eq!(clocks[0]["state"], "breached");
    assert_eq!(clocks[0]["breached_at"], "2026-11-24T09:30:00.000000Z");
    assert_eq!(clocks[0]["segments"][1]["reason"], "outside hours");
    browser.post("/sla/simulate", &json!({ "at": 1 })).await.is_problem(400, "invalid");
}
