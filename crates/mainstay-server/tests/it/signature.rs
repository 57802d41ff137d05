//! A resolved case leaves a signature, and the next bundle with that signature is recognised when it
//! comes: over HTTP, by those who may.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::bundle::wait;
use crate::desk::{Browser, Desk};

/// Minutes of a log of other hosts, times and numbers for every seed; a trouble in its last third.
fn log(seed: u32, trouble: Option<&str>) -> String {
    let mut text = String::new();
    for second in 0..600_u32 {
        let time =
            format!("2026-11-{:02}T09:{:02}:{:02}Z", 1 + seed % 20, second / 60, second % 60);
        let order = second * 7919 + seed * 104_729;
        let line = match trouble {
            Some(what) if second >= 400 && second % 2 == 0 => {
                format!("ERROR ledger {} for order {order}", what)
            }
            _ => format!("INFO ledger posting of order {order} written in {} ms", 3 + order % 9),
        };
        text.push_str(&format!("{time} {line}\n"));
    }
    text
}

const POOL: &str = "ORA-00060 no connection in pool, gave up";
const CERTIFICATE: &str = "EHOSTUNREACH handshake with payments failed";

async fn attach(desk: &Desk, browser: &Browser<'_>, number: &str, content: String) -> String {
    let path = format!("/cases/{number}/bundles?name=ledger.log");
    let headers = [("content-type", "application/octet-stream")];
    let sent = browser.send(Method::POST, &path, Body::from(content), &headers).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let bundle = wait(desk, browser, &sent.json()).await;
    assert_eq!(bundle["state"], "ready", "{bundle}");
    bundle["id"].as_str().expect("an id").to_owned()
}

async fn matches(browser: &Browser<'_>, bundle: &str) -> Vec<Value> {
    let found = browser.get(&format!("/bundles/{bundle}/matches")).await.json();
    found.as_array().expect("a list").clone()
}

#[tokio::test]
async fn the_next_bundle_with_the_trouble_is_recognised_on_arrival() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let first = browser.open_case("pool is empty").await;
    let nothing = browser.get(&format!("/cases/{first}/signature-proposal")).await.json();
    assert_eq!((&nothing["text"], nothing["none"].is_string()), (&json!(""), true), "{nothing}");
    let bundle = attach(&desk, &browser, &first, log(1, Some(POOL))).await;
    assert!(matches(&browser, &bundle).await.is_empty(), "nothing is known yet");

    let resolved = json!({ "resolution": "raised the pool" });
    assert_eq!(browser.post(&format!("/cases/{first}/resolve"), &resolved).await.status, 200);
    let proposal = browser.get(&format!("/cases/{first}/signature-proposal")).await.json();
    assert_eq!(proposal["bundle_id"], json!(bundle), "{proposal}");
    let text = proposal["text"].as_str().expect("a text");
    assert!(text.contains("code ORA-00060"), "{text}");
    let text = text.replacen("kind:", "workaround: restart <b>the ledger</b>\n  twice\nkind:", 1);
    let draft = json!({ "text": text, "bundle_id": bundle });
    let drafted = browser.post(&format!("/cases/{first}/signatures"), &draft).await;
    assert_eq!(drafted.status, StatusCode::CREATED, "{}", drafted.text);
    let drafted = drafted.json();
    assert_eq!((&drafted["number"], &drafted["stage"]), (&json!("SIG-1001"), &json!("draft")));
    assert_eq!(drafted["case_number"], json!(first));

    // a draft is not matched
    let second = browser.open_case("orders fail").await;
    let before = attach(&desk, &browser, &second, log(2, Some(POOL))).await;
    assert!(matches(&browser, &before).await.is_empty());
    let active = browser.post("/signatures/SIG-1001/activate", &json!({})).await.json();
    assert_eq!(active["stage"], "active", "{active}");
    let again = browser.post(&format!("/bundles/{before}/matches"), &json!({})).await.json();
    assert_eq!(again[0]["signature"], "SIG-1001", "{again}");

    let third = browser.open_case("orders fail again").await;
    let arrived = attach(&desk, &browser, &third, log(3, Some(POOL))).await;
    let found = matches(&browser, &arrived).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let found = &found[0];
    assert_eq!((&found["origin_case"], &found["rank"]), (&json!(first), &json!(1)));
    assert_eq!(found["workaround"], "restart <b>the ledger</b>\ntwice");
    assert!(found["score"].as_f64().is_some_and(|score| score > 0.9), "{found}");
    assert_eq!(found["false_match"], Value::Null, "one other case says nothing: {found}");
    assert_eq!(found["other_cases"], 1, "neither its own case nor the one that left it: {found}");
    let shared = found["shared"].as_array().expect("reasons");
    let said = shared.iter().find(|it| it["words"] != "").expect("a message");
    let cited = format!("/bundles/{arrived}/cited?file={}&line={}", said["file"], said["line"]);
    let line = browser.get(&cited).await.json();
    let line = browser.get(&format!("/bundles/{arrived}/lines/{}", line["row"])).await.json();
    assert!(line["text"].as_str().is_some_and(|text| text.contains("ORA-00060")), "{line}");
    let timeline = browser.get(&format!("/cases/{third}/timeline")).await.json();
    let entries = timeline["items"].as_array().expect("entries");
    let told = entries.iter().find(|it| it["kind"] == "bundle_recognised").expect("an entry");
    let title = format!("SIG-1001 ({first}): pool is empty");
    assert_eq!(told["title"], json!(title));

    // nothing else looks like it
    for (seed, trouble) in [(4, None), (5, Some(CERTIFICATE))] {
        let other = browser.open_case("something else").await;
        let other = attach(&desk, &browser, &other, log(seed, trouble)).await;
        assert!(matches(&browser, &other).await.is_empty(), "{trouble:?}");
    }

    let answer = format!("/bundles/{arrived}/matches/SIG-1001/answer");
    browser.post(&answer, &json!({ "answer": "not_this" })).await.is_problem(400, "invalid");
    let unknown = format!("/bundles/{arrived}/matches/SIG-1009/answer");
    browser.post(&unknown, &json!({ "answer": "confirmed" })).await.is_problem(404, "not_found");
    let yes = browser.post(&answer, &json!({ "answer": "confirmed" })).await.json();
    assert_eq!((&yes[0]["answer"], &yes[0]["confirmed"]), (&json!("confirmed"), &json!(1)));
    let no = json!({ "answer": "not_this", "reason": "it was the network" });
    browser.post(&format!("/bundles/{before}/matches/SIG-1001/answer"), &no).await;
    let shown = browser.get("/signatures/SIG-1001").await.json();
    assert_eq!((&shown["confirmed"], &shown["answered"]), (&json!(1), &json!(2)), "{shown}");
    assert_eq!(shown["matches"].as_array().expect("matches").len(), 2);

    let retired = json!({ "reason": "fixed in 7.4.2" });
    assert_eq!(
        browser.post("/signatures/SIG-1001/retire", &retired).await.json()["stage"],
        "retired"
    );
    let last = browser.open_case("orders fail once more").await;
    let last = attach(&desk, &browser, &last, log(6, Some(POOL))).await;
    assert!(matches(&browser, &last).await.is_empty(), "a retired one is not matched");
}

const TEXT: &str = "mainstay-signature 2\nname: deadlock\ncode ORA-00060\n";

#[tokio::test]
async fn a_signature_is_edited_by_those_who_may_and_never_over_another_edit() {
    let desk = Desk::new().await;
    let senior = desk.browser(Role::Senior).await;
    let agent = desk.browser(Role::Agent).await;
    let bad = senior
        .post("/signatures", &json!({ "text": "mainstay-signature 2\nname: x\nwat\n" }))
        .await;
    bad.is_problem(400, "invalid");
    assert!(
        bad.json()["detail"].as_str().is_some_and(|it| it.starts_with("line 3: ")),
        "{}",
        bad.text
    );
    let drafted = agent.post("/signatures", &json!({ "text": TEXT })).await;
    assert_eq!(drafted.status, StatusCode::CREATED, "{}", drafted.text);
    agent.post("/signatures/SIG-1001/activate", &json!({})).await.is_problem(403, "forbidden");

    let edit = |seen: u64, name: &str| {
        let body = json!({ "text": TEXT.replace("deadlock", name) }).to_string();
        (seen, Body::from(body))
    };
    let put = async |browser: &Browser<'_>, (seen, body): (u64, Body)| {
        let tag = format!("\"{seen}\"");
        let headers = [("content-type", "application/json"), ("if-match", tag.as_str())];
        browser.send(Method::PUT, "/signatures/SIG-1001", body, &headers).await
    };
    let edited = put(&agent, edit(1, "lock")).await;
    assert_eq!(
        (edited.status, &edited.headers["etag"]),
        (StatusCode::OK, &"\"2\"".parse().expect("a tag"))
    );
    put(&senior, edit(1, "block")).await.is_problem(412, "stale");
    assert_eq!(senior.post("/signatures/SIG-1001/activate", &json!({})).await.status, 200);
    put(&agent, edit(3, "mine")).await.is_problem(403, "forbidden");
    assert_eq!(put(&senior, edit(3, "block")).await.json()["name"], "block");
    senior
        .post("/signatures/SIG-1001/retire", &json!({ "reason": " " }))
        .await
        .is_problem(400, "invalid");
    let page = senior.get("/signatures?stage=active&text=BLO").await.json();
    assert_eq!((&page["total"], &page["items"][0]["version"]), (&json!(1), &json!(4)), "{page}");
    senior.get("/signatures/SIG-7").await.is_problem(404, "not_found");
    senior.get("/signatures/x").await.is_problem(404, "not_found");

    let number = senior.open_case("a question").await;
    let none = format!("/cases/{number}/no-signature");
    senior.post(&none, &json!({ "reason": "a question" })).await.is_problem(409, "conflict");
    senior.post(&format!("/cases/{number}/resolve"), &json!({ "resolution": "told" })).await;
    let said = senior.post(&none, &json!({ "reason": "a question" })).await;
    assert_eq!(said.status, StatusCode::NO_CONTENT, "{}", said.text);
    let stakeholder = desk.browser(Role::Stakeholder).await;
    stakeholder.get("/signatures").await.is_problem(403, "forbidden");
}
