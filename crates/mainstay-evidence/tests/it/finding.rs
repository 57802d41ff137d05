//! What is found in small bundles, and that nothing is found where nothing is.

use std::fmt::Write;

use crate::ingest::packed;
use crate::shared;
use crate::shared_data::{read, read_bytes};

fn check(files: &[(&str, &str)], expect: &str) {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let read = read_bytes("case.tar.gz", packed(&files));
    let mut found = String::new();
    for finding in read.bundle.findings() {
        let cites: Vec<String> =
            finding.cites.iter().map(|place| format!("{}:{}", place.path, place.line)).collect();
        writeln!(
            found,
            "{} {} [{}] {}",
            finding.severity.as_str(),
            finding.kind.as_str(),
            cites.join(", "),
            finding.title
        )
        .expect("a string");
    }
    let expect: Vec<&str> = expect.trim().lines().map(str::trim).collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), expect);
}

/// One line a second for ten minutes, where `text` has one.
fn log(text: impl Fn(u32) -> Option<&'static str>) -> String {
    (0..600).fold(String::new(), |mut log, second| {
        if let Some(text) = text(second) {
            let clock = format!("2026-11-24T09:{:02}:{:02}Z", second / 60, second % 60);
            writeln!(log, "{clock} {text}").expect("a string");
        }
        log
    })
}

#[test]
fn a_quiet_bundle_has_no_findings() {
    let steady = log(|_| Some("INFO shop.Cart - item added"));
    check(&[("b/cart.log", &steady), ("b/pay.log", &steady)], "");
}

#[test]
fn a_source_that_stops_while_others_go_on_is_silent() {
    let steady = log(|_| Some("INFO shop.Cart - item added"));
    let stopped = log(|second| (second < 300).then_some("INFO shop.Pay - payment accepted"));
    let paused = log(|second| (second % 120 < 2).then_some("INFO shop.Job - done"));
    check(
        &[("b/cart.log", &steady), ("b/job.log", &paused), ("b/pay.log", &stopped)],
        "medium silent_source [b/pay.log:300] b/pay.log is silent for 300 s, to the end of the bundle",
    );
}

#[test]
fn when_all_stop_together_nobody_is_silent() {
    let stopped =
        log(|second| (!(300..=590).contains(&second)).then_some("INFO shop.Pay - accepted"));
    check(&[("b/cart.log", &stopped), ("b/pay.log", &stopped)], "");
}

#[test]
fn errors_of_one_window_are_a_burst_with_its_messages() {
    let pay = log(|second| {
        Some(match second {
            400..430 => "ERROR shop.Pay - pool exhausted",
            0..400 if second % 4 == 0 => "INFO shop.Pay - pool has room",
            _ => "INFO shop.Pay - payment accepted",
        })
    });
    check(
        &[("b/pay.log", &pay)],
        "high error_burst [b/pay.log:401] Errors burst in b/pay.log
         medium vanished_template [b/pay.log:397] Message stopped: pool has room
         medium new_template [b/pay.log:401] New message: pool exhausted
         low first_error [b/pay.log:401] First error in b/pay.log: pool exhausted",
    );
}

#[test]
fn steady_errors_are_no_burst() {
    let pay = log(|second| {
        Some(if second % 10 == 0 {
            "ERROR shop.Pay - declined"
        } else {
            "INFO shop.Pay - accepted"
        })
    });
    check(
        &[("b/pay.log", &pay)],
        "low first_error [b/pay.log:1] First error in b/pay.log: declined",
    );
}

#[test]
fn what_the_platform_did_is_said() {
    let kernel = "2026-11-24T09:00:00Z WARN kernel - Out of memory: Killed process 4711 (java)\n";
    let events = r#"{"apiVersion":"v1","kind":"EventList","items":[{"kind":"Event","metadata":{"name":"e","namespace":"shop"},"involvedObject":{"kind":"Pod","name":"pay-1","namespace":"shop"},"reason":"BackOff","message":"Back-off restarting failed container","type":"Warning","count":7,"firstTimestamp":"2026-11-24T09:00:10Z","lastTimestamp":"2026-11-24T09:09:10Z"}]}"#;
    check(
        &[("b/events/shop.json", events), ("b/kernel.log", kernel)],
        "high out_of_memory [b/kernel.log:1] Out of memory in b/kernel.log: Out of memory: Killed process 4711 (java)
         high crash_loop [b/events/shop.json:0] A container keeps crashing, by the state of the cluster",
    );
}

#[test]
fn the_bundles_without_a_fault_have_nothing_urgent() {
    for name in shared::bundles().iter().filter(|name| name.starts_with("reference-train")) {
        let read = read(&shared::shared().join("data/rca/bundles").join(name));
        let urgent: Vec<&str> = read
            .bundle
            .findings()
            .iter()
            .filter(|it| matches!(it.severity.as_str(), "high" | "medium"))
            .map(|it| it.title.as_str())
            .collect();
        assert_eq!(urgent, [""; 0], "{name}");
    }
}
