//! `mainstay handoff`, `mainstay person` and `mainstay team`: one shift hands to the next.

use std::path::Path;

use serde_json::{Value, json};

use crate::desk::{create, on};
use crate::harness::{expect, run_with_input, stderr};

fn with(desk: &Path, arguments: &[&str], document: &Value) -> std::process::Output {
    let data = desk.to_string_lossy().into_owned();
    let mut all = arguments.to_vec();
    all.extend(["--data", &data]);
    run_with_input(&all, document.to_string().as_bytes())
}

#[test]
fn one_shift_hands_to_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    for (login, role) in [("kim", "senior"), ("jo", "agent"), ("lee", "manager")] {
        expect(&create(desk, login, role, "correct horse battery\n"), 0);
    }
    expect(&on(desk, &["case", "open", "Checkout 502s", "--severity", "P1", "--as", "kim"]), 0);
    expect(&on(desk, &["case", "assign", "MS-1001", "kim", "--as", "kim"]), 0);
    let away = json!({ "skills": [{ "name": "Shop", "level": 2 }], "hours":
        { "calendar": "24x7", "zone": "Asia/Tokyo" }, "absences": [] });
    expect(&with(desk, &["person", "put", "jo", "-", "--as", "jo"], &away), 4);
    expect(&with(desk, &["person", "put", "jo", "-", "--as", "lee"], &away), 0);
    let shown = expect(&on(desk, &["person", "show", "jo", "--as", "kim"]), 0);
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(
        (&shown["hours"]["zone"], &shown["skills"]),
        (&json!("Asia/Tokyo"), &away["skills"])
    );
    let listed = expect(&on(desk, &["person", "list", "--area", "shop", "--as", "kim"]), 0);
    assert!(listed.contains("jo\tworks\tAsia/Tokyo\t0\t2\t"), "{listed}");
    assert!(listed.contains("kim\t-\t-\t8\t0\t"), "{listed}");
    let team = json!({ "name": "L3 Asia", "lead": "jo", "members": ["jo"] });
    expect(&with(desk, &["team", "put", "-", "--as", "lee"], &team), 0);
    assert_eq!(expect(&on(desk, &["team", "list", "--as", "kim"]), 0), "L3 Asia\tjo\t1\t\t\n");

    let due = "2999-01-01T00:00:00Z";
    let next = ["handoff", "next", "MS-1001", "ask for a HAR", "--owner", "jo", "--as", "kim"];
    expect(&on(desk, &next), 0);
    expect(&on(desk, &[&next[..], &["--due", due]].concat()), 2);
    let prepared = expect(&on(desk, &["handoff", "prepare", "--as", "kim"]), 0);
    let mut packet: Value = serde_json::from_str(&prepared).expect("JSON");
    assert_eq!(packet["cases"][0]["parts"]["next_step"], "ask for a HAR");
    packet["cases"][0]["parts"]["risks"] = json!("the queue fills at noon");
    let send = ["handoff", "send", "-", "--to-team", "l3 asia", "--as", "kim"];
    let sent = with(desk, &send, &packet);
    let id = expect(&sent, 0).trim().to_owned();
    assert!(
        stderr(&sent).contains("1 cases to L3 Asia, with parts that read"),
        "{}",
        stderr(&sent)
    );
    let inbox = expect(&on(desk, &["handoff", "inbox", "--as", "jo"]), 0);
    assert_eq!(inbox, format!("{id}\tMS-1001\twaiting\tkim\tL3 Asia\t-\t-\task for a HAR\n"));
    expect(&on(desk, &["handoff", "accept", "MS-1001", "--as", "lee"]), 4);
    expect(&on(desk, &["handoff", "ask", "MS-1001", "since when?", "--as", "jo"]), 0);
    let inbox = expect(&on(desk, &["handoff", "inbox", "--of", "sent", "--as", "kim"]), 0);
    assert!(inbox.contains("\tsince when?\t"), "{inbox}");
    expect(&on(desk, &["handoff", "answer", "MS-1001", "since noon", "--as", "kim"]), 0);
    expect(&on(desk, &["handoff", "accept", "MS-1001", "--as", "jo"]), 0);
    expect(&on(desk, &["handoff", "refuse", "MS-1001", "too late", "--as", "jo"]), 6);
    assert!(expect(&on(desk, &["case", "list", "--as", "jo"]), 0).contains("\tjo"));
    let text = expect(&on(desk, &["handoff", "export", &id, "--as", "kim"]), 0);
    assert!(text.starts_with("# Hand-off from kim to L3 Asia\n"), "{text}");
    assert!(text.contains("### Risks\n\nthe queue fills at noon\n"), "{text}");
    let page = expect(&on(desk, &["handoff", "export", &id, "--html", "--as", "kim"]), 0);
    assert!(page.starts_with("<!doctype html>") && !page.contains("<script"), "{page}");

    expect(&on(desk, &["person", "remove", "jo", "--reason", "left", "--as", "lee"]), 6);
    let remove = ["person", "remove", "jo", "--reason", "left", "--queue", "nobody yet"];
    expect(&on(desk, &[&remove[..], &["--as", "lee"]].concat()), 0);
    assert!(stderr(&on(desk, &["handoff", "inbox", "--as", "jo"])).contains("was removed"));
    assert!(expect(&on(desk, &["person", "list", "--as", "kim"]), 0).contains("jo\tremoved\t"));
    assert!(expect(&on(desk, &["audit", "verify"]), 0).contains("as it was written"));
    expect(&on(desk, &["db", "rebuild", "--check"]), 0);
}
