//! Customers over HTTP, and whose case a case is.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Answer, Browser, Desk};

async fn put(browser: &Browser<'_>, path: &str, body: &Value, version: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("if-match", version)];
    browser.send(Method::PUT, path, Body::from(body.to_string()), &headers).await
}

#[tokio::test]
async fn a_case_is_theirs_by_name_and_keeps_its_tier() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let old = senior.open_case("free text").await;
    let profile = json!({ "name": "Acme <script>alert(1)</script>", "tier": "platinum",
        "uses": [{ "product": "Shop", "version": "7.4.1", "environment": "production" }],
        "contacts": [{ "name": "Dana", "email": "dana@acme.example" }] });
    let added = senior.post_with("/customers", &profile, &[("idempotency-key", "acme")]).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text);
    let again = senior.post_with("/customers", &profile, &[("idempotency-key", "acme")]).await;
    let id = added.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(again.json()["id"], id.as_str(), "a replay adds nobody");
    senior.post("/customers", &profile).await.is_problem(409, "conflict");

    let body =
        json!({ "subject": "x", "severity": "P2", "customer": "ACME <SCRIPT>alert(1)</script> " });
    let opened = senior.post("/cases", &body).await.json();
    assert_eq!(opened["customer_id"], id.as_str(), "{opened}");
    assert_eq!((&opened["customer"], &opened["tier"]), (&profile["name"], &json!("platinum")));
    let unset = senior.get(&format!("/cases/{old}")).await.json();
    assert_eq!((&unset["customer_id"], &unset["tier"]), (&Value::Null, &json!("")));
    let set = senior.post(&format!("/cases/{old}/customer"), &json!({ "customer_id": id })).await;
    assert_eq!(set.json()["tier"], "platinum", "{}", set.text);
    let free =
        senior.post(&format!("/cases/{old}/customer"), &json!({ "name": "Nobody Ltd" })).await;
    assert_eq!(
        (&free.json()["customer"], &free.json()["customer_id"]),
        (&json!("Nobody Ltd"), &Value::Null)
    );
    let nobody = json!({ "customer_id": "00000000-0000-0000-0000-000000000001" });
    senior.post(&format!("/cases/{old}/customer"), &nobody).await.is_problem(404, "not_found");

    let path = format!("/customers/{id}");
    let mut gold = profile.clone();
    gold["tier"] = json!("gold");
    let changed = put(&senior, &path, &gold, "\"1\"").await;
    assert_eq!(
        (changed.status, &changed.headers["etag"].to_str().ok()),
        (StatusCode::OK, &Some("\"2\""))
    );
    let second = put(&senior, &path, &profile, "\"1\"").await;
    second.is_problem(412, "stale");
    assert!(second.text.contains("it differs from yours in: tier"), "{}", second.text);
    let cases = senior.get(&format!("{path}/cases")).await.json();
    assert_eq!((&cases[0]["number"], &cases[0]["tier"]), (&opened["number"], &json!("platinum")));
    let list = senior.get("/customers?text=acme&limit=1").await.json();
    assert_eq!((&list["total"], &list["items"][0]["open_cases"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn who_may_not_is_told_so() {
    let desk = Desk::new().await;
    let agent = desk.browser(Role::Agent).await;
    agent.post("/customers", &json!({ "name": "Acme" })).await.is_problem(403, "forbidden");
    let senior = desk.browser(Role::Senior).await;
    senior.post("/customers", &json!({ "name": "" })).await.is_problem(400, "invalid");
    senior.post("/customers", &json!({ "name": "A\nB" })).await.is_problem(400, "invalid");
    senior.post("/customers", &json!({ "name": "x", "who": 1 })).await.is_problem(400, "invalid");
    senior.get("/customers/none").await.is_problem(404, "not_found");
    desk.stranger().get("/customers").await.is_problem(401, "unauthenticated");
}
