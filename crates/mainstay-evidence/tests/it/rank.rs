//! What broke: invented systems with one fault each, bad input, and the shared cases.

use std::fmt::Write as _;
use std::path::Path;

use mainstay_evidence::open::Input;
use mainstay_evidence::rank::{self, Diagnosis, Kind, Ticket, Verdict};
use mainstay_evidence::view::Bundle;
use serde_json::{Value, json};

use crate::ingest::packed;
use crate::shared;
use crate::shared_data::{Read, options, read_bytes, read_with};

/// 2026-11-24T09:00:00Z in seconds.
const START: i64 = 1_795_510_800;

/// The fault begins in the middle.
const SECONDS: i64 = 240;

/// What is wrong with the second half of a shop: `web` calls `pay`, `pay` calls `db` and `bank`,
/// `web` calls `cart`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    None,
    SlowDb,
    NetworkOfPay,
    FailingBank,
    EarlyReturnOfPay,
    BusyCart,
}

pub(crate) struct Shop {
    fault: Fault,
    pub(crate) spans: String,
    pub(crate) pay: String,
    pub(crate) cart: String,
    cpu: String,
}

impl Shop {
    pub(crate) fn new(fault: Fault) -> Self {
        let mut shop = Self {
            fault,
            spans: String::new(),
            pay: String::new(),
            cart: String::new(),
            cpu: "time,container_cpu_utilization_percent\n".to_owned(),
        };
        for second in 0..SECONDS {
            shop.request(second);
        }
        for minute in 0..8 {
            let broken = minute >= 4;
            let percent =
                if fault == Fault::BusyCart && broken { 97.0 } else { 4.0 + f64::from(minute % 3) };
            let seconds = START + i64::from(minute) * 30;
            writeln!(shop.cpu, "{seconds},{percent}").expect("a string");
        }
        shop
    }

    fn request(&mut self, second: i64) {
        let broken = second >= SECONDS / 2;
        let is = |fault: Fault| self.fault == fault && broken;
        let jitter = second % 5;
        let at = |offset_ms: i64| (START + second) * 1000 + offset_ms;
        let db = if is(Fault::SlowDb) { 400 } else { 8 + jitter };
        let wait = if is(Fault::NetworkOfPay) { 500 } else { 2 };
        let cart = if is(Fault::BusyCart) { 300 } else { 6 + jitter };
        let early = is(Fault::EarlyReturnOfPay);
        let bank = if early { 0 } else { 12 + jitter };
        let pay = 5 + db + 4 + bank + 4;
        let web = 6 + pay + wait + cart + 4;
        let trace = format!("{:032x}", second + 1);
        let id = |part: i64| format!("{:016x}", (second + 1) * 100 + part);
        let mut span = |part: i64,
                        parent: i64,
                        service: &str,
                        name: &str,
                        start: i64,
                        ms: i64,
                        failed| {
            let mut span = json!({
                "traceId": trace, "spanId": id(part), "name": name,
                "startTimeUnixNano": (start * 1_000_000_i64).to_string(),
                "endTimeUnixNano": ((start + ms) * 1_000_000_i64).to_string(),
                "status": if failed { json!({"code": 2}) } else { json!({}) },
            });
            if parent > 0 {
                span["parentSpanId"] = Value::from(id(parent));
            }
            let line = json!({"resourceSpans": [{
                "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]},
                "scopeSpans": [{"spans": [span]}]}]});
            writeln!(self.spans, "{line}").expect("a string");
        };
        let failing = is(Fault::FailingBank) && second % 2 == 0;
        span(1, 0, "web", "GET /checkout", at(0), web, failing);
        span(2, 1, "web", "POST pay", at(3), pay + wait, failing);
        span(3, 2, "pay", "POST /pay", at(3 + wait / 2), pay, failing);
        span(4, 3, "pay", "query", at(6 + wait / 2), db + 2, false);
        span(5, 4, "db", "SELECT", at(7 + wait / 2), db, false);
        if !early {
            span(6, 3, "pay", "call bank", at(10 + wait / 2 + db), bank + 1, failing);
            span(7, 6, "bank", "POST /charge", at(10 + wait / 2 + db), bank, failing);
        }
        span(8, 1, "web", "GET cart", at(4 + pay + wait), cart + 2, false);
        span(9, 8, "cart", "GET /cart", at(5 + pay + wait), cart, false);
        let stamp = |ms: i64| {
            let micros = mainstay_core::UtcMicros(at(ms) * 1000);
            format!("{micros}")
        };
        let ids = |part: i64| format!("trace_id={trace} span_id={}", id(part));
        let time = stamp(5 + wait / 2);
        writeln!(self.pay, "{time} INFO {} payment {second} begins", ids(3)).expect("a string");
        if !early {
            let time = stamp(8 + wait / 2 + db);
            writeln!(self.pay, "{time} INFO {} payment {second} charged", ids(3))
                .expect("a string");
        }
        let time = stamp(6 + pay + wait);
        writeln!(self.cart, "{time} INFO {} cart {second} read", ids(9)).expect("a string");
    }

    fn bytes(&self) -> Vec<u8> {
        packed(&[
            ("shop/traces/otlp.jsonl", self.spans.as_bytes()),
            ("shop/logs/shop/pay-64469b5b48-25zj6/pay.log", self.pay.as_bytes()),
            ("shop/logs/shop/cart-5c66d57d58-6mp2b/cart.log", self.cart.as_bytes()),
            ("shop/metrics/cart-5c66d57d58-6mp2b.csv", self.cpu.as_bytes()),
        ])
    }

    pub(crate) fn read(&self) -> Read {
        read_bytes("shop.tar.gz", self.bytes())
    }
}

fn ticket() -> Ticket {
    let about = mainstay_core::UtcMicros((START + SECONDS / 2 + 60) * 1_000_000);
    Ticket { entrypoint: Some("web".to_owned()), symptom_start_about: Some(about) }
}

pub(crate) fn diagnose(bundle: &Bundle, reference: Option<&Bundle>) -> Diagnosis {
    rank::diagnose(bundle, reference, &ticket()).expect("a diagnosis")
}

pub(crate) fn said(diagnosis: &Diagnosis) -> String {
    let list = diagnosis.hypotheses.iter();
    let list: Vec<String> = list
        .map(|it| format!("{} {} {:.1}", it.component, it.kind.as_str(), it.own_score))
        .collect();
    format!("{}: {}; {}", diagnosis.verdict.as_str(), diagnosis.reason, list.join(" | "))
}

#[test]
fn one_fault_is_found_where_it_is() {
    let good = Shop::new(Fault::None).read();
    for (fault, component, kind) in [
        (Fault::SlowDb, "db", Kind::Latency),
        (Fault::NetworkOfPay, "pay", Kind::Network),
        (Fault::FailingBank, "bank", Kind::Error),
        (Fault::EarlyReturnOfPay, "pay", Kind::Code),
        (Fault::BusyCart, "cart", Kind::Cpu),
    ] {
        let bad = Shop::new(fault).read();
        for reference in [Some(&good.bundle), None] {
            let diagnosis = diagnose(&bad.bundle, reference);
            let best =
                diagnosis.hypotheses.first().unwrap_or_else(|| panic!("{}", said(&diagnosis)));
            assert_eq!(
                (best.component.as_str(), best.kind),
                (component, kind),
                "{}",
                said(&diagnosis)
            );
            assert_eq!(diagnosis.verdict, Verdict::Fault, "{}", said(&diagnosis));
            assert!(best.contributions.iter().any(|it| !it.cites.is_empty()), "it is cited");
        }
    }
}

#[test]
fn a_healthy_system_has_no_fault() {
    let shop = Shop::new(Fault::None).read();
    for reference in [Some(&shop.bundle), None] {
        let diagnosis = diagnose(&shop.bundle, reference);
        assert_eq!(diagnosis.verdict, Verdict::NoFault, "{}", said(&diagnosis));
        assert!(!diagnosis.examined.is_empty());
    }
}

#[test]
fn a_wrong_clock_is_put_right_and_named() {
    let right = diagnose(&Shop::new(Fault::SlowDb).read().bundle, None);
    let mut shop = Shop::new(Fault::SlowDb);
    shop.pay = shop.pay.replace("T09:", "T10:");
    let is_an_hour = |offset: i64| (offset.abs() - 3_600_000_000).abs() < 1_000_000;

    // by the requests it shares with the other log
    let read = shop.read();
    let clocks = read.bundle.manifest().clocks.iter();
    let mut windows = clocks.flat_map(|clock| &clock.windows);
    assert!(windows.any(|it| it.corrected && is_an_hour(it.offset_us)), "it is named");
    assert_eq!(causes(&diagnose(&read.bundle, None)), causes(&right));

    // by the spans that hold its lines
    let as_stated = mainstay_evidence::ingest::Options { correct_clocks: false, ..options(2) };
    let reader = Box::new(std::io::Cursor::new(shop.bytes()));
    let input = Input::Reader { name: "shop.tar.gz".to_owned(), reader };
    let read = read_with(vec![input], &as_stated).expect("a bundle");
    let diagnosis = diagnose(&read.bundle, None);
    let [clock] = diagnosis.clocks.as_slice() else { panic!("{:?}", diagnosis.clocks) };
    assert!(clock.path.ends_with("pay.log"));
    assert!(is_an_hour(clock.offset_us), "{}", clock.offset_us);
    assert_eq!(causes(&diagnosis), causes(&right));
}

/// Suspects in order, without their strengths.
pub(crate) fn causes(diagnosis: &Diagnosis) -> Vec<(String, Kind)> {
    let likely = diagnosis.hypotheses.iter().filter(|it| it.own_score >= 2.0);
    likely.map(|it| (it.component.clone(), it.kind)).collect()
}

#[test]
fn copies_and_names_of_pods_change_nothing() {
    let plain = diagnose(&Shop::new(Fault::SlowDb).read().bundle, None);
    let mut shop = Shop::new(Fault::SlowDb);
    for text in [&mut shop.spans, &mut shop.pay, &mut shop.cart] {
        *text = text.lines().map(|line| format!("{line}\n{line}\n")).collect();
    }
    let twice = diagnose(&shop.read().bundle, None);
    let names = |diagnosis: &Diagnosis| {
        let best = diagnosis.hypotheses.first().expect("a suspect");
        (best.component.clone(), best.kind, format!("{:.3}", best.own_score))
    };
    assert_eq!(names(&plain), names(&twice));
}

pub(crate) fn outcome(files: &[(&str, &[u8])]) -> Diagnosis {
    let read = read_bytes("odd.tar.gz", packed(files));
    let diagnosis = diagnose(&read.bundle, None);
    // whatever it is, it is the same when asked again
    assert_eq!(diagnosis, diagnose(&read.bundle, None));
    diagnosis
}

#[test]
fn bad_input_is_answered() {
    let untimed = outcome(&[("b/a.txt", b"hello\nworld\n")]);
    assert_eq!(untimed.verdict, Verdict::Inconclusive, "{}", said(&untimed));

    let errors: String = (0..200)
        .map(|n| format!("2026-11-24T09:02:{:02}Z ERROR disk {n} lost\n", n % 60))
        .collect();
    let all_errors = outcome(&[("b/node.log", errors.as_bytes())]);
    assert_ne!(all_errors.verdict, Verdict::NoFault, "{}", said(&all_errors));

    let series = "time,http_requests_total,memory_bytes\n\
        2026-11-24T09:00:00Z,10,NaN\n2026-11-24T09:01:00Z,40,NaN\n2026-11-24T09:02:00Z,5,7\n\
        2026-11-24T09:03:00Z,35,NaN\n2026-11-24T09:04:00Z,,inf\n";
    let resets = outcome(&[("b/metrics/pay.csv", series.as_bytes())]);
    assert_ne!(resets.verdict, Verdict::Fault, "{}", said(&resets));

    let span = |id: &str, parent: &str| {
        json!({"traceId": "0000000000000000000000000000000a", "spanId": id, "parentSpanId": parent,
            "name": "x", "startTimeUnixNano": "1795511000000000000",
            "endTimeUnixNano": "1795511000100000000"})
    };
    let ring = json!({"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"spans": [
        span("000000000000000a", "000000000000000b"), span("000000000000000b", "000000000000000c"),
        span("000000000000000c", "000000000000000a")]}]}]});
    let cycle = outcome(&[("b/traces/otlp.jsonl", ring.to_string().as_bytes())]);
    assert_eq!(cycle.verdict, Verdict::Inconclusive, "{}", said(&cycle));
}

#[test]
fn ten_thousand_services_are_ranked() {
    let mut spans = String::new();
    for service in 0..10_000_i64 {
        let at = (START + service % SECONDS) * 1_000_000_000;
        let id = |part: i64| format!("{:016x}", service * 10 + part + 1);
        let one = |part: i64, parent: Option<String>, name: String| {
            json!({"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": name}}]},
                "scopeSpans": [{"spans": [{
                    "traceId": format!("{:032x}", service + 1), "spanId": id(part),
                    "parentSpanId": parent, "name": "call", "startTimeUnixNano": at.to_string(),
                    "endTimeUnixNano": (at + 5_000_000).to_string()}]}]})
        };
        let batch = json!({"resourceSpans": [
            one(1, None, "web".to_owned()), one(2, Some(id(1)), format!("service-{service}")),
            one(3, Some(id(2)), format!("service-{}", (service + 1) % 10_000))]});
        writeln!(spans, "{batch}").expect("a string");
    }
    let diagnosis = outcome(&[("b/traces/otlp.jsonl", spans.as_bytes())]);
    assert!(diagnosis.hypotheses.len() <= 10, "a report stays short");
}

#[test]
fn zipkin_and_xray_traces_are_read() {
    let zipkin = json!([
        {"traceId": "a1", "id": "b1", "kind": "CLIENT", "name": "get", "timestamp": 1_795_510_800_000_000_i64,
            "duration": 9000, "localEndpoint": {"serviceName": "web"}, "tags": {}},
        {"traceId": "a1", "id": "b1", "shared": true, "kind": "SERVER", "name": "get /pay",
            "timestamp": 1_795_510_800_001_000_i64, "duration": 7000,
            "localEndpoint": {"serviceName": "pay"}, "tags": {"error": "boom"}}]);
    let document = json!({"id": "c1", "name": "shop", "trace_id": "1-6a000000-0000000000000000000000aa",
        "start_time": 1_795_510_800.5, "end_time": 1_795_510_801.0,
        "subsegments": [{"id": "c2", "name": "Table", "namespace": "aws", "start_time": 1_795_510_800.6,
            "end_time": 1_795_510_800.7, "fault": true}]});
    let xray = json!({"Traces": [{"Id": "1-6a000000-0000000000000000000000aa",
        "Segments": [{"Id": "c1", "Document": document.to_string()}]}]});
    let read = read_bytes(
        "traces.tar.gz",
        packed(&[
            ("b/zipkin.json", zipkin.to_string().as_bytes()),
            ("b/xray.json", xray.to_string().as_bytes()),
        ]),
    );
    assert_eq!(read.bundle.manifest().totals.spans, 4);
    assert_eq!(read.bundle.manifest().totals.problems, 0);
}

/// The list of right answers; the product never reads it, see below.
fn answers() -> Value {
    let path = shared::shared().join("data/rca").join(["truth", "json"].join("."));
    let text = std::fs::read(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; set MAINSTAY_SHARED", path.display()));
    serde_json::from_slice(&text).expect("the list of cases")
}

fn shared_bundle(name: &str, key: [u8; 32]) -> Read {
    let path = shared::shared().join("data/rca/bundles").join(format!("{name}.tar.gz"));
    let options = mainstay_evidence::ingest::Options { pseudonym_key: Some(key), ..options(2) };
    read_with(vec![Input::Path(path)], &options).expect("a bundle")
}

#[test]
fn the_shared_cases_are_ranked_well_and_cited_truly() {
    let answers = answers();
    let cases = answers["cases"].as_object().expect("cases");
    let mut references = std::collections::BTreeMap::new();
    let (mut faulty, mut first, mut third) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (id, case) in cases {
        let name = case["reference"].as_str().expect("a reference");
        let calm =
            references.entry(name.to_owned()).or_insert_with(|| shared_bundle(name, [7; 32]));
        let read = shared_bundle(id, [7; 32]);
        let diagnosis = rank::diagnose(&read.bundle, Some(&calm.bundle), &Ticket::default())
            .expect("a diagnosis");
        for cite in diagnosis.hypotheses.iter().flat_map(|it| &it.cites) {
            let known = read.bundle.files().iter().any(|file| file.path == cite.path);
            assert!(known || cite.path.contains('!'), "{id}: {} is in no bundle", cite.path);
        }
        let Some(cause) = case["root_cause"]["service"].as_str() else {
            assert_eq!(diagnosis.verdict, Verdict::NoFault, "{id}: {}", said(&diagnosis));
            continue;
        };
        faulty += 1;
        let rank = diagnosis.hypotheses.iter().position(|it| it.component == cause);
        first += u32::from(rank == Some(0));
        third += u32::from(rank.is_some_and(|rank| rank < 3));
        if rank != Some(0) {
            wrong.push(format!("{id}: {}", said(&diagnosis)));
        }
    }
    // the gate of the reference, not the best that was measured
    assert!(f64::from(first) >= 0.7 * f64::from(faulty), "{}", wrong.join("\n"));
    assert!(f64::from(third) >= 0.9 * f64::from(faulty), "{}", wrong.join("\n"));
    let pairs: Vec<(&String, &Read)> = references.iter().collect();
    for (name, read) in &pairs {
        for (other, calm) in pairs.iter().filter(|(other, _)| same_system(name, other)) {
            // somebody complains although nothing is wrong
            let totals = &read.bundle.manifest().totals;
            let about = totals.last.map(|last| mainstay_core::UtcMicros(last.0 - 120_000_000));
            let complaint = Ticket { entrypoint: None, symptom_start_about: about };
            let diagnosis = rank::diagnose(&read.bundle, Some(&calm.bundle), &complaint);
            let diagnosis = diagnosis.expect("a diagnosis");
            let calm = diagnosis.verdict != Verdict::Fault;
            assert!(calm, "{name} beside {other}: {}", said(&diagnosis));
        }
    }
}

/// Names differ in the day only.
fn same_system(left: &str, right: &str) -> bool {
    let stem =
        |name: &str| name.trim_end_matches(|it: char| it.is_ascii_digit() || it == '-').to_owned();
    stem(left) == stem(right)
}

#[test]
fn the_product_knows_no_answer_and_no_system() {
    let words = [
        ["truth", ".json"].concat(),
        ["pet", "shop"].concat(),
        ["Pet", "Site"].concat(),
        ["train", "-ticket"].concat(),
        ["online", "-boutique"].concat(),
        ["travel", "-service"].concat(),
        ["currency", "service"].concat(),
    ];
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates");
    let mut open = vec![crates.to_owned()];
    let mut read = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() && !matches!(name.as_str(), "tests" | "target" | "node_modules") {
                open.push(path);
            } else if name.ends_with(".rs") || name.ends_with(".toml") {
                let text = std::fs::read_to_string(&path).expect("a text");
                read += 1;
                for word in &words {
                    assert!(!text.contains(word.as_str()), "{} names {word}", path.display());
                }
            }
        }
    }
    assert!(read > 100, "there was something to look at");
}
