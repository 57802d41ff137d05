//! Bytes that are nearly a log: every recogniser and reader takes them, loses nothing and counts
//! all; and the odd cases of known formats.

use proptest::prelude::*;

use mainstay_core::Level;
use mainstay_evidence::problem::ProblemCode;
use mainstay_evidence::record::TimeConfidence;

use crate::formats::{check_counts, corpus};
use crate::ingest::packed;
use crate::shared::{Reading, read};
use crate::shared_data::read_bytes;

fn times(reading: &Reading) -> Vec<String> {
    let shown = |time: mainstay_core::UtcMicros| time.to_string();
    reading.records.iter().map(|record| record.time.map_or("-".to_owned(), shown)).collect()
}

#[test]
fn a_file_with_crlf_reads_like_one_with_lf() {
    let lf = &corpus()["log4j.log"];
    let crlf = String::from_utf8_lossy(lf).replace('\n', "\r\n");
    let (plain, dos) = (read("a.log", lf), read("a.log", crlf.as_bytes()));
    assert_eq!(times(&dos), times(&plain));
    let bodies = |reading: &Reading| -> Vec<String> {
        reading.records.iter().map(|record| record.body.to_string()).collect()
    };
    assert_eq!(bodies(&dos), bodies(&plain));
}

#[test]
fn a_header_line_alone_is_a_log_without_records_of_its_own() {
    let reading = read("u_ex240501.log", b"#Software: x\n#Fields: date time cs-method sc-status\n");
    assert_eq!(reading.summary.label, "W3C extended");
    assert!(reading.records.iter().all(|record| record.time.is_none()));
    check_counts("header only", b"#Fields: date time\n", &read("a.log", b"#Fields: date time\n"));
}

#[test]
fn zones_may_be_mixed_in_one_file() {
    let text = "2024-05-01 12:00:00 +0200 INFO a.B: x\n2024-05-01 10:00:01 UTC INFO a.B: x\n2024-05-01T15:30:02+05:30 INFO a.B: x\n2024-05-01 03:00:03 PDT INFO a.B: x\n";
    let reading = read("a.log", text.as_bytes());
    let seconds: Vec<String> = times(&reading).iter().map(|time| time[11..19].to_owned()).collect();
    assert_eq!(seconds, ["10:00:00", "10:00:01", "10:00:02", "10:00:03"]);
    assert!(reading.records.iter().all(|record| record.confidence == TimeConfidence::Exact));
}

#[test]
fn a_line_of_a_mebibyte_is_cut_and_named() {
    let long = "x".repeat(3 << 20);
    let text = format!("2024-05-01 12:00:00 INFO a.B: {long}\n2024-05-01 12:00:01 WARN a.B: y\n");
    let reading = read("a.log", text.as_bytes());
    assert_eq!(reading.records.len(), 2);
    assert_eq!(reading.records[1].level, Some(Level::Warn));
    assert!(reading.problems.counts().contains_key(&ProblemCode::LongLine));
    check_counts("long", text.as_bytes(), &reading);
}

#[test]
fn another_program_in_the_same_file_is_read_and_told() {
    let mut text = String::new();
    for second in 0..30 {
        text += &format!("2024-05-01 12:00:{second:02} INFO shop.Web: order {second} placed\n");
    }
    for second in 0..30 {
        text += &format!("[2024-05-01T12:01:{second:02}Z] [error] upstream {second} is gone\n");
    }
    // the sample of the planner holds only the first program
    let first = text.lines().take(30).collect::<Vec<_>>().join("\n").repeat(12);
    let whole = format!("{first}\n{text}");
    let reading = read("a.log", whole.as_bytes());
    let errors = reading.records.iter().filter(|record| record.level == Some(Level::Error)).count();
    assert_eq!(errors, 30);
    let drift = reading.problems.kept().iter().filter(|it| it.code == ProblemCode::LayoutDrift);
    assert_eq!(drift.count(), 1, "{:?}", reading.problems.kept());
    check_counts("appended", whole.as_bytes(), &reading);
}

#[test]
fn a_host_states_the_zone_of_its_own_files_only() {
    let line = "2024-05-01 12:00:00,123 INFO [main] a.B - started\n".repeat(3);
    let files: [(&str, &[u8]); 5] = [
        ("case/web1/etc/timezone", b"Europe/Berlin\n"),
        ("case/web1/var/log/app.log", line.as_bytes()),
        ("case/web1/var/log/pods/shop_cart-1_0a1b/cart/0.log", line.as_bytes()),
        ("case/web2/var/log/app.log", line.as_bytes()),
        ("case/web2/commands/timedatectl.txt", b"  Time zone: Asia/Tokyo (JST, +0900)\n"),
    ];
    let read = read_bytes("b.tar.gz", packed(&files));
    let first = |path: &str| {
        let file = read.bundle.files().iter().find(|file| file.path == path).expect("a file");
        file.first.expect("a time").to_string()
    };
    assert_eq!(first("case/web1/var/log/app.log"), "2024-05-01T10:00:00.123000Z");
    assert_eq!(first("case/web2/var/log/app.log"), "2024-05-01T03:00:00.123000Z");
    let pod = "case/web1/var/log/pods/shop_cart-1_0a1b/cart/0.log";
    assert_eq!(first(pod), "2024-05-01T12:00:00.123000Z");
}

#[test]
fn rotated_and_split_logs_are_one_source_in_order() {
    let line = |number: u8| format!("step {number} of the upgrade\n");
    let texts: Vec<String> = (1..=6).map(line).collect();
    let files: [(&str, &[u8]); 6] = [
        ("b/app.log", texts[3].as_bytes()),
        ("b/app.log.1", texts[2].as_bytes()),
        ("b/app.log.2", texts[1].as_bytes()),
        ("b/app.log.10", texts[0].as_bytes()),
        ("b/big.log.part1", texts[4].as_bytes()),
        ("b/big.log.part2", texts[5].as_bytes()),
    ];
    let read = read_bytes("b.tar.gz", packed(&files));
    let paths: Vec<&str> = read.bundle.files().iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "b/app.log.10",
            "b/app.log.2",
            "b/app.log.1",
            "b/app.log",
            "b/big.log.part1",
            "b/big.log.part2"
        ]
    );
    assert_eq!(read.bundle.sources().len(), 2, "{:?}", read.bundle.sources());
}

/// What each recogniser, the redactor and the miner like, again and again in one long line: quadratic
/// work would take many minutes.
#[test]
fn a_pathological_line_takes_linear_time() {
    const PARTS: [&str; 34] = [
        "[",
        "(",
        "{",
        "<",
        "{\"a\":",
        "{\"a\":[",
        "\"",
        "\\",
        "\\\"",
        "a=1,",
        "a=",
        "k=\"v ",
        ":",
        "::",
        "a.b.",
        "1.2.3.4 ",
        "1:",
        "12:00:00 ",
        "2024-05-01 ",
        "%40",
        "a@b.",
        "/a",
        "<ip-",
        "<1>",
        "at a(",
        "password: ",
        "token=",
        "0x",
        "- ",
        "|",
        "# ",
        "Nov  1 ",
        "é",
        "\u{feff}",
    ];
    for part in PARTS {
        let line = part.repeat((128 << 10) / part.len());
        let text = format!(
            "2024-05-01 12:00:00 INFO a.B: x\n{line}\n2024-05-01 12:00:01 INFO a.B: {line}\n"
        );
        let read = read_bytes("b.tar.gz", packed(&[("b/a.log", text.as_bytes())]));
        assert_eq!(read.bundle.manifest().totals.lines, 3, "{part}");
        let query = "\"no such word\" 4711".parse().expect("a query");
        assert_eq!(read.bundle.count(&query).expect("a count"), 0, "{part}");
    }
}

#[test]
fn a_pathological_query_takes_linear_time() {
    for part in ["(", "NOT ", "a OR ", "a ", "\"", "\\", "a:", "a:(", "[", "..", "/", "*", "a:>"] {
        let text = part.repeat(1 << 16);
        // either is fine, in time
        let _ = text.parse::<mainstay_evidence::query::Query>();
    }
}

/// A corpus file with some of its bytes changed, cut or doubled, and another file behind it.
fn damaged() -> impl Strategy<Value = (String, Vec<u8>)> {
    let files: Vec<(String, Vec<u8>)> = corpus().into_iter().collect();
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..24);
    let places = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let which = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (which, changes, places, 0_u8..4).prop_map(move |((one, other), changes, (from, to), how)| {
        let (name, bytes) = &files[one.index(files.len())];
        let mut bytes = bytes.clone();
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let (from, to) = (from.min(to), from.max(to));
        match how {
            1 => drop(bytes.drain(from..to)),
            2 => bytes.extend_from_within(from..to),
            3 => bytes.extend_from_slice(&files[other.index(files.len())].1),
            _ => {}
        }
        for (at, byte) in changes {
            let length = bytes.len().max(1);
            if let Some(place) = bytes.get_mut(at.index(length)) {
                *place = byte;
            }
        }
        (name.clone(), bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damage_costs_no_line((name, bytes) in damaged()) {
        if !bytes.is_empty() {
            check_counts(&name, &bytes, &read(&name, &bytes));
        }
    }

    #[test]
    fn any_bytes_add_up(bytes in proptest::collection::vec(any::<u8>(), 1..2_000)) {
        check_counts("bytes", &bytes, &read("x.log", &bytes));
    }

    #[test]
    fn any_text_adds_up(text in "([\\[\\]{}()<>|:;,.#=\"' \t\n0-9A-Za-z+-]|2024-05-01|12:00:00|INFO|\\PC){1,200}") {
        check_counts("text", text.as_bytes(), &read("x.log", text.as_bytes()));
    }
}
