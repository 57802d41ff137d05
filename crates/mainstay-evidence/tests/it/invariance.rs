//! The same messages under other headers and in other envelopes are the same messages.

use crate::shared::read;

/// Bodies without quotes: inside JSON those stand escaped, and a record keeps its bytes.
const BODIES: [&str; 8] = [
    "Connection from 192.0.2.1:5000 closed",
    "Invalid user admin from 192.0.2.2",
    "took 12ms for /api/v1/orders/42 (cached: false)",
    "[cart] item 7 added - total = 12.50 EUR",
    "error: retry 3 of 5: timed out",
    "started",
    "user=bob action=login result=ok",
    "key: value, other: [1, 2, 3]",
];

fn moment(index: usize) -> jiff::Timestamp {
    let start: jiff::Timestamp = "2024-05-01T12:00:00.123456Z".parse().expect("a moment");
    start + jiff::SignedDuration::from_secs(i64::try_from(index).expect("small"))
}

/// Writes each body by `line` and reads them back: the same texts, at the same moments.
fn check(name: &str, line: impl Fn(&str, &str, &str) -> String) {
    let mut text = String::new();
    for (index, body) in BODIES.iter().cycle().take(40).enumerate() {
        let time = moment(index);
        let level = if index % 7 == 0 { "ERROR" } else { "INFO" };
        text.push_str(&line(&format!("{time:.6}"), level, body));
        text.push('\n');
    }
    let reading = read("x.log", text.as_bytes());
    let bodies: Vec<&str> = reading.records.iter().map(|record| &*record.body).collect();
    let wanted: Vec<&str> = BODIES.iter().cycle().take(40).copied().collect();
    assert_eq!(bodies, wanted, "{name}: {}", reading.summary.label);
    for (index, record) in reading.records.iter().enumerate() {
        let time = record.time.expect("a time").0;
        assert_eq!(time, moment(index).as_microsecond(), "{name}: {record:?}");
    }
}

#[test]
fn a_header_does_not_change_the_message() {
    check("iso", |time, level, body| format!("{time} {level} {body}"));
    check("iso with a logger", |time, level, body| {
        format!("{time} {level} [main] com.example.Shop - {body}")
    });
    check("bracketed", |time, level, body| format!("[{time}] [{level}] {body}"));
    check("python", |time, level, body| format!("{time} - shop.cart - {level} - {body}"));
    check("rfc 5424", |time, level, body| {
        let priority = if level == "ERROR" { 11 } else { 14 };
        format!("<{priority}>1 {time} web1 shop 42 - - {body}")
    });
    check("syslog with iso time", |time, _, body| format!("{time} web1 shop[42]: {body}"));
}

#[test]
fn an_envelope_does_not_change_the_message() {
    check("json", |time, level, body| {
        format!("{{\"time\":\"{time}\",\"level\":\"{level}\",\"msg\":\"{body}\",\"n\":1}}")
    });
    check("logfmt", |time, level, body| format!("time={time} level={level} msg=\"{body}\" n=1"));
    check("cri", |time, level, body| {
        let nanos = time.replace('Z', "789Z");
        format!("{nanos} stdout F {time} {level} {body}")
    });
    check("docker", |time, level, body| {
        format!(
            "{{\"log\":\"{time} {level} {body}\\n\",\"stream\":\"stdout\",\"time\":\"{time}\"}}"
        )
    });
    check("cri around json", |time, level, body| {
        format!(
            "{time} stdout F {{\"ts\":\"{time}\",\"level\":\"{level}\",\"message\":\"{body}\"}}"
        )
    });
    check("kubectl prefix", |time, level, body| format!("[pod/web-1/web] {time} {level} {body}"));
    check("compose", |time, level, body| format!("web-1  | {time} {level} {body}"));
}

#[test]
fn plain_lines_in_an_envelope_are_the_message() {
    check("cri", |time, _, body| format!("{time} stdout F {body}"));
    check("docker", |time, _, body| {
        format!("{{\"log\":\"{body}\\n\",\"stream\":\"stderr\",\"time\":\"{time}\"}}")
    });
}
