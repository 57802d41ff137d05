//! Logs become records: times, header cuts, continuation lines, ids, counts.

use std::collections::BTreeMap;

use mainstay_core::UtcMicros;
use mainstay_evidence::recognise::Kind;

use crate::shared::{Reading, bundles, read, read_with, shared, unpack};

struct Span {
    start: i64,
    end: i64,
}

/// Span ids with start and end in microseconds, from OTLP lines or a Jaeger answer.
fn spans(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Span> {
    let mut spans = BTreeMap::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with("otlp.jsonl") {
            for line in text.lines() {
                let value: serde_json::Value = serde_json::from_str(line).expect("OTLP");
                for resource in value["resourceSpans"].as_array().expect("resources") {
                    for span in resource["scopeSpans"]
                        .as_array()
                        .expect("scopes")
                        .iter()
                        .flat_map(|scope| scope["spans"].as_array().expect("spans"))
                    {
                        let nanos = |key: &str| -> i64 {
                            span[key].as_str().expect("nanos").parse().expect("a number")
                        };
                        let id = span["spanId"].as_str().expect("an id").to_owned();
                        let start = nanos("startTimeUnixNano") / 1_000;
                        spans.insert(id, Span { start, end: nanos("endTimeUnixNano") / 1_000 });
                    }
                }
            }
        } else if path.ends_with("jaeger.json") {
            let value: serde_json::Value = serde_json::from_str(&text).expect("Jaeger");
            for span in value["data"]
                .as_array()
                .expect("traces")
                .iter()
                .flat_map(|trace| trace["spans"].as_array().expect("spans"))
            {
                let start = span["startTime"].as_i64().expect("a start");
                let end = start + span["duration"].as_i64().expect("a duration");
                let id = span["spanID"].as_str().expect("an id").to_owned();
                spans.insert(id, Span { start, end });
            }
        }
    }
    spans
}

#[test]
fn every_line_of_the_shared_bundles_lies_inside_its_span() {
    const TOLERANCE_US: i64 = 2_000_000;
    let mut report = String::new();
    for bundle in bundles() {
        let files = unpack(&bundle);
        let spans = spans(&files);
        let near = spans.values().map(|span| span.start).max().map(UtcMicros);
        let start_of = |id: &str| spans.get(id).map(|span| UtcMicros(span.start));
        let (mut lines, mut errors, mut warnings) = (0, 0, 0);
        for (path, bytes) in &files {
            let reading = read_with(path, bytes, near, &start_of);
            if reading.recognition.kind != Kind::Log {
                continue;
            }
            assert_counts(path, bytes, &reading);
            for record in &reading.records {
                let id = record.span_id.as_deref().unwrap_or_else(|| panic!("{path}: {record:?}"));
                let span = &spans[id];
                let time = record.time.unwrap_or_else(|| panic!("{path}: {record:?}")).0;
                let inside = span.start - TOLERANCE_US <= time && time <= span.end + TOLERANCE_US;
                assert!(inside, "{path}: {record:?} outside {} to {}", span.start, span.end);
                assert!(record.trace_id.is_some(), "{path}: {record:?}");
                lines += u64::from(record.lines);
                errors += u64::from(record.level == Some(mainstay_core::Level::Error));
                warnings += u64::from(record.level == Some(mainstay_core::Level::Warn));
            }
        }
        report.push_str(&format!("{bundle}: {lines} ({errors}, {warnings})\n"));
    }
    insta::assert_snapshot!(report);
}

/// Lines and bytes of the file are those of the records and of the blank lines between them.
fn assert_counts(path: &str, bytes: &[u8], reading: &Reading) {
    let lines: u64 = reading.records.iter().map(|record| u64::from(record.lines)).sum();
    let length: u64 = reading.records.iter().map(|record| record.length).sum();
    assert_eq!(lines + reading.summary.blank_lines, reading.counts.lines, "{path}");
    assert_eq!(reading.summary.lines, reading.counts.lines, "{path}");
    assert_eq!(length + reading.summary.blank_bytes, bytes.len() as u64, "{path}");
    assert_eq!(reading.summary.records, reading.records.len() as u64, "{path}");
}

/// The columns of a label file by name.
fn labels(set: &str) -> Vec<BTreeMap<String, String>> {
    let path = shared().join(format!("data/loghub/{set}/{set}_2k.log_structured_corrected.csv"));
    let mut reader = csv::Reader::from_path(path).expect("the label file");
    let names: Vec<String> =
        reader.headers().expect("a header").iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            names.iter().cloned().zip(row.iter().map(str::to_owned)).collect()
        })
        .collect()
}

fn loghub(set: &str) -> Reading {
    let path = shared().join(format!("data/loghub/{set}/{set}_2k.log"));
    let bytes = std::fs::read(path).expect("the shared logs; set MAINSTAY_SHARED");
    let reading = read(&format!("{set}.log"), &bytes);
    assert_counts(set, &bytes, &reading);
    reading
}

/// How a set's label columns write a time, in jiff's format language, and which columns.
fn check_set(set: &str, columns: &[&str], format: &str) {
    let reading = loghub(set);
    let labels = labels(set);
    assert_eq!(reading.records.len(), labels.len(), "{set}: one record a line");
    let mut cut_right = 0;
    for (record, label) in reading.records.iter().zip(&labels) {
        let stated: Vec<&str> = columns.iter().map(|column| label[*column].as_str()).collect();
        let time = record.time.unwrap_or_else(|| panic!("{set}: {record:?}"));
        let timestamp = time.to_timestamp().expect("a timestamp");
        let zoned = timestamp.to_zoned(jiff::tz::TimeZone::UTC);
        let printed = zoned.strftime(format).to_string();
        // Loghub's tables have lost leading zeros of numbers
        let plain = |text: &str| {
            text.split(' ').map(|word| word.trim_start_matches('0')).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(plain(&printed), plain(&stated.join(" ")), "{set}: {record:?}");
        if let Some(level) = label.get("Level").filter(|_| set != "Linux") {
            let read = record.level.map(|level| level.as_str());
            let wanted = match level.to_lowercase().as_str() {
                "warning" => "warn".to_owned(),
                other => other.to_owned(),
            };
            assert_eq!(read, Some(wanted.as_str()), "{set}: {record:?}");
        }
        cut_right += usize::from(record.body.trim_end() == label["Content"].trim_end());
    }
    let share = cut_right * 1_000 / labels.len();
    assert!(share >= 990, "{set}: header cut right on {share} of 1000 lines");
}

#[test]
fn apache_is_read() {
    check_set("Apache", &["Time"], "%a %b %d %H:%M:%S %Y");
}

#[test]
fn hdfs_is_read() {
    check_set("HDFS", &["Date", "Time"], "%y%m%d %H%M%S");
}

#[test]
fn linux_is_read() {
    check_set("Linux", &["Month", "Date", "Time"], "%b %d %H:%M:%S");
}

#[test]
fn openssh_is_read() {
    check_set("OpenSSH", &["Date", "Day", "Time"], "%b %d %H:%M:%S");
}

#[test]
fn openstack_is_read() {
    check_set("OpenStack", &["Date", "Time"], "%Y-%m-%d %H:%M:%S.%3f");
}

#[test]
fn proxifier_is_read() {
    check_set("Proxifier", &["Time"], "%m.%d %H:%M:%S");
}

#[test]
fn spark_is_read() {
    check_set("Spark", &["Date", "Time"], "%y/%m/%d %H:%M:%S");
}

#[test]
fn zookeeper_is_read() {
    check_set("Zookeeper", &["Date", "Time"], "%Y-%m-%d %H:%M:%S,%3f");
}
