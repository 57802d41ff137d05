//! Questions of the workbench beside lines: traces, metric series, what a citation means, and what
//! a window of time has more of.

use std::fmt::Write as _;

use mainstay_core::UtcMicros;
use mainstay_evidence::query::Query;
use mainstay_evidence::view::{
    Bundle, Cited, Hint, SeriesAsk, TraceAsk, TraceOrder, ViewError, Waterfall,
};
use serde_json::{Value, json};

use crate::ingest::packed;
use crate::shared_data::{Read, read_bytes};

/// 2026-11-24T09:00:00Z in seconds.
const START: i64 = 1_795_510_800;

/// Thirty requests, a second apart; from the twentieth on `db` fails and takes long, its clock is
/// an hour late, `pay` logs errors and its pool is full.
fn shop() -> Read {
    let (mut spans, mut log, mut pool) =
        (String::new(), String::new(), "time,pool_used\n".to_owned());
    for second in 0..30 {
        let broken = second >= 20;
        let slow = if broken { 900 } else { 20 };
        let mut span = |part: i64,
                        parent: i64,
                        service: &str,
                        start: i64,
                        ms: i64,
                        failed: bool| {
            let at = (START + second) * 1000 + start;
            let mut span = json!({
                "traceId": format!("{:032x}", second + 1),
                "spanId": format!("{:016x}", (second + 1) * 100 + part),
                "name": format!("call {service}"),
                "startTimeUnixNano": (at * 1_000_000).to_string(),
                "endTimeUnixNano": ((at + ms) * 1_000_000).to_string(),
                "attributes": [{"key": "http.route", "value": {"stringValue": "/pay"}}],
                "status": if failed { json!({"code": 2}) } else { json!({}) },
            });
            if parent > 0 {
                span["parentSpanId"] = Value::from(format!("{:016x}", (second + 1) * 100 + parent));
            }
            let line = json!({"resourceSpans": [{
                "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]},
                "scopeSpans": [{"spans": [span]}]}]});
            writeln!(spans, "{line}").expect("a string");
        };
        span(1, 0, "web", 0, slow + 40, broken);
        span(2, 1, "pay", 10, slow + 20, broken);
        span(3, 2, "db", 20 + 3_600_000, slow, broken);
        span(4, 1, "cart", 12, 5, false);
        let time = UtcMicros((START + second) * 1_000_000);
        let shard = if broken { 7 } else { second % 5 };
        writeln!(log, "{time} INFO pay order {second} taken shard={shard}").expect("a string");
        if broken {
            writeln!(log, "{time} ERROR pay pool exhausted active=64 shard=7").expect("a string");
        }
        writeln!(pool, "{},{}", START + second, if broken { 64 } else { 8 + second % 2 })
            .expect("a string");
    }
    let odd = "{\"traceId\": 7}\n";
    let bytes = packed(&[
        ("shop/traces/otlp.jsonl", spans.as_bytes()),
        ("shop/traces/torn.jsonl", odd.as_bytes()),
        ("shop/logs/shop/pay-64469b5b48-25zj6/pay.log", log.as_bytes()),
        ("shop/metrics/pay-64469b5b48-25zj6.csv", pool.as_bytes()),
    ]);
    read_bytes("shop.tar.gz", bytes)
}

fn window(from: i64, to: i64) -> (UtcMicros, UtcMicros) {
    (UtcMicros((START + from) * 1_000_000), UtcMicros((START + to) * 1_000_000))
}

fn ask() -> TraceAsk {
    TraceAsk { limit: 5, ..TraceAsk::default() }
}

fn first(bundle: &Bundle, ask: &TraceAsk) -> String {
    bundle.traces(ask).expect("a list").traces[0].id.clone()
}

#[test]
fn the_worst_trace_is_first_and_every_trace_is_counted() {
    let shop = shop();
    let list = shop.bundle.traces(&ask()).expect("a list");
    assert_eq!((list.total, list.hidden, list.beyond, list.traces.len()), (30, 0, 0, 5));
    let worst = &list.traces[0];
    assert_eq!((worst.failed, worst.spans, worst.service.as_str()), (3, 4, "web"));
    assert_eq!((worst.duration_us, worst.usual_us), (940_000, 60_000));
    let services: Vec<&str> = list.services.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(services, ["cart", "db", "pay", "web"]);
    let earliest = TraceAsk { order: TraceOrder::Earliest, ..ask() };
    assert_eq!(first(&shop.bundle, &earliest), format!("{:032x}", 1));
    let failed = shop.bundle.traces(&TraceAsk { failed: true, ..ask() }).expect("a list");
    assert_eq!((failed.total, failed.hidden), (10, 20));
    let (from, to) = window(3, 5);
    let brushed = TraceAsk { from: Some(from), to: Some(to), ..ask() };
    assert_eq!(shop.bundle.traces(&brushed).expect("a list").total, 2);
    let nobody = TraceAsk { service: Some("nobody".to_owned()), ..ask() };
    assert_eq!(shop.bundle.traces(&nobody).expect("a list").total, 0);
    let beyond = TraceAsk { offset: usize::MAX, ..ask() };
    assert!(shop.bundle.traces(&beyond).expect("a list").traces.is_empty());
}

/// `depth service offset+duration self critical`, a line for a span.
fn drawn(trace: &Waterfall) -> Vec<String> {
    let spans = trace.spans.iter().map(|it| {
        let critical = it.critical_us.map_or("-".to_owned(), |own| (own / 1000).to_string());
        let mark = if it.origin { " origin" } else { "" };
        format!(
            "{} {} {}+{} {} {critical}{mark}",
            it.depth,
            it.service,
            it.offset_us / 1000,
            it.duration_us / 1000,
            it.self_us / 1000
        )
    });
    spans.collect()
}

#[test]
fn a_trace_is_a_tree_with_its_critical_path() {
    let shop = shop();
    let trace = shop.bundle.trace(&format!("{:032x}", 25)).expect("read").expect("there");
    let expected = [
        "0 web 0+940 20 20",
        "1 pay 10+920 20 20",
        // an hour late by its own clock, and put into its parent
        "2 db 20+900 900 900 origin",
        "1 cart 12+5 5 -",
    ];
    assert_eq!(drawn(&trace), expected);
    assert!(trace.spans[2].moved_us < -3_500_000_000, "{}", trace.spans[2].moved_us);
    assert_eq!((trace.spans[2].parent, trace.duration_us), (Some(1), 940_000));
    let attributes = trace.spans[0].attributes.as_deref().unwrap_or_default();
    assert!(attributes.contains("/pay"), "{attributes}");
    assert!(trace.spans[0].place.path.ends_with("otlp.jsonl"));
    assert_eq!(shop.bundle.trace("no such").expect("read"), None);
}

#[test]
fn what_changed_is_the_first_series_and_points_come_in_steps() {
    let shop = shop();
    let list =
        shop.bundle.series(&SeriesAsk { limit: 10, ..SeriesAsk::default() }).expect("a list");
    assert_eq!((list.total, list.hidden), (1, 0), "{list:?}");
    let series = &list.series[0];
    assert_eq!((series.metric.as_str(), series.component.as_str()), ("pool_used", "pay"));
    let change = series.change.expect("a change");
    let (at, _) = window(20, 30);
    assert_eq!((change.at, change.after), (at, 64.0));
    let none = SeriesAsk { text: "no such".to_owned(), limit: 10, ..SeriesAsk::default() };
    let none = shop.bundle.series(&none).expect("a list");
    assert_eq!((none.total, none.hidden), (0, 1));
    let (from, to) = window(10, 30);
    let ids = [series.id, 99];
    let points = shop.bundle.series_points(&ids, Some(from), Some(to), 5).expect("points");
    let [points] = points.as_slice() else { panic!("{points:?}") };
    let drawn: Vec<(f64, f64)> = points.steps.iter().map(|it| (it.low, it.high)).collect();
    // twenty points in five steps of four
    assert_eq!(drawn, [(8.0, 9.0), (8.0, 9.0), (8.0, 64.0), (64.0, 64.0), (64.0, 64.0)]);
}

#[test]
fn a_citation_leads_to_the_line_the_span_or_the_point() {
    let shop = shop();
    let file = |end: &str| {
        let found = shop.bundle.files().iter().find(|it| it.path.ends_with(end));
        found.unwrap_or_else(|| panic!("no {end}")).id
    };
    let cited = |end: &str, line: u64, hint: &Hint| shop.bundle.cited(file(end), line, hint);
    let hint = Hint::default();
    assert_eq!(cited("pay.log", 3, &hint).expect("asked"), Cited::Line { row: 2, line: 3 });
    let span = cited("otlp.jsonl", 99, &hint).expect("asked");
    let (trace, id) = (format!("{:032x}", 25), format!("{:016x}", 2503));
    assert_eq!(span, Cited::Span { trace, span: id });
    let sample = cited("25zj6.csv", 22, &hint).expect("asked");
    let (at, _) = window(20, 30);
    assert_eq!(sample, Cited::Sample { series: 0, metric: "pool_used".to_owned(), at });
    assert_eq!(cited("otlp.jsonl", 999_999, &hint).expect("asked"), Cited::File);
    let missing = shop.bundle.cited(4_000, 1, &hint);
    assert!(matches!(missing, Err(ViewError::NoSuchRow)));
}

#[test]
fn a_window_shows_what_it_has_more_of() {
    let shop = shop();
    let (from, to) = window(20, 30);
    let contrast = shop.bundle.contrast(&Query::default(), from, to).expect("compared");
    // the torn file is a record without a time
    assert_eq!((contrast.inside, contrast.outside, contrast.untimed), (20, 20, 1));
    let value = |field: &str, value: &str| {
        let field = contrast.fields.iter().find(|it| it.field == field);
        let found = field.and_then(|it| it.values.iter().find(|it| it.value == value));
        found.unwrap_or_else(|| panic!("no {value}: {:?}", contrast.fields)).clone()
    };
    let error = value("level", "error");
    assert_eq!((error.inside, error.outside), (10, 0));
    assert!(error.effect > 0.8 && error.false_discovery < 0.05, "{error:?}");
    let shard = value("shard", "7");
    assert_eq!((shard.inside, shard.outside), (20, 0));
    assert!((shard.effect - std::f64::consts::PI).abs() < 1e-9, "the largest there is");
    // under a query, and with a time in it that does not count
    let query = "level:info time:2026-11-24T09:00:00Z..2026-11-24T09:00:25Z";
    let query: Query = query.parse().expect("a query");
    let calm = shop.bundle.contrast(&query, from, to).expect("compared");
    assert!(calm.fields.iter().all(|it| it.field != "level"), "{:?}", calm.fields);
}

#[test]
fn a_window_like_the_rest_shows_nothing() {
    let shop = shop();
    let (from, to) = window(5, 10);
    let query: Query = "level:info".parse().expect("a query");
    let (early, _) = window(0, 20);
    let contrast = shop.bundle.contrast(&query, from, to).expect("compared");
    let levels = contrast.fields.iter().filter(|it| it.field == "level" || it.field == "template");
    assert_eq!(levels.count(), 0, "{:?}", contrast.fields);
    let empty = shop.bundle.contrast(&query, early, early).expect("compared");
    assert_eq!((empty.inside, empty.fields.len()), (0, 0));
}

#[test]
fn a_bundle_of_logs_alone_has_no_traces_and_no_series() {
    let bytes = packed(&[("only/app.log", b"2026-11-24T09:00:00Z INFO app started\n".as_slice())]);
    let read = read_bytes("only.tar.gz", bytes);
    let traces = read.bundle.traces(&ask()).expect("a list");
    assert_eq!((traces.total, traces.hidden), (0, 0));
    assert_eq!(read.bundle.trace("0af7").expect("read"), None);
    assert_eq!(read.bundle.series(&SeriesAsk::default()).expect("a list").total, 0);
    assert!(read.bundle.series_points(&[0], None, None, 10).expect("points").is_empty());
}
