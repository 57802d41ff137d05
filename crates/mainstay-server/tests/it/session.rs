//! Who may come in, and how far.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::desk::{Desk, PASSWORD};

/// Generated from the description: nothing is reachable without a session but signing in.
#[tokio::test]
async fn every_route_asks_who_is_there() {
    let desk = Desk::new().await;
    let api: Value = serde_json::from_str(&mainstay_server::openapi_json().expect("JSON"))
        .expect("a description");
    let mut asked = 0;
    for (path, methods) in api["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            if path == "/session" && method == "post" {
                continue;
            }
            let path = path
                .replace("{number}", "MS-1001")
                .replace("{evidence}", "E1")
                .replace("{id}", "01a20c39-04bb-7713-81ae-603724d19088")
                .replace("{row}", "0");
            let method: Method = method.to_uppercase().parse().expect("a method");
            let headers = [("content-type", "application/json")];
            let answer = desk.stranger().send(method, &path, Body::from("{}"), &headers).await;
            answer.is_problem(401, "unauthenticated");
            asked += 1;
        }
    }
    assert!(asked >= 30, "only {asked} routes were asked");
}

#[tokio::test]
async fn a_wrong_password_says_no_more_than_that() {
    let desk = Desk::new().await;
    desk.add("kim", Role::Senior).await;
    let mut browser = desk.stranger();
    let wrong = browser.sign_in("kim", "not the password").await;
    wrong.is_problem(401, "unauthenticated");
    let unknown = browser.sign_in("nobody", "not the password").await;
    assert_eq!(wrong.json()["detail"], unknown.json()["detail"]);
    for _ in 0..9 {
        browser.sign_in("kim", "not the password").await.is_problem(401, "unauthenticated");
    }
    browser.sign_in("kim", PASSWORD).await.is_problem(503, "busy");
    desk.advance(6 * 60);
    assert_eq!(browser.sign_in("kim", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_ends_by_signing_out_and_by_time() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    assert_eq!(browser.get("/session").await.status, StatusCode::OK);
    let out = browser.send(Method::DELETE, "/session", Body::empty(), &[]).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    browser.get("/session").await.is_problem(401, "unauthenticated");

    let browser = desk.browser(Role::Manager).await;
    desk.advance(13 * 3600);
    browser.get("/session").await.is_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_made_up_token_is_nobody() {
    let desk = Desk::new().await;
    let mut browser = desk.stranger();
    browser.cookie = Some("mainstay=ms_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned());
    browser.get("/session").await.is_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_write_needs_the_page_of_its_session() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let body = json!({ "subject": "x", "severity": "P3" });
    for forged in ["", "ms_wrong"] {
        let answer = browser.post_with("/cases", &body, &[("x-csrf-token", forged)]).await;
        answer.is_problem(403, "forbidden");
    }
    assert_eq!(browser.get("/cases/counts").await.json()["all"], 0);
}

#[tokio::test]
async fn a_foreign_host_name_is_not_answered() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let headers = [("host", "evil.example")];
    let answer = browser.send(Method::GET, "/session", Body::empty(), &headers).await;
    answer.is_problem(403, "forbidden");
}

#[tokio::test]
async fn roles_meet_their_limits_in_the_use_case() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let number = senior.open_case("limits").await;
    let stakeholder = desk.browser(Role::Stakeholder).await;
    assert_eq!(stakeholder.get(&format!("/cases/{number}")).await.status, StatusCode::OK);
    let note = json!({ "audience": "internal", "text": "hello" });
    let answer = stakeholder.post(&format!("/cases/{number}/notes"), &note).await;
    answer.is_problem(403, "forbidden");
    let engineer = desk.browser(Role::Engineer).await;
    let public = json!({ "audience": "public", "text": "hello" });
    let answer = engineer.post(&format!("/cases/{number}/notes"), &public).await;
    answer.is_problem(403, "forbidden");
    senior.post("/sample", &json!({})).await.is_problem(403, "forbidden");
    let customer = desk.browser(Role::Customer).await;
    customer.get("/cases").await.is_problem(403, "forbidden");
}

#[tokio::test]
async fn every_answer_carries_the_second_wall() {
    let desk = Desk::new().await;
    for path in ["//sign-in", "/session", "//queue", "//nowhere", "//public.css"] {
        let answer = desk.stranger().get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().expect("a policy");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn the_sign_in_form_refuses_other_sites_and_open_redirects() {
    let desk = Desk::new().await;
    desk.add("kim", Role::Senior).await;
    let form =
        |next: &str| Body::from(format!("login=kim&password=correct+horse+battery&next={next}"));
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("origin", "https://evil.example")];
    let stranger = desk.stranger();
    let answer = stranger.send(Method::POST, "//sign-in", form("/queue"), &headers).await;
    answer.is_problem(403, "forbidden");
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://localhost")];
    let answer = stranger.send(Method::POST, "//sign-in", form("//evil.example"), &headers).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["location"], "/");
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}
