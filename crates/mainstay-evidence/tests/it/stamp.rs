//! Time layouts read what they print, and missing parts of a time are inferred by the rules.

use mainstay_core::UtcMicros;
use mainstay_evidence::parse::log::Anchors;
use mainstay_evidence::problem::ProblemCode;
use mainstay_evidence::record::TimeConfidence;
use mainstay_evidence::stamp::{Order, Zone, scan};

use crate::shared::{Reading, read, read_by, read_with};

/// jiff formats with the fraction's digits; every one is read back.
const FORMATS: [&str; 42] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%3f",
    "%Y-%m-%d %H:%M:%S,%6f",
    "%Y-%m-%d %H:%M:%S:%3f",
    "%Y-%m-%d %H:%M:%S.%9f %z",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%6fZ",
    "%Y-%m-%dT%H:%M:%S%:z",
    "%Y-%m-%dT%H:%M:%S.%1f%z",
    "%Y-%jT%H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S.%6f",
    "%Y.%m.%d %H:%M:%S.%3f",
    "%Y %b %d %H:%M:%S",
    "%a %b %e %H:%M:%S %Y",
    "%a %b %d %H:%M:%S UTC %Y",
    "%a %b %d %H:%M:%S.%6f %Y",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%d/%b/%Y:%H:%M:%S %z",
    "%d/%b/%Y %H:%M:%S",
    "%d/%b/%y %H:%M:%S",
    "%d-%b-%Y %H:%M:%S.%3f UTC",
    "%d-%b-%Y::%H:%M:%S",
    "%d %b %Y %H:%M:%S.%3f",
    "%d %B %Y %H:%M:%S",
    "%b %e, %Y %-I:%M:%S %p",
    "%b %e %H:%M:%S %Y",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d %H%M%S",
    "%Y%m%d.%H%M%S",
    "%Y%m%dT%H%M%SZ",
    "%y%m%d %H%M%S",
    "%Y-%m-%d-%H.%M.%S.%6f",
    "%y/%m/%d %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M:%S:%3f %p UTC",
    "%-m/%-d/%Y %-I:%M:%S %p",
    "%d.%m.%Y %H:%M:%S.%3f",
    "%s",
    "%s.%6f",
    "%s%3f",
];

const MOMENTS: [&str; 6] = [
    "2024-01-01T00:00:00Z",
    "2024-02-29T23:59:59Z",
    "2023-12-31T12:34:56.123456Z",
    "2024-03-31T02:30:00.5Z",
    "2019-10-27T02:30:00.000001Z",
    "2017-07-09T13:05:09.987654Z",
];

#[test]
fn every_layout_reads_what_it_prints() {
    for format in FORMATS {
        for moment in MOMENTS {
            let timestamp: jiff::Timestamp = moment.parse().expect("a moment");
            let zoned = timestamp.to_zoned(jiff::tz::TimeZone::UTC);
            let text = zoned.strftime(format).to_string();
            let (stamp, _, end) = scan(text.as_bytes()).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(end, text.len(), "{text:?}");
            let order = match format {
                _ if format.starts_with("%d.") => Order::DayFirst,
                _ if format.starts_with("%y/") => Order::YearFirst,
                _ => Order::MonthFirst,
            };
            let read = stamp.ordered(order).and_then(|stamp| stamp.local_micros());
            let places = (1..=9)
                .find(|digits| format.contains(&format!("%{digits}f")))
                .map_or(1_000_000, |digits| 10_i64.pow(6 - u32::min(digits, 6)));
            let wanted = timestamp.as_microsecond().div_euclid(places) * places;
            assert_eq!(read, Some(wanted), "{text:?}");
        }
    }
}

#[test]
fn what_is_no_time_is_not_read() {
    for text in [
        "2024-13-01 00:00:00",
        "2024-02-30 00:00:00",
        "2023-02-29 00:00:00",
        "2024-05-01 24:00:00",
        "2024-05-01 12:60:00",
        "12345",
        "123456789012345678901",
        "10.251.73.220:50010",
        "1.2.3",
        "May the force",
        "1714557600x",
        "99:99:99",
        "@40000000663230c\u{fd}075bca00 x",
        "@+0000000663230ca075bca00",
    ] {
        assert_eq!(scan(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn zones_are_read_glued_and_spaced() {
    let zone = |text: &str| scan(text.as_bytes()).map(|(stamp, _, _)| stamp.zone);
    assert_eq!(zone("2024-05-01 12:00:00Z"), Some(Zone::Offset(0)));
    assert_eq!(zone("2024-05-01 12:00:00+05:30 x"), Some(Zone::Offset(330)));
    assert_eq!(zone("2024-05-01 12:00:00.1+00 x"), Some(Zone::Offset(0)));
    assert_eq!(zone("2024-05-01 12:00:00 -0800 x"), Some(Zone::Offset(-480)));
    assert_eq!(zone("2024-05-01 12:00:00 CEST x"), Some(Zone::Offset(120)));
    assert_eq!(zone("2024-05-01 12:00:00 IST x"), Some(Zone::Ambiguous("IST")));
    assert_eq!(zone("2024-05-01 12:00:00 INFO x"), Some(Zone::Unstated));
    assert_eq!(zone("2024-05-01 12:00:00 -12 x"), Some(Zone::Unstated));
}

#[test]
fn a_leap_second_is_the_second_before() {
    let (stamp, _, _) = scan(b"2016-12-31T23:59:60Z").expect("a time");
    assert_eq!(stamp.local_micros(), "2016-12-31T23:59:59Z".parse().ok().map(|UtcMicros(at)| at));
}

fn check(text: &str, near: &str, expected: &[(&str, TimeConfidence)]) -> Reading {
    let near = near.parse().ok();
    let reading = read_with("x.log", text.as_bytes(), near, &|_| None);
    let found: Vec<(String, TimeConfidence)> = reading
        .records
        .iter()
        .map(|record| {
            (record.time.map_or("-".to_owned(), |time| time.to_string()), record.confidence)
        })
        .collect();
    let expected: Vec<(String, TimeConfidence)> =
        expected.iter().map(|(time, class)| (format!("{time}.000000Z"), *class)).collect();
    assert_eq!(found, expected, "{text}");
    reading
}

#[test]
fn a_missing_year_comes_from_what_is_near_and_changes_at_new_year() {
    let class = TimeConfidence::YearInferred;
    check(
        "Dec 31 23:59:58 h a[1]: x\nJan  1 00:00:01 h a[1]: y\nDec 31 23:59:59 h a[1]: late\nJan  1 00:00:03 h a[1]: z\n",
        "2024-01-01T12:00:00Z",
        &[
            ("2023-12-31T23:59:58", class),
            ("2024-01-01T00:00:01", class),
            ("2023-12-31T23:59:59", class),
            ("2024-01-01T00:00:03", class),
        ],
    );
    check(
        "Feb 29 10:00:00 h a[1]: x\nMar  1 10:00:00 h a[1]: y\n",
        "2022-06-01T00:00:00Z",
        &[("2020-02-29T10:00:00", class), ("2020-03-01T10:00:00", class)],
    );
}

#[test]
fn a_missing_date_comes_from_what_is_near_and_changes_at_midnight() {
    let class = TimeConfidence::DateInferred;
    check(
        "23:59:58 INFO a.B: x\n00:00:01 INFO a.B: y\n23:59:59 INFO a.B: late\n00:00:03 INFO a.B: z\n",
        "2024-05-02T00:10:00Z",
        &[
            ("2024-05-01T23:59:58", class),
            ("2024-05-02T00:00:01", class),
            ("2024-05-01T23:59:59", class),
            ("2024-05-02T00:00:03", class),
        ],
    );
}

#[test]
fn the_order_of_dates_is_decided_for_the_whole_file() {
    let class = TimeConfidence::ZoneAssumed;
    // a field above 12
    check(
        "03/04/24 10:00:00 INFO x\n13/04/24 10:00:00 INFO y\n",
        "2024-04-10T00:00:00Z",
        &[("2024-04-03T10:00:00", class), ("2024-04-13T10:00:00", class)],
    );
    // fewest steps back
    let reading = check(
        "01/30/2024 10:00:00 INFO x\n02/01/2024 10:00:00 INFO y\n02/02/2024 10:00:00 INFO y\n",
        "2024-02-01T00:00:00Z",
        &[
            ("2024-01-30T10:00:00", class),
            ("2024-02-01T10:00:00", class),
            ("2024-02-02T10:00:00", class),
        ],
    );
    assert!(!reading.problems.counts().contains_key(&ProblemCode::AmbiguousDateOrder));
    // nothing decides but what is near
    let reading = check(
        "03/04/2024 10:00:00 INFO x\n03/04/2024 10:00:01 INFO y\n",
        "2024-04-03T12:00:00Z",
        &[("2024-04-03T10:00:00", class), ("2024-04-03T10:00:01", class)],
    );
    assert!(reading.problems.counts().contains_key(&ProblemCode::AmbiguousDateOrder));
}

#[test]
fn a_clock_that_goes_back_is_reported() {
    let start: jiff::Timestamp = "2024-05-01T12:10:00Z".parse().expect("a time");
    let mut text = String::new();
    for second in 0..200 {
        let back = if second < 100 { 0 } else { 300 };
        let time = start + jiff::SignedDuration::from_secs(second - back);
        text.push_str(&format!("{time} INFO a.B: x\n"));
    }
    let reading = read("x.log", text.as_bytes());
    assert_eq!(reading.summary.clock_backwards_max_us, 299_000_000);
    let problem = &reading.problems.kept()[0];
    assert_eq!((problem.code, problem.line), (ProblemCode::ClockBackwards, Some(101)));
}

/// A file of a machine whose zone is known.
fn check_zone(zone: &str, text: &str, expected: &[(&str, TimeConfidence)]) {
    let anchors = Anchors {
        path: "x.log",
        modified: None,
        not_after: crate::shared::now(),
        near: None,
        zone: Some(zone),
        span_start: &|_| None,
    };
    let found: Vec<(String, TimeConfidence)> = read_by(text.as_bytes(), &anchors)
        .records
        .iter()
        .map(|record| (record.time.expect("a time").to_string(), record.confidence))
        .collect();
    let expected: Vec<(String, TimeConfidence)> =
        expected.iter().map(|(time, class)| (format!("{time}.000000Z"), *class)).collect();
    assert_eq!(found, expected, "{zone}: {text}");
}

#[test]
fn a_zone_changes_its_offset_with_summer_time() {
    let exact = TimeConfidence::Exact;
    let assumed = TimeConfidence::ZoneAssumed;
    // 02:30 was skipped
    check_zone(
        "Europe/Berlin",
        "2024-03-31 01:59:59 INFO a.B: x\n2024-03-31 02:30:00 INFO a.B: x\n2024-03-31 03:00:01 INFO a.B: x\n",
        &[
            ("2024-03-31T00:59:59", exact),
            ("2024-03-31T01:30:00", exact),
            ("2024-03-31T01:00:01", exact),
        ],
    );
    // the hour is passed twice, and the file shows where
    check_zone(
        "Europe/Berlin",
        "2024-10-27 02:10:00 INFO a.B: x\n2024-10-27 02:59:59 INFO a.B: x\n2024-10-27 02:00:01 INFO a.B: x\n2024-10-27 02:30:00 INFO a.B: x\n2024-10-27 03:00:00 INFO a.B: x\n",
        &[
            ("2024-10-27T00:10:00", exact),
            ("2024-10-27T00:59:59", exact),
            ("2024-10-27T01:00:01", exact),
            ("2024-10-27T01:30:00", exact),
            ("2024-10-27T02:00:00", exact),
        ],
    );
    // nothing shows which of the two it is
    check_zone(
        "Europe/Berlin",
        "2024-10-27 02:10:00 INFO a.B: x\n2024-10-27 03:00:00 INFO a.B: x\n",
        &[("2024-10-27T00:10:00", assumed), ("2024-10-27T02:00:00", exact)],
    );
}

#[test]
fn an_ambiguous_abbreviation_is_resolved_by_the_zone() {
    let exact = TimeConfidence::Exact;
    let assumed = TimeConfidence::ZoneAssumed;
    check_zone(
        "America/New_York",
        "2024-01-15 12:00:00 EST INFO a.B: x\n2024-11-03 01:30:00 EST INFO a.B: x\n2024-11-03 12:00:00 IST INFO a.B: x\n",
        &[
            ("2024-01-15T17:00:00", exact),
            ("2024-11-03T06:30:00", exact),
            ("2024-11-03T17:00:00", assumed),
        ],
    );
    check_zone(
        "Asia/Kolkata",
        "2024-05-01 12:00:00 IST INFO a.B: x\n",
        &[("2024-05-01T06:30:00", exact)],
    );
    check_zone("+05:30", "2024-05-01 12:00:00 INFO a.B: x\n", &[("2024-05-01T06:30:00", exact)]);
    check_zone(
        "Nowhere/Land",
        "2024-05-01 12:00:00 INFO a.B: x\n",
        &[("2024-05-01T12:00:00", assumed)],
    );
}

#[test]
fn an_epoch_has_the_unit_of_its_magnitude() {
    let time = |text: &str| {
        scan(text.as_bytes()).and_then(|(stamp, _, _)| stamp.local_micros()).map(UtcMicros)
    };
    let moment: UtcMicros = "2024-05-01T10:00:00Z".parse().expect("a moment");
    for text in ["1714557600", "1714557600000", "1714557600000000", "1714557600000000000"] {
        assert_eq!(time(text), Some(moment), "{text}");
    }
    assert_eq!(time("171455760000"), None, "1975 in milliseconds is a number");
    assert_eq!(time("9999999999"), None, "2286 is a number");
}
