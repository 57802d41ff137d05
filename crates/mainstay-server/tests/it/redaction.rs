//! Redaction over HTTP: the team's rules, a preview before a bundle joins, and the way back.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_app::Identity;
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Answer, Browser, Desk};

const RULES: &str = "version: 1\nrules:\n  - name: projects\n    words: [bluebird]\n\
profiles:\n  shop:\n    rules:\n      - name: baskets\n        pattern: 'basket-[0-9a-f]{8}'\n";
const LOG: &str = "2026-11-24T09:41:05Z INFO ledger user=msample password=geheim12 of bluebird\n\
2026-11-24T09:41:06Z INFO ledger basket-3f9a02c1 is paid\n";

async fn publish(browser: &Browser<'_>, text: &str) -> Answer {
    browser.post("/redaction/rules", &json!({ "text": text, "reason": "a new project" })).await
}

async fn send(browser: &Browser<'_>, path: &str, body: &str) -> Answer {
    let headers = [("content-type", "application/octet-stream")];
    browser.send(Method::POST, path, Body::from(body.to_owned()), &headers).await
}

async fn open_case(browser: &Browser<'_>, product: &str) -> String {
    let body = json!({ "subject": "redaction", "severity": "P2", "product": product });
    browser.post("/cases", &body).await.json()["number"].as_str().expect("a number").to_owned()
}

/// Waits until a bundle is read; what it says then.
async fn read(desk: &Desk, browser: &Browser<'_>, sent: &Answer) -> Value {
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let id = sent.json()["id"].as_str().expect("an id").to_owned();
    let people = desk.app.local_people().await.expect("people");
    let actor = desk.app.local_actor(&people[0].login).await.expect("somebody");
    desk.app.wait_for_bundle(&actor, id.parse().expect("an id")).await.expect("it ends");
    browser.get(&format!("/bundles/{id}")).await.json()
}

async fn lines(browser: &Browser<'_>, bundle: &Value) -> Vec<String> {
    let id = bundle["id"].as_str().expect("an id");
    let window = browser.get(&format!("/bundles/{id}/lines")).await.json();
    let lines = window["lines"].as_array().expect("lines").clone();
    lines.iter().map(|line| line["text"].as_str().expect("a text").to_owned()).collect()
}

#[tokio::test]
async fn rules_are_published_by_who_may_and_used_from_then_on() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let security = desk.browser(Role::Security).await;
    assert_eq!(senior.get("/redaction/rules").await.json()["version"], 0);
    publish(&senior, RULES).await.is_problem(403, "forbidden");
    let number = open_case(&senior, "Shop").await;
    let path = format!("/cases/{number}/bundles?name=a.log");
    let before = read(&desk, &senior, &send(&senior, &path, LOG).await).await;
    assert_eq!(before["rules"], Value::Null);
    assert!(lines(&senior, &before).await[0].contains("bluebird"));

    let published = publish(&security, RULES).await;
    assert_eq!(published.status, StatusCode::CREATED, "{}", published.text);
    assert_eq!(published.json()["text"], RULES);
    let body = json!({ "text": RULES, "reason": "again" });
    let stale = [("if-match", "\"0\"")];
    security.post_with("/redaction/rules", &body, &stale).await.is_problem(412, "stale");
    let silent = json!({ "text": RULES, "reason": " " });
    security.post("/redaction/rules", &silent).await.is_problem(400, "invalid");
    let history = senior.get("/redaction/rules/history").await.json();
    assert_eq!(
        (&history[0]["version"], &history[0]["reason"]),
        (&json!(1), &json!("a new project"))
    );
    senior.get("/redaction/rules?version=7").await.is_problem(404, "not_found");

    let after = read(&desk, &senior, &send(&senior, &path, LOG).await).await;
    assert_eq!(after["rules"], json!({ "version": 1, "profile": "shop" }));
    let shown = lines(&senior, &after).await;
    assert!(shown[0].ends_with("password=<password> of <hidden>"), "{shown:?}");
    assert!(shown[1].contains("<hidden> is paid"), "{shown:?}");
    let other = open_case(&senior, "Reports").await;
    let path = format!("/cases/{other}/bundles?name=a.log");
    let elsewhere = read(&desk, &senior, &send(&senior, &path, LOG).await).await;
    assert_eq!(elsewhere["rules"], json!({ "version": 1, "profile": null }));
    assert!(lines(&senior, &elsewhere).await[1].contains("basket-3f9a02c1"));
    let id = after["id"].as_str().expect("an id");
    let told = senior.get(&format!("/bundles/{id}/redaction")).await.json();
    assert_eq!(told["kinds"][0], json!({ "kind": "hidden", "count": 2 }), "{told}");
    assert_eq!(told["may_reveal"], json!(["senior", "security"]));
}

#[tokio::test]
async fn a_mistake_is_refused_at_its_place_and_a_costly_rule_with_its_cost() {
    let desk = Desk::new().await;
    let security = desk.browser(Role::Security).await;
    let refused = publish(&security, &RULES.replace("words: [bluebird]", "pattern: '.+'")).await;
    refused.is_problem(400, "invalid");
    assert!(
        refused.text.contains("line 3, column 5: rule projects: it would hide 100 %"),
        "{}",
        refused.text
    );
    let ask = json!({ "rules": RULES.replace("bluebird", ""), "text": "x" });
    let tried = security.post("/redaction/try", &ask).await.json();
    assert_eq!((&tried["mistakes"][0]["line"], &tried["lines"]), (&json!(3), &json!([])));
    assert_eq!(security.get("/redaction/rules").await.json()["version"], 0);
}

#[tokio::test]
async fn rules_are_tried_on_lines_that_nobody_keeps() {
    let desk = Desk::new().await;
    let agent = desk.browser(Role::Agent).await;
    let ask = json!({ "rules": RULES, "product": "SHOP", "text": LOG });
    let answer = agent.post("/redaction/try", &ask).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    let tried = answer.json();
    assert_eq!((&tried["profile"], &tried["rules"]), (&json!("shop"), &json!(1)));
    let hit = &tried["lines"][1]["parts"][1];
    assert_eq!((&hit["text"], &hit["hit"]["rule"]), (&json!("basket-3f9a02c1"), &json!("baskets")));
    let large = json!({ "rules": RULES, "text": "x".repeat(300 << 10) });
    agent.post("/redaction/try", &large).await.is_problem(413, "too_large");
    let stakeholder = desk.browser(Role::Stakeholder).await;
    stakeholder.post("/redaction/try", &ask).await.is_problem(403, "forbidden");
    desk.assert_nowhere("geheim12");
}

#[tokio::test]
async fn a_bundle_is_looked_at_before_it_joins() {
    let desk = Desk::new().await;
    let security = desk.browser(Role::Security).await;
    let agent = desk.browser(Role::Agent).await;
    publish(&security, RULES).await;
    let number = open_case(&agent, "shop").await;
    let place = format!("/cases/{number}/previews");
    let seen = send(&agent, &format!("{place}?name=a.log"), LOG).await;
    assert_eq!(seen.status, StatusCode::CREATED, "{}", seen.text);
    assert_eq!(seen.headers["cache-control"], "no-store");
    let seen = seen.json();
    assert_eq!(seen["rules"], json!({ "version": 1, "profile": "shop" }));
    let kinds = json!([{ "kind": "hidden", "count": 2 }, { "kind": "password", "count": 1 },
        { "kind": "user", "count": 1 }]);
    assert_eq!((&seen["kinds"], &seen["files_total"]), (&kinds, &json!(1)), "{seen}");
    let example = &seen["files"][0]["examples"][0];
    assert!(example["parts"].to_string().contains("geheim12"), "only for who sent it: {example}");
    assert_eq!(agent.get(&format!("/cases/{number}")).await.json()["bundles"], 0);
    desk.assert_nowhere("geheim12");

    let held = format!("{place}/{}", seen["id"].as_str().expect("an id"));
    security.post(&held, &json!({})).await.is_problem(404, "not_found");
    let gone = agent.send(Method::DELETE, &held, Body::empty(), &[]).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    agent.post(&held, &json!({})).await.is_problem(404, "not_found");

    let seen = send(&agent, &format!("{place}?name=a.log"), LOG).await.json();
    let held = format!("{place}/{}", seen["id"].as_str().expect("an id"));
    let bundle = read(&desk, &agent, &agent.post(&held, &json!({})).await).await;
    assert_eq!((&bundle["state"], &bundle["redactions"]), (&json!("ready"), &json!(4)), "{bundle}");
    agent.post(&held, &json!({})).await.is_problem(404, "not_found");
    send(&agent, &format!("{place}?name=a.zip"), "PK\u{3}\u{4}cut")
        .await
        .is_problem(400, "invalid");
    send(&agent, &format!("{place}?name=a.log"), "").await.is_problem(400, "invalid");
    let stakeholder = desk.browser(Role::Stakeholder).await;
    send(&stakeholder, &format!("{place}?name=a.log"), LOG).await.is_problem(403, "forbidden");
}

fn pseudonym(line: &str) -> String {
    let start = line.find("<user-").expect("a pseudonym");
    line[start..=start + line[start..].find('>').expect("its end")].to_owned()
}

#[tokio::test]
async fn an_identity_is_revealed_to_who_may_with_a_reason_and_never_without_a_trace() {
    let desk = Desk::with_reveal_key(Some(Identity::generate().expect("a key"))).await;
    let senior = desk.browser(Role::Senior).await;
    let agent = desk.browser(Role::Agent).await;
    let number = open_case(&senior, "").await;
    let path = format!("/cases/{number}/bundles?name=a.log");
    let bundle = read(&desk, &senior, &send(&senior, &path, LOG).await).await;
    assert_eq!(bundle["identities"], 1, "{bundle}");
    let token = pseudonym(&lines(&senior, &bundle).await[0]);
    let reveal = format!("/bundles/{}/reveal", bundle["id"].as_str().expect("an id"));
    let ask = json!({ "pseudonym": token, "reason": "whom to call back" });

    let refused = agent.post(&reveal, &ask).await;
    refused.is_problem(403, "forbidden");
    assert!(refused.text.contains("the role agent may not reveal an identity"));
    for (pseudonym, reason) in [(token.as_str(), " "), ("msample", "x"), ("<password>", "x")] {
        let ask = json!({ "pseudonym": pseudonym, "reason": reason });
        senior.post(&reveal, &ask).await.is_problem(400, "invalid");
    }
    let unknown = json!({ "pseudonym": "<user-abcdefghijkl>", "reason": "a typo" });
    senior.post(&reveal, &unknown).await.is_problem(404, "not_found");
    for _ in 0..2 {
        let key = [("idempotency-key", "one")];
        let answer = senior.post_with(&reveal, &ask, &key).await;
        assert_eq!(answer.json(), json!({ "value": "msample" }));
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    let timeline = senior.get(&format!("/cases/{number}/timeline")).await;
    assert!(!timeline.text.contains("msample"));
    let looks: Vec<(String, String)> = timeline.json()["items"]
        .as_array()
        .expect("entries")
        .iter()
        .filter(|entry| entry["kind"] == "identity_revealed")
        .map(|entry| (entry["title"].to_string(), entry["text"].to_string()))
        .collect();
    assert_eq!(looks.len(), 3, "a look that found nothing and two that did: {looks:?}");
    assert_eq!(looks[1], (json!(token).to_string(), "\"whom to call back\"".to_owned()));
    let mut log = Vec::new();
    desk.app.export_log(&mut log).await.expect("an export");
    assert!(!String::from_utf8_lossy(&log).contains("msample"));
    desk.assert_nowhere("msample");
}

#[tokio::test]
async fn without_a_key_no_way_back_is_kept() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let number = open_case(&senior, "").await;
    let path = format!("/cases/{number}/bundles?name=a.log");
    let bundle = read(&desk, &senior, &send(&senior, &path, LOG).await).await;
    assert_eq!(bundle["identities"], Value::Null);
    let id = bundle["id"].as_str().expect("an id");
    let told = senior.get(&format!("/bundles/{id}/redaction")).await.json();
    assert_eq!((&told["identities"], &told["has_key"]), (&Value::Null, &json!(false)));
    let ask = json!({ "pseudonym": pseudonym(&lines(&senior, &bundle).await[0]), "reason": "x" });
    let refused = senior.post(&format!("/bundles/{id}/reveal"), &ask).await;
    refused.is_problem(409, "conflict");
    assert!(refused.text.contains("no reveal key when it was read"), "{}", refused.text);
    assert!(!desk.folder.path().join("identities").exists());
}
