//! Hand-offs over HTTP: who owns a case when, and who is told when nobody takes it.

use std::time::Duration;

use axum::http::StatusCode;
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Browser, Desk};

async fn id_of(browser: &Browser<'_>) -> String {
    browser.get("/session").await.json()["user"]["id"].as_str().expect("an id").to_owned()
}

async fn own_case(browser: &Browser<'_>, subject: &str) -> String {
    let number = browser.open_case(subject).await;
    let me = id_of(browser).await;
    browser.post(&format!("/cases/{number}/assign"), &json!({ "assignee": me })).await;
    number
}

fn packet(to: &str, numbers: &[&str]) -> Value {
    let cases: Vec<Value> = numbers
        .iter()
        .map(|number| {
            json!({ "number": number, "parts": { "state": "it is <b>slow</b>",
            "next_step": "look at the pool" } })
        })
        .collect();
    json!({ "to_person": to, "note": "# Quiet night", "cases": cases })
}

async fn decide(
    browser: &Browser<'_>,
    number: &str,
    decision: &str,
    text: &str,
) -> crate::desk::Answer {
    let body = json!({ "decision": decision, "text": text });
    browser.post(&format!("/cases/{number}/handoff"), &body).await
}

async fn owner(browser: &Browser<'_>, number: &str) -> Value {
    browser.get(&format!("/cases/{number}")).await.json()["assignee"]["id"].clone()
}

#[tokio::test]
async fn the_owner_changes_when_it_is_accepted_and_not_before() {
    let desk = Desk::new().await;
    let giver = desk.browser(Role::Senior).await;
    let receiver = desk.browser(Role::Agent).await;
    let (me, them) = (id_of(&giver).await, id_of(&receiver).await);
    let number = own_case(&giver, "slow").await;
    let draft = giver.get("/handoffs/draft").await.json();
    assert_eq!(draft[0]["number"], number.as_str());
    assert_eq!(draft[0]["difference"], json!(["first packet of this case"]));
    let key = [("idempotency-key", "packet")];
    let sent = giver.post_with("/handoffs", &packet(&them, &[&number]), &key).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
    let again = giver.post_with("/handoffs", &packet(&them, &[&number]), &key).await;
    assert_eq!(again.json()["id"], sent.json()["id"], "the same packet once");
    let case = &sent.json()["cases"][0];
    assert_eq!(case["parts"]["risks"], "none");
    assert!(case["missing"].as_array().expect("names").contains(&json!("risks")));
    assert_eq!(sent.json()["complete"], false);
    assert_eq!(owner(&giver, &number).await, me.as_str());
    // the next step of the packet is the case's now
    let step = giver.get(&format!("/cases/{number}/next-step")).await.json();
    assert_eq!(step["text"], "look at the pool");

    let inbox = receiver.get("/home").await.json()["inbox"].clone();
    assert_eq!(
        (&inbox[0]["id"], &inbox[0]["cases"][0]["changed"]),
        (&sent.json()["id"], &json!([]))
    );
    decide(&giver, &number, "accept", "").await.is_problem(403, "forbidden");
    decide(&receiver, &number, "answer", "x").await.is_problem(403, "forbidden");
    assert_eq!(decide(&receiver, &number, "ask", "which node?").await.status, StatusCode::OK);
    assert_eq!(decide(&giver, &number, "answer", "node 2").await.status, StatusCode::OK);
    giver
        .post(&format!("/cases/{number}/notes"), &json!({ "audience": "internal", "text": "new" }))
        .await;
    let changed = receiver.get("/handoffs").await.json()[0]["cases"][0]["changed"].clone();
    assert_eq!(changed, json!(["1 new note"]), "what changed since it was sent");
    let accepted = decide(&receiver, &number, "accept", "").await;
    assert_eq!(accepted.json()["assignee"]["id"], them.as_str(), "{}", accepted.text);
    decide(&receiver, &number, "accept", "").await.is_problem(409, "conflict");
    assert_eq!(receiver.get("/handoffs").await.json(), json!([]));
    let sent = giver.get("/handoffs?of=sent").await.json();
    assert_eq!(
        (&sent[0]["cases"][0]["state"], &sent[0]["questions"]),
        (&json!("accepted"), &json!(1))
    );
    let timeline = giver.get(&format!("/cases/{number}/timeline")).await.json();
    let kinds: Vec<&str> = timeline["items"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["kind"].as_str().expect("a kind"))
        .collect();
    for kind in ["handed_off", "handoff_asked", "handoff_answered", "handoff_accepted"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    // nothing happened since: the next packet of it says so, of the owner alone
    let draft = receiver.get("/handoffs/draft").await.json();
    assert_eq!(draft[0]["difference"], json!(["1 new note", "next step: look at the pool"]));

    let id = sent[0]["id"].as_str().expect("an id");
    let text = giver.get(&format!("/handoffs/{id}/packet.md")).await;
    assert!(text.text.contains("it is <b>slow</b>") && text.text.contains("# Quiet night"));
    let page = giver.get(&format!("/handoffs/{id}/packet.html")).await;
    assert!(page.text.contains("it is &lt;b&gt;slow&lt;/b&gt;"), "{}", page.text);
    assert!(page.text.contains("default-src 'none'"));
    assert_eq!(page.headers["content-disposition"], "attachment; filename=\"handoff.html\"");
}

#[tokio::test]
async fn what_happens_meanwhile_is_a_conflict_and_nothing_is_lost() {
    let desk = Desk::new().await;
    let giver = desk.browser(Role::Senior).await;
    let receiver = desk.browser(Role::Agent).await;
    let manager = desk.browser(Role::Manager).await;
    let them = id_of(&receiver).await;
    let (taken, solved) = (own_case(&giver, "one").await, own_case(&giver, "two").await);
    let first = giver.post("/handoffs", &packet(&them, &[&taken, &solved])).await.json();
    let second = giver.post("/handoffs", &packet(&them, &[&taken])).await.json();
    // sent twice: whoever reads the older packet is told
    let old = json!({ "decision": "accept", "handoff_id": first["id"] });
    receiver.post(&format!("/cases/{taken}/handoff"), &old).await.is_problem(409, "conflict");
    let inbox = receiver.get("/handoffs").await.json();
    assert_eq!(inbox[0]["cases"][0]["state"], "replaced");
    assert_eq!(inbox[1]["id"], second["id"]);
    giver.post(&format!("/cases/{solved}/resolve"), &json!({ "resolution": "done" })).await;
    decide(&receiver, &solved, "accept", "").await.is_problem(409, "conflict");
    let boss = id_of(&manager).await;
    manager.post(&format!("/cases/{taken}/assign"), &json!({ "assignee": boss })).await;
    decide(&receiver, &taken, "accept", "").await.is_problem(409, "conflict");
    assert_eq!(owner(&giver, &taken).await, boss.as_str());
    giver.post("/handoffs", &packet(&them, &[&taken])).await.is_problem(409, "conflict");
    assert_eq!(receiver.get("/handoffs").await.json(), json!([]));
    // the receiver leaves before it is taken: the giver still owns it
    let third = own_case(&giver, "three").await;
    giver.post("/handoffs", &packet(&them, &[&third])).await;
    let removed =
        manager.post(&format!("/people/{them}/remove"), &json!({ "reason": "left" })).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT, "{}", removed.text);
    assert_eq!(owner(&giver, &third).await, id_of(&giver).await.as_str());
    giver.post("/handoffs", &packet(&them, &[&third])).await.is_problem(409, "conflict");
    let again = giver.post("/handoffs", &packet(&boss, &[&third])).await;
    assert_eq!(again.status, StatusCode::CREATED, "{}", again.text);
    assert_eq!(decide(&manager, &third, "accept", "").await.status, StatusCode::OK);
    giver.post("/handoffs", &json!({ "cases": [] })).await.is_problem(400, "invalid");
    giver.post("/handoffs", &packet(&boss, &[])).await.is_problem(400, "invalid");
    let stakeholder = desk.browser(Role::Stakeholder).await;
    stakeholder.get("/handoffs/draft").await.is_problem(403, "forbidden");
    assert_eq!(stakeholder.get("/home").await.status, StatusCode::OK);
}

/// The clock jumps a day, as a laptop that slept: the lead is told once, and of what still waits.
#[tokio::test]
async fn the_lead_is_told_of_what_nobody_took() {
    let desk = Desk::new().await;
    let giver = desk.browser(Role::Senior).await;
    let receiver = desk.browser(Role::Agent).await;
    let lead = desk.browser(Role::Manager).await;
    let (them, boss) = (id_of(&receiver).await, id_of(&lead).await);
    let team = json!({ "name": "L3", "lead": boss, "members": [boss, them] });
    let team = lead.post("/teams", &team).await.json();
    let (kept, taken) = (own_case(&giver, "one").await, own_case(&giver, "two").await);
    let mut body = packet("", &[&kept, &taken]);
    body.as_object_mut().expect("an object").remove("to_person");
    body["to_team"] = team["id"].clone();
    let sent = giver.post("/handoffs", &body).await;
    assert_eq!(sent.json()["receiver"], "L3", "{}", sent.text);
    assert_eq!(decide(&receiver, &taken, "accept", "").await.status, StatusCode::OK);
    assert_eq!(lead.get("/handoffs?of=late").await.json(), json!([]));
    desk.advance(11 * 3_600);
    desk.app.start_worker();
    let looking = async {
        loop {
            let late = lead.get("/handoffs?of=late").await.json();
            if late != json!([]) {
                return late;
            }
            tokio::task::yield_now().await;
        }
    };
    let late = tokio::time::timeout(Duration::from_secs(20), looking).await.expect("told");
    assert_eq!((&late[0]["lead"]["id"], &late[0]["id"]), (&json!(boss), &sent.json()["id"]));
    assert_eq!(giver.get("/handoffs?of=late").await.json(), json!([]), "only the lead is told");
    assert_eq!(decide(&lead, &kept, "refuse", "not ours").await.status, StatusCode::OK);
    assert_eq!(lead.get("/handoffs?of=late").await.json(), json!([]));
    let sent = giver.get("/handoffs?of=sent").await.json();
    assert_eq!(sent[0]["cases"][0]["reason"], "not ours");
    desk.app.close().await;
}
