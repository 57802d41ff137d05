//! Clocks that go wrong are found by the requests they share, and nothing else is moved.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mainstay_evidence::ingest::Options;
use mainstay_evidence::open::Input;
use mainstay_evidence::query::Query;
use mainstay_evidence::skew::{Clock, Method, Window};

use crate::ingest::packed;
use crate::shared_data::{Read, options, read_with};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;

/// How one pod writes its clock: what it is wrong by at a true time, and whether it states a zone.
struct Pod {
    name: &'static str,
    offset: fn(i64) -> i64,
    zone: &'static str,
}

fn right(_: i64) -> i64 {
    0
}

/// `count` requests, one every `every` microseconds: the gateway hands each to the cart, and that to
/// the payment.
fn bundle(pods: &[Pod; 3], count: i64, every: i64) -> Vec<u8> {
    let start: jiff::Timestamp = "2024-05-01T12:00:00Z".parse().expect("a time");
    let mut texts = pods.each_ref().map(|_| String::new());
    for request in 0..count {
        let began = request * every;
        // requests take from 300 to 500 ms
        let jitter = (request * 7_919) % 100 * 1_000;
        let moments = [
            (0, began, "received"),
            (1, began + 80_000 + jitter / 2, "handling"),
            (2, began + 120_000 + jitter / 2, "charging"),
            (2, began + 160_000 + jitter / 2, "charged"),
            (1, began + 190_000 + jitter / 2, "handled"),
            (0, began + 300_000 + 2 * jitter, "answered"),
        ];
        for (pod, at, what) in moments {
            let shown = at + (pods[pod].offset)(at);
            let time = start + jiff::SignedDuration::from_micros(shown);
            let time = time.strftime("%Y-%m-%dT%H:%M:%S.%6f");
            writeln!(
                texts[pod],
                "{time}{} INFO shop.Service: {what} request_id=r{request:06}-0a1b",
                pods[pod].zone
            )
            .expect("a string");
        }
    }
    let paths = pods.each_ref().map(|pod| format!("logs/shop/{}/app.log", pod.name));
    let files: Vec<(&str, &[u8])> =
        paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    packed(&files)
}

fn read(bytes: Vec<u8>, correct_clocks: bool) -> Read {
    let reader = Box::new(std::io::Cursor::new(bytes));
    let input = Input::Reader { name: "b.tar.gz".to_owned(), reader };
    let options = Options { correct_clocks, ..options(2) };
    read_with(vec![input], &options).expect("a bundle")
}

fn clock<'r>(read: &'r Read, name: &str) -> &'r Clock {
    let clocks = &read.bundle.manifest().clocks;
    clocks.iter().find(|clock| clock.name == name).unwrap_or_else(|| panic!("{name}: {clocks:?}"))
}

fn corrected(read: &Read) -> Vec<(&str, &Window)> {
    let clocks = &read.bundle.manifest().clocks;
    let windows = clocks
        .iter()
        .flat_map(|clock| clock.windows.iter().map(|window| (clock.name.as_str(), window)));
    windows.filter(|(_, window)| window.corrected).collect()
}

/// Requests whose six lines do not stand in the order in which they happened.
fn disordered(read: &Read) -> usize {
    let order = ["received", "handling", "charging", "charged", "handled", "answered"];
    let all = read.bundle.select(&Query::default()).expect("all rows");
    let rows = read.bundle.window(&all, 0, usize::MAX).expect("rows");
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows {
        let mut words = row.text.split(' ').skip(3).map(str::to_owned);
        let what = words.next().expect("a word");
        seen.entry(words.next().expect("an id")).or_default().push(what);
    }
    seen.values().filter(|what| **what != order).count()
}

fn shifted(offset: fn(i64) -> i64, zone: &'static str) -> [Pod; 3] {
    [
        Pod { name: "gateway-1", offset: right, zone: "Z" },
        Pod { name: "cart-1", offset, zone },
        Pod { name: "pay-1", offset: right, zone: "Z" },
    ]
}

#[test]
fn a_clock_that_is_ahead_is_set_back() {
    let bytes = bundle(&shifted(|_| 37 * SECOND, "Z"), 90, 10 * SECOND);
    let read = read(bytes.clone(), true);
    let cart = clock(&read, "shop/cart-1");
    assert_eq!(cart.windows.len(), 1, "{cart:?}");
    let window = cart.windows[0];
    assert!((window.offset_us - 37 * SECOND).abs() < SECOND / 5, "{window:?}");
    assert!(window.uncertainty_us < SECOND / 5, "{window:?}");
    assert_eq!((window.method, window.pairs), (Method::Requests, 90));
    assert_eq!(corrected(&read).len(), 1);
    assert_eq!(disordered(&read), 0);
    // the line keeps what it says, and the switch shows times as they stand
    let raw = self::read(bytes, false);
    assert!(corrected(&raw).is_empty());
    assert_eq!(clock(&raw, "shop/cart-1").windows[0].offset_us, window.offset_us);
    assert_eq!(disordered(&raw), 90);
}

#[test]
fn an_hour_is_a_zone_where_the_lines_state_none() {
    let read = read(bundle(&shifted(|_| 60 * MINUTE, ""), 90, 10 * SECOND), true);
    let window = clock(&read, "shop/cart-1").windows[0];
    assert_eq!((window.method, window.offset_us), (Method::Zone, 60 * MINUTE));
    assert_eq!(corrected(&read).len(), 1);
    assert_eq!(disordered(&read), 0);
}

#[test]
fn a_clock_that_is_set_has_two_offsets() {
    fn step(at: i64) -> i64 {
        if at < 60 * MINUTE { 0 } else { 37 * SECOND }
    }
    let read = read(bundle(&shifted(step, "Z"), 720, 10 * SECOND), true);
    let cart = clock(&read, "shop/cart-1");
    assert_eq!(cart.windows.len(), 2, "{cart:?}");
    assert!(!cart.windows[0].corrected && cart.windows[1].corrected, "{cart:?}");
    assert_eq!(disordered(&read), 0);
    let steps = read.bundle.problems().iter().filter(|it| it.code.as_str() == "clock_step");
    assert_eq!(steps.count(), 1);
    let told = read.bundle.findings().iter().any(|it| it.kind.as_str() == "clock_backwards");
    assert!(told, "a step is a finding");
}

#[test]
fn a_clock_that_drifts_is_followed() {
    fn drift(at: i64) -> i64 {
        at / 3_600
    }
    let read = read(bundle(&shifted(drift, "Z"), 2_160, 5 * SECOND), true);
    let cart = clock(&read, "shop/cart-1");
    assert!(cart.windows.len() > 10, "{cart:?}");
    assert_eq!(disordered(&read), 0, "{cart:?}");
    assert!(read.bundle.problems().iter().all(|it| it.code.as_str() != "clock_step"));
}

#[test]
fn clocks_that_are_right_are_left_alone() {
    let read = read(bundle(&shifted(right, "Z"), 720, 10 * SECOND), true);
    assert!(corrected(&read).is_empty(), "{:?}", read.bundle.manifest().clocks);
    assert_eq!(disordered(&read), 0);
}

#[test]
fn requests_that_are_only_logged_at_their_end_move_nothing() {
    // the gateway writes both its lines when all is over, half a second later
    let start: jiff::Timestamp = "2024-05-01T12:00:00Z".parse().expect("a time");
    let line = |at: i64, what: &str, request: i64| {
        let time =
            (start + jiff::SignedDuration::from_micros(at)).strftime("%Y-%m-%dT%H:%M:%S.%6fZ");
        format!("{time} INFO shop.Service: {what} request_id=r{request:06}-0a1b\n")
    };
    let (mut gateway, mut cart) = (String::new(), String::new());
    for request in 0..90 {
        let began = request * 10 * SECOND;
        cart += &line(began, "handling", request);
        cart += &line(began + 10_000, "handled", request);
        gateway += &line(began + 500_000, "answered", request);
        gateway += &line(began + 540_000, "closed", request);
    }
    let bytes = packed(&[
        ("logs/shop/gateway-1/app.log", gateway.as_bytes()),
        ("logs/shop/cart-1/app.log", cart.as_bytes()),
    ]);
    let read = read(bytes, true);
    assert!(corrected(&read).is_empty(), "{:?}", read.bundle.manifest().clocks);
}

#[test]
fn the_report_says_what_a_clock_is_off_by() {
    use mainstay_evidence::report::{self, Style};
    let read = read(bundle(&shifted(|_| 37 * SECOND, "Z"), 41, 10 * SECOND), true);
    let mut text = Vec::new();
    report::text(&read.bundle, &mut text, Style::Plain).expect("a text");
    let text = String::from_utf8(text).expect("text");
    let line = text.lines().find(|line| line.contains("shop/cart-1") && line.contains('±'));
    let line = line.unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains("+37.") && line.contains("41 pairs, corrected"), "{line}");
    let json = report::json(&read.bundle).expect("a summary");
    let clocks = json["clocks"].as_array().expect("clocks");
    assert!(
        clocks.iter().any(|clock| clock["clock"] == "shop/cart-1" && clock["corrected"] == true)
    );
}
