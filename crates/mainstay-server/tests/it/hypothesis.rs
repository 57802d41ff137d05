//! What broke over HTTP: the ranking, taking up and judging a suspect, the good bundle beside it.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use mainstay_core::Role;
use serde_json::{Value, json};

use crate::bundle::wait;
use crate::desk::{Browser, Desk};

/// The sample failure: its pool of connections became too small.
const OUTAGE: &[u8] = include_bytes!("../../../../examples/shop-outage.tar.gz");

/// Minutes of a healthy log; with a fault the last third cannot connect.
fn log(is_good: bool) -> String {
    let mut text = String::new();
    for second in 0..600 {
        let time = format!("2026-11-24T09:{:02}:{:02}Z", second / 60, second % 60);
        let line = if !is_good && second >= 400 {
            "ERROR ledger could not connect to database: connection refused"
        } else {
            "INFO ledger posting written in 4 ms"
        };
        text.push_str(&format!("{time} {line}\n"));
    }
    text
}

async fn attach(
    desk: &Desk,
    browser: &Browser<'_>,
    number: &str,
    name: &str,
    content: impl Into<Body>,
) -> String {
    let path = format!("/cases/{number}/bundles?name={name}");
    let headers = [("content-type", "application/octet-stream")];
    let sent = browser.send(Method::POST, &path, content.into(), &headers).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.text);
    let bundle = wait(desk, browser, &sent.json()).await;
    assert_eq!(bundle["state"], "ready", "{bundle}");
    bundle["id"].as_str().expect("an id").to_owned()
}

fn first_suspect(ranking: &Value) -> &Value {
    ranking["suspects"].get(0).unwrap_or_else(|| panic!("nobody is suspected: {ranking}"))
}

#[tokio::test]
async fn a_suspect_is_taken_up_judged_and_cited() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("ledger is down").await;
    let id = attach(&desk, &browser, &number, "shop-outage.tar.gz", OUTAGE).await;
    let ranking = browser.get(&format!("/bundles/{id}/ranking")).await.json();
    assert_eq!(ranking["verdict"], "fault", "{ranking}");
    let suspect = first_suspect(&ranking);
    for told in ["next_check", "mitigation", "statement"] {
        assert!(!suspect[told].as_str().expect("a text").is_empty(), "{told} of {suspect}");
    }
    let known = &suspect["known_causes"];
    assert!(known.as_array().is_some_and(|all| !all.is_empty()), "the library knows it: {suspect}");
    assert_eq!(suspect["component"], "ledger");
    let cites = suspect["cites"].as_array().expect("places");
    let cite = |end: &str| {
        let found = cites.iter().find(|it| it["path"].as_str().is_some_and(|it| it.ends_with(end)));
        let cite = found.unwrap_or_else(|| panic!("no place in {end}: {suspect}"));
        assert_eq!(cite["bundle_id"], json!(id));
        format!("/bundles/{id}/cited?file={}&line={}&component=ledger", cite["file"], cite["line"])
    };
    let line = browser.get(&cite(".log")).await.json();
    assert_eq!(line["what"], "line", "{line}");
    let line = browser.get(&format!("/bundles/{id}/lines/{}", line["row"])).await.json();
    assert!(line["text"].as_str().is_some_and(|text| text.contains("pool")), "{line}");
    let span = browser.get(&cite(".jsonl")).await.json();
    assert_eq!(span["what"], "span", "{span}");
    let trace = span["trace"].as_str().expect("a trace");
    let trace = browser.get(&format!("/bundles/{id}/traces/{trace}")).await.json();
    let cited =
        trace["spans"].as_array().expect("spans").iter().find(|it| it["id"] == span["span"]);
    assert_eq!(cited.expect("the span is in its trace")["service"], "ledger");

    let hypotheses = format!("/cases/{number}/hypotheses");
    let pin = json!({ "bundle_id": id, "component": suspect["component"] });
    let pinned = browser.post(&hypotheses, &pin).await;
    assert_eq!(pinned.status, StatusCode::CREATED, "{}", pinned.text);
    assert_eq!(pinned.json()["citation"], format!("{number}/H1"));
    let again = browser.post(&hypotheses, &pin).await;
    assert_eq!(again.json()["number"], "H1", "the same suspect is the same hypothesis");
    let judgement = format!("{hypotheses}/H1/judgement");
    let confirm = json!({ "judgement": "confirmed", "reason": "the pool *was* full <b>" });
    let judged = browser.post(&judgement, &confirm).await.json();
    assert_eq!(judged["judgement"], "confirmed", "{judged}");
    assert_eq!(judged["reason_html"], "<p>the pool <em>was</em> full &lt;b&gt;</p>\n");
    let note = json!({ "audience": "internal", "text": "see [H1]" });
    let note = browser.post(&format!("/cases/{number}/notes"), &note).await.json();
    let html = note["html"].as_str().expect("html");
    assert!(html.contains(&format!("/cases/{number}/hypotheses/H1")), "{html}");
    let timeline = browser.get(&format!("/cases/{number}/timeline")).await.json();
    let kinds: Vec<&Value> =
        timeline["items"].as_array().expect("items").iter().map(|it| &it["kind"]).collect();
    assert!(kinds.contains(&&json!("hypothesis_confirmed")), "{kinds:?}");
}

#[tokio::test]
async fn what_cannot_be_judged_is_refused() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("ledger is down").await;
    let id = attach(&desk, &browser, &number, "shop-outage.tar.gz", OUTAGE).await;
    let hypotheses = format!("/cases/{number}/hypotheses");
    let nobody = json!({ "bundle_id": id, "component": "nobody" });
    browser.post(&hypotheses, &nobody).await.is_problem(404, "not_found");
    let torn = json!({ "bundle_id": "x", "component": "ledger" });
    browser.post(&hypotheses, &torn).await.is_problem(400, "invalid");
    let judge = |reason: &str| json!({ "judgement": "refuted", "reason": reason });
    let none = format!("{hypotheses}/H9/judgement");
    browser.post(&none, &judge("x")).await.is_problem(404, "not_found");
    browser.get(&format!("{hypotheses}/E1")).await.is_problem(404, "not_found");
    let ranking = browser.get(&format!("/bundles/{id}/ranking")).await.json();
    let pin = json!({ "bundle_id": id, "component": first_suspect(&ranking)["component"] });
    browser.post(&hypotheses, &pin).await;
    let judgement = format!("{hypotheses}/H1/judgement");
    browser.post(&judgement, &judge(" ")).await.is_problem(400, "invalid");
    let odd = json!({ "judgement": "perhaps", "reason": "x" });
    browser.post(&judgement, &odd).await.is_problem(400, "invalid");
    let stakeholder = desk.browser(Role::Stakeholder).await;
    stakeholder.post(&judgement, &judge("x")).await.is_problem(403, "forbidden");
    stakeholder.get(&format!("/bundles/{id}/ranking")).await.is_problem(403, "forbidden");
    let seen = stakeholder.get(&hypotheses).await.json();
    assert_eq!(seen[0]["number"], "H1", "what was taken up is part of the case");
}

#[tokio::test]
async fn a_good_bundle_is_chosen_once_and_its_comparison_is_kept() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("ledger is down").await;
    let good = attach(&desk, &browser, &number, "good.log", log(true)).await;
    let bad = attach(&desk, &browser, &number, "bad.log", log(false)).await;
    let choose = format!("/bundles/{bad}/reference");
    let chosen = browser.post(&choose, &json!({ "reference": good })).await.json();
    assert_eq!(chosen["reference"], json!(good), "{chosen}");
    let beside = format!("/bundles/{bad}/ranking?reference={good}");
    let ranking = browser.get(&beside).await.json();
    assert_eq!(ranking["reference"], json!(good), "{ranking}");
    let comparison =
        browser.get(&format!("/bundles/{bad}/comparison?reference={good}")).await.json();
    let new = comparison["new"].as_array().expect("a list");
    let refused =
        new.iter().find(|it| it["text"].as_str().is_some_and(|it| it.contains("refused")));
    let refused = refused.unwrap_or_else(|| panic!("{comparison}"));
    assert_eq!((&refused["good"], &refused["bad"]), (&json!(0), &json!(200)));
    assert_eq!(refused["cites"][0]["bundle_id"], json!(bad));

    let folder = desk.folder.path().join("rankings");
    let kept = || std::fs::read_dir(&folder).expect("kept").map(|it| it.expect("read").path());
    let [path] = kept().collect::<Vec<_>>().try_into().expect("one pair is kept once");
    assert_eq!(browser.get(&beside).await.json(), ranking, "the same again, from what is kept");
    // what is kept can be torn, and is worked out again
    std::fs::write(&path, b"{").expect("torn");
    assert_eq!(browser.get(&beside).await.json(), ranking);
    assert!(std::fs::metadata(&path).expect("there").len() > 100, "it is whole again");

    browser.post(&choose, &json!({ "reference": bad })).await.is_problem(400, "invalid");
    let other = browser.open_case("another").await;
    let foreign = attach(&desk, &browser, &other, "other.log", log(true)).await;
    browser.post(&choose, &json!({ "reference": foreign })).await.is_problem(404, "not_found");
    let foreign = format!("/bundles/{bad}/ranking?reference={foreign}");
    browser.get(&foreign).await.is_problem(400, "invalid");
    browser.get(&format!("/bundles/{bad}/comparison")).await.is_problem(400, "invalid");
    let back = browser.post(&choose, &json!({ "reference": null })).await.json();
    assert_eq!(back["reference"], Value::Null);
}

#[tokio::test]
async fn evidence_of_an_older_version_is_ranked_when_it_is_asked() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("ledger is down").await;
    let id = attach(&desk, &browser, &number, "shop-outage.tar.gz", OUTAGE).await;
    let mut removed = 0;
    let bundles = desk.folder.path().join("evidence/bundles");
    for folder in std::fs::read_dir(bundles).expect("evidence") {
        let path = folder.expect("read").path().join("hypotheses.json");
        std::fs::remove_file(path).expect("it was ranked when it was read");
        removed += 1;
    }
    assert_eq!(removed, 1);
    let ranking = browser.get(&format!("/bundles/{id}/ranking")).await.json();
    assert_eq!(ranking["verdict"], "fault", "{ranking}");
}

#[tokio::test]
async fn traces_series_and_windows_are_asked_with_care() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let number = browser.open_case("ledger is down").await;
    let id = attach(&desk, &browser, &number, "ledger.log", log(false)).await;
    let of = |rest: &str| format!("/bundles/{id}{rest}");
    let traces = browser.get(&of("/traces?limit=9999&failed=true")).await.json();
    assert_eq!((&traces["total"], &traces["traces"]), (&json!(0), &json!([])));
    browser.get(&of("/traces?order=loudest")).await.is_problem(400, "invalid");
    browser.get(&of("/traces?from=noon")).await.is_problem(400, "invalid");
    browser.get(&of("/traces/4bf92f35")).await.is_problem(404, "not_found");
    assert_eq!(browser.get(&of("/series?changed=true")).await.json()["total"], 0);
    browser.get(&of("/series/points")).await.is_problem(400, "invalid");
    browser.get(&of("/series/points?ids=1,x")).await.is_problem(400, "invalid");
    let many: Vec<String> = (0..61).map(|id| id.to_string()).collect();
    let many = of(&format!("/series/points?ids={}", many.join(",")));
    browser.get(&many).await.is_problem(400, "invalid");
    assert_eq!(browser.get(&of("/series/points?ids=7")).await.json(), json!([]));
    browser.get(&of("/cited?file=99&line=1")).await.is_problem(404, "not_found");
    browser.get(&of("/contrast?query=level:error")).await.is_problem(400, "invalid");
    let window = "/contrast?from=2026-11-24T09:06:40Z&to=2026-11-24T09:10:00Z";
    let contrast = browser.get(&of(window)).await.json();
    assert_eq!((&contrast["inside"], &contrast["outside"]), (&json!(200), &json!(400)));
    let level = contrast["fields"].as_array().expect("fields").iter();
    let level = level.clone().find(|it| it["field"] == "level").expect("levels differ");
    assert!(level["distance"].as_f64().is_some_and(|it| (it - 1.0).abs() < 1e-9), "{level}");
}
