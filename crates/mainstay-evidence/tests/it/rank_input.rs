//! What broke, asked of bundles that hold less than one would like.

use std::fmt::Write as _;

use mainstay_evidence::rank::{Kind, Verdict};
use serde_json::{Value, json};

use crate::rank::{Fault, Shop, causes, diagnose, outcome, said};

#[test]
fn without_a_calm_time_nothing_is_called_healthy_or_ill() {
    let log: String = (0..300)
        .map(|n| format!("2026-11-24T09:02:{:02}.{:03}Z INFO order {n} placed\n", n / 60, n))
        .collect();
    let young = outcome(&[("b/shop.log", log.as_bytes())]);
    assert_eq!(young.verdict, Verdict::Inconclusive, "{}", said(&young));
    assert_eq!(young.baseline, "none");
}

#[test]
fn logs_alone_tell_what_broke() {
    let mut shop = Shop::new(Fault::None);
    shop.spans.clear();
    // in the second half the payments cannot be written any more
    for second in 0..60 {
        let (minute, second) = (3 + second / 30, second % 30);
        writeln!(
            shop.pay,
            "2026-11-24T09:0{minute}:{second:02}Z ERROR could not write journal: No space left on device"
        )
        .expect("a string");
    }
    let diagnosis = diagnose(&shop.read().bundle, None);
    assert_eq!(diagnosis.verdict, Verdict::Fault, "{}", said(&diagnosis));
    assert_eq!(causes(&diagnosis)[0], ("pay".to_owned(), Kind::Disk), "{}", said(&diagnosis));
    assert!(diagnosis.missing.iter().any(|it| it.contains("no traces")), "it is named");
}

#[test]
fn a_bundle_without_one_error_can_have_a_fault_and_one_with_many_none() {
    let slow = Shop::new(Fault::SlowDb);
    assert!(!slow.pay.contains("ERROR"));
    assert_eq!(diagnose(&slow.read().bundle, None).verdict, Verdict::Fault);

    let mut noisy = Shop::new(Fault::None);
    for second in 0..240 {
        let (minute, second) = (second / 60, second % 60);
        writeln!(noisy.cart, "2026-11-24T09:0{minute}:{second:02}Z ERROR cache miss")
            .expect("a string");
    }
    let diagnosis = diagnose(&noisy.read().bundle, None);
    assert_eq!(diagnosis.verdict, Verdict::NoFault, "{}", said(&diagnosis));
}

#[test]
fn clocks_that_contradict_each_other_are_left_alone() {
    let right = diagnose(&Shop::new(Fault::SlowDb).read().bundle, None);
    let mut shop = Shop::new(Fault::SlowDb);
    let torn: Vec<String> = shop
        .pay
        .lines()
        .zip(0..)
        .map(|(line, number)| line.replace("T09:", if number % 2 == 0 { "T10:" } else { "T08:" }))
        .collect();
    shop.pay = torn.join("\n") + "\n";
    let diagnosis = diagnose(&shop.read().bundle, None);
    assert!(diagnosis.clocks.is_empty(), "no offset fits: {:?}", diagnosis.clocks);
    assert_eq!(causes(&diagnosis)[0], causes(&right)[0], "{}", said(&diagnosis));
}

#[test]
fn a_complaint_about_a_silent_entry_is_no_proof_of_health() {
    let mut shop = Shop::new(Fault::None);
    // requests stop: what is left is as fast and as free of errors as ever
    let kept: Vec<&str> = shop.spans.lines().take(shop.spans.lines().count() * 5 / 9).collect();
    shop.spans = kept.join("\n") + "\n";
    for log in [&mut shop.pay, &mut shop.cart] {
        let kept: Vec<&str> = log.lines().take(log.lines().count() * 5 / 9).collect();
        *log = kept.join("\n") + "\n";
    }
    let diagnosis = diagnose(&shop.read().bundle, None);
    assert_ne!(diagnosis.verdict, Verdict::NoFault, "{}", said(&diagnosis));
}

/// `web` calls `pay` a hundred times; then every call fails before it arrives.
fn refused(client: &str) -> String {
    let mut spans = String::new();
    for second in 0..200_i64 {
        let broken = second >= 100;
        let at = |ms: i64| (1_795_510_800_000 + second * 1_000 + ms) * 1_000_000;
        let id = |part: i64| format!("{:016x}", (second + 1) * 10 + part);
        let span = |part: i64, parent: i64, service: &str, name: &str, start: i64, end: i64| {
            let parent = (parent > 0).then(|| id(parent));
            let status = if broken { json!({"code": 2}) } else { json!({}) };
            json!({"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]},
                "scopeSpans": [{"spans": [{"traceId": format!("{:032x}", second + 1), "spanId": id(part),
                    "parentSpanId": parent, "name": name, "startTimeUnixNano": at(start).to_string(),
                    "endTimeUnixNano": at(end).to_string(), "status": status}]}]})
        };
        let mut all: Vec<Value> =
            vec![span(1, 0, "web", "GET /", 0, 40), span(2, 1, "web", client, 5, 35)];
        if !broken {
            all.push(span(3, 2, "pay", "POST /pay", 6, 34));
        }
        writeln!(spans, "{}", json!({"resourceSpans": all})).expect("a string");
    }
    spans
}

#[test]
fn a_call_that_does_not_arrive_accuses_who_was_called() {
    let diagnosis = outcome(&[("b/traces/otlp.jsonl", refused("call pay").as_bytes())]);
    let best = diagnosis.hypotheses.first().expect("a suspect");
    assert_eq!((best.component.as_str(), best.kind), ("pay", Kind::Error), "{}", said(&diagnosis));
    let told = best.contributions.iter().any(|it| it.name.contains("without reaching"));
    assert!(told, "{}", said(&diagnosis));
}
