//! People and teams over HTTP: whose hours they are, and how somebody leaves.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Answer, Browser, Desk};

async fn id_of(browser: &Browser<'_>) -> String {
    browser.get("/session").await.json()["user"]["id"].as_str().expect("an id").to_owned()
}

async fn put(browser: &Browser<'_>, path: &str, body: &Value, version: u64) -> Answer {
    let tag = format!("\"{version}\"");
    let headers = [("content-type", "application/json"), ("if-match", tag.as_str())];
    browser.send(Method::PUT, path, Body::from(body.to_string()), &headers).await
}

#[tokio::test]
async fn absences_and_skills_are_ones_own_and_hours_the_managers() {
    let desk = Desk::new().await;
    let agent = desk.browser(Role::Agent).await;
    let manager = desk.browser(Role::Manager).await;
    let (me, boss) = (id_of(&agent).await, id_of(&manager).await);
    let path = format!("/people/{me}");
    // 2026-11-24 is today
    let own = json!({ "skills": [{ "name": "Shop", "level": 3 }], "languages": ["Danish"],
        "absences": [{ "from": "2026-11-24T00:00:00Z", "to": "2026-11-26T00:00:00Z",
            "kind": "leave", "cover": boss }] });
    let changed = put(&agent, &path, &own, 0).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert_eq!(changed.json()["absence"]["kind"], "leave");
    assert_eq!((&changed.json()["works"], &changed.json()["version"]), (&json!(false), &json!(1)));
    put(&agent, &path, &own, 0).await.is_problem(412, "stale");
    let mut hours = own.clone();
    hours["hours"] = json!({ "calendar": "24x7", "zone": "Europe/Copenhagen" });
    put(&agent, &path, &hours, 1).await.is_problem(403, "forbidden");
    assert_eq!(put(&manager, &path, &hours, 1).await.status, StatusCode::OK);
    hours["hours"]["calendar"] = json!("nowhere");
    put(&manager, &path, &hours, 2).await.is_problem(400, "invalid");
    put(&agent, &format!("/people/{boss}"), &own, 0).await.is_problem(403, "forbidden");
    let there = agent.get("/people/at-work?area=shop").await.json();
    let of = |login: &str| {
        there
            .as_array()
            .expect("people")
            .iter()
            .find(|it| it["person"]["login"] == login)
            .expect(login)
    };
    assert_eq!((&of("agent-1")["fit"], &of("manager-1")["fit"]), (&json!(3), &json!(0)));
    assert_eq!(agent.post("/shift/start", &json!({})).await.status, StatusCode::NO_CONTENT);
    assert!(agent.get("/home").await.json()["me"]["on_shift_since"].is_string());
    assert_eq!(agent.post("/shift/end", &json!({})).await.status, StatusCode::NO_CONTENT);
    assert!(agent.get("/home").await.json()["me"]["left_at"].is_string());
    // somebody who is away can be given a case all the same: the UI asks, the desk does not refuse
    let number = agent.open_case("slow").await;
    let assigned =
        manager.post(&format!("/cases/{number}/assign"), &json!({ "assignee": me })).await;
    assert_eq!(assigned.status, StatusCode::OK);
    let there = agent.get("/people/at-work").await.json();
    let mine =
        there.as_array().expect("people").iter().find(|it| it["person"]["id"] == me.as_str());
    assert_eq!(mine.expect("me")["load"], json!([0, 1, 0, 0]));
    assert_eq!(mine.expect("me")["weight"], 4);
}

#[tokio::test]
async fn who_leaves_gives_their_cases_away_and_does_not_come_back_in() {
    let desk = Desk::new().await;
    let agent = desk.browser(Role::Agent).await;
    let manager = desk.browser(Role::Manager).await;
    let (them, boss) = (id_of(&agent).await, id_of(&manager).await);
    let number = agent.open_case("slow").await;
    agent.post(&format!("/cases/{number}/assign"), &json!({ "assignee": them })).await;
    let team = json!({ "name": "L2", "lead": them, "members": [them, boss] });
    let team = manager.post("/teams", &team).await;
    assert_eq!(team.status, StatusCode::CREATED, "{}", team.text);
    manager.post("/teams", &json!({ "name": " l2" })).await.is_problem(409, "conflict");
    agent.post("/teams", &json!({ "name": "L9" })).await.is_problem(403, "forbidden");
    let path = format!("/people/{them}/remove");
    agent.post(&path, &json!({ "reason": "bye" })).await.is_problem(403, "forbidden");
    let refused = manager.post(&path, &json!({ "reason": "left" })).await;
    refused.is_problem(409, "conflict");
    assert!(refused.text.contains("owns 1 open cases (MS-1001)"), "{}", refused.text);
    let itself = json!({ "reason": "left", "give_to": them });
    manager.post(&path, &itself).await.is_problem(400, "invalid");
    assert_eq!(agent.get("/cases").await.status, StatusCode::OK, "nothing happened yet");
    let gone = json!({ "reason": "left", "give_to": boss });
    assert_eq!(manager.post(&path, &gone).await.status, StatusCode::NO_CONTENT);
    agent.get("/cases").await.is_problem(401, "unauthenticated");
    let mut again = desk.stranger();
    again.sign_in("agent-1", crate::desk::PASSWORD).await.is_problem(401, "unauthenticated");
    let case = manager.get(&format!("/cases/{number}")).await.json();
    assert_eq!(
        (&case["assignee"]["id"], &case["opened_by"]["name"]),
        (&json!(boss), &json!("The agent"))
    );
    let team = manager.get("/teams").await.json();
    assert_eq!(
        (&team[0]["profile"]["lead"], &team[0]["profile"]["members"]),
        (&Value::Null, &json!([boss]))
    );
    let back = json!({ "assignee": them });
    manager.post(&format!("/cases/{number}/assign"), &back).await.is_problem(409, "conflict");
    manager.post(&path, &gone).await.is_problem(409, "conflict");
    let person = manager.get(&format!("/people/{them}")).await.json();
    assert_eq!((&person["removed"], &person["removed_reason"]), (&json!(true), &json!("left")));
    manager.post(&format!("/people/{boss}/remove"), &gone).await.is_problem(409, "conflict");
    // an administrator is removed by administrators only, and the last one stays
    let admin = desk.browser(Role::Admin).await;
    let root = id_of(&admin).await;
    let leave = json!({ "reason": "left" });
    manager.post(&format!("/people/{root}/remove"), &leave).await.is_problem(403, "forbidden");
}
