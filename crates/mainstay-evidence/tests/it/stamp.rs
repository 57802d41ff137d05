//! Time layouts read what they print, and missing parts of a time are inferred by the rules.

use mainstay_core::UtcMicros;
use mainstay_evidence::parse::log::Anchors;
use mainstay_evidence::problem::ProblemCode;
use mainstay_evidence::record::TimeConfidence;
use mainstay_evidence::stamp::{DAY_US, Date, Order, Zone, scan, scan_as, scan_day};

use crate::shared::{Reading, read, read_by, read_with};

/// jiff's formats of every layout; `{f}` is a fraction of one to nine digits. Each is read back.
const FORMATS: [&str; 83] = [
    // ISO, blank
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S %:z",
    "%Y-%m-%d %H:%M:%S.{f}",
    "%Y-%m-%d %H:%M:%S,{f}",
    "%Y-%m-%d %H:%M:%S:%3f",
    "%Y-%m-%d %H:%M:%S.{f}Z",
    "%Y-%m-%d %H:%M:%S,{f} %z",
    "%Y-%m-%d %H:%M:%S.{f} Etc/UTC",
    // ISO, T
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.{f}Z",
    "%Y-%m-%dT%H:%M:%S,{f}%:z",
    "%Y-%jT%H:%M:%S",
    "%Y-%jT%H:%M:%S.{f}",
    "%y-%m-%dT%H:%M:%S.{f}Z",
    "%Y-%m-%dT %I:%M:%S %p UTC",
    "%Y-%jT %I:%M:%S %p UTC",
    // slashes and dots, year first
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S %z",
    "%Y/%m/%d %H:%M:%S.{f}",
    "%Y/%m/%d %H:%M:%S.{f} %z",
    "%Y.%m.%d %H:%M:%S",
    "%Y.%m.%d %H:%M:%S.{f}",
    // year, month name
    "%Y %b %d %H:%M:%S",
    "%Y %b %d %a %H:%M:%S.{f}",
    // ctime
    "%a %b %e %H:%M:%S %Y",
    "%a %b %d %H:%M:%S UTC %Y",
    "%a %b %d %H:%M:%S.{f} %Y",
    "%a %b %d %H:%M:%S:%6f %Y",
    "%a %b %e %I:%M:%S %p UTC %Y",
    "%a %b %e %H:%M:%S",
    "%a %b %e %H:%M:%S.{f}",
    "%a %b %e %H:%M",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    // day first
    "%d.%m.%Y %H:%M:%S.{f}",
    "%d/%m/%y %H:%M:%S",
    "%d/%b/%Y:%H:%M:%S %z",
    "%d/%b/%Y %H:%M:%S",
    "%d/%b/%y %H:%M:%S",
    "%d-%b-%Y %H:%M:%S UTC",
    "%d-%b-%Y %H:%M:%S.{f} UTC",
    "%d-%b-%Y::%H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M:%S,{f}%z",
    "%d %B %Y %H:%M:%S",
    "%d %b %H:%M:%S.{f}",
    // month name first
    "%b %d %H:%M:%S",
    "%b %e %-H:%M:%S",
    "%b %e %-I:%M:%S %p",
    "%b %e %-I:%M %p",
    "%b-%d %H:%M:%S.{f}",
    "%b %e, %Y %-I:%M:%S %p",
    "%b %e %H:%M:%S %Y",
    // US, numeric
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M:%S:%3f %p UTC",
    "%-m/%-d/%Y %-I:%M:%S%p",
    "%-m/%-d/%Y %-I:%M %p",
    "%-m/%-d/%y %-H:%M:%S:%3f UTC",
    "%m/%d/%y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    // compact and short
    "%Y%m%d %H:%M:%S",
    "%Y%m%d %H%M%S",
    "%Y%m%d.%H%M%S",
    "%Y%m%dT%H%M%SZ",
    "%Y%m%d-%-H:%-M:%-S:%3f",
    "%y%m%d %H%M%S",
    "%y%m%d %H:%M:%S",
    "%m%d %H:%M:%S.{f}",
    "%m.%d %H:%M:%S",
    "%m/%d %H:%M:%S",
    "%m-%d %H:%M:%S.{f}",
    "%Y-%m-%d-%H.%M.%S.{f}",
    "%y/%m/%d %H:%M:%S",
    // time only
    "%H:%M:%S",
    "%H:%M:%S.{f}",
    "%-I:%M:%S %p",
    // epochs
    "%s",
];

const MOMENTS: [&str; 8] = [
    "2024-01-01T00:00:00Z",
    "2024-02-29T23:59:59Z",
    "2023-12-31T12:34:56.123456Z",
    "2024-03-31T02:30:00.5Z",
    "2019-10-27T02:30:00.000001Z",
    "2017-07-09T13:05:09.987654Z",
    "2016-12-31T23:59:59.999999Z",
    "2024-11-03T01:30:00.25Z",
];

fn order_of(format: &str) -> Order {
    match format {
        _ if format.starts_with("%d") => Order::DayFirst,
        _ if format.starts_with("%y/") => Order::YearFirst,
        _ => Order::MonthFirst,
    }
}

/// The units that a format states, in microseconds.
fn precision(format: &str) -> i64 {
    let digits = (1..=9).find(|digits| format.contains(&format!("%{digits}f")));
    match digits {
        Some(digits) => 10_i64.pow(6 - u32::min(digits, 6)),
        None if format.contains("%S") || format.contains("%-S") || format == "%s" => 1_000_000,
        None => 60_000_000,
    }
}

/// What of a moment a format states: the day as far as it does, and the time of day.
fn check_layout(format: &str, moment: &str) {
    let timestamp: jiff::Timestamp = moment.parse().expect("a moment");
    let zoned = timestamp.to_zoned(jiff::tz::TimeZone::UTC);
    let text = zoned.strftime(format).to_string();
    let (stamp, layout, end) =
        scan(text.as_bytes()).unwrap_or_else(|| panic!("{format}: {text:?}"));
    assert_eq!(end, text.len(), "{format}: {text:?} by {}", layout.name());
    assert_eq!(scan_as(layout, text.as_bytes()), Some((stamp, end)), "{text:?}");
    let stamp = stamp.ordered(order_of(format)).unwrap_or_else(|| panic!("{format}: {text:?}"));
    let unit = precision(format);
    let wanted = timestamp.as_microsecond().div_euclid(unit) * unit;
    let of_day = wanted.rem_euclid(DAY_US);
    let day = (u8::try_from(zoned.month()).ok(), u8::try_from(zoned.day()).ok());
    match stamp.date {
        Date::NoYear { month, day: of_month } => {
            assert_eq!((Some(month), Some(of_month)), day, "{format}: {text:?}");
            assert_eq!(stamp.micros_of_day, of_day, "{format}: {text:?}");
        }
        Date::Missing => assert_eq!(stamp.micros_of_day, of_day, "{format}: {text:?}"),
        _ => assert_eq!(stamp.local_micros(), Some(wanted), "{format}: {text:?}"),
    }
}

#[test]
fn every_layout_reads_what_it_prints() {
    for format in FORMATS {
        for moment in MOMENTS {
            if !format.contains("{f}") {
                check_layout(format, moment);
                continue;
            }
            for digits in 1..=9 {
                check_layout(&format.replace("{f}", &format!("%{digits}f")), moment);
            }
        }
    }
}

#[test]
fn a_leap_second_counts_as_the_second_before_in_every_layout() {
    let moment: jiff::Timestamp = "2016-12-31T23:59:59Z".parse().expect("a moment");
    let zoned = moment.to_zoned(jiff::tz::TimeZone::UTC);
    for format in FORMATS.iter().filter(|format| format.contains("%S") && !format.contains("%p")) {
        let format = format.replace("{f}", "%3f");
        let plain = zoned.strftime(&format).to_string();
        let leap = zoned.strftime(&format.replace("%S", "60")).to_string();
        let read = |text: &str| scan(text.as_bytes()).map(|(stamp, layout, _)| (stamp, layout));
        assert_eq!(read(&leap), read(&plain), "{leap}");
        assert!(read(&leap).is_some(), "{leap}");
    }
}

#[test]
fn days_alone_are_read_where_they_are_expected() {
    for (text, expected) in [
        ("2024-02-29", "2024-02-29"),
        ("2024/02/29", "2024-02-29"),
        ("2024-02", "2024-02-01"),
        ("2024/02", "2024-02-01"),
    ] {
        let (stamp, _, end) = scan_day(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
        let expected: UtcMicros = format!("{expected}T00:00:00Z").parse().expect("a day");
        assert_eq!((stamp.local_micros(), end), (Some(expected.0), text.len()), "{text}");
        assert_eq!(scan(text.as_bytes()), None, "{text} is a number elsewhere");
    }
    let (stamp, _, _) = scan_day(b"Feb 29").expect("a day");
    assert_eq!(stamp.date, Date::NoYear { month: 2, day: 29 });
}

#[test]
fn counted_times_are_read() {
    let time = |text: &str| {
        scan(text.as_bytes()).and_then(|(stamp, _, _)| stamp.local_micros()).map(UtcMicros)
    };
    let moment: UtcMicros = "2024-05-01T12:00:00.123456Z".parse().expect("a moment");
    // TAI64N as multilog writes it: ten seconds ahead of 1970, and no leap second
    assert_eq!(time("@4000000066322eca075bca00"), Some(moment));
    // Windows FILETIME
    assert_eq!(time("133590384001234560"), Some(moment));
    // milliseconds of a script, in JSON
    let line = br#"{"time":"/Date(1714564800123)/","msg":"a"}"#;
    let reading = read("x.log", line);
    assert_eq!(reading.records[0].time.map(|time| time.0), Some(1_714_564_800_123_000));
}

#[test]
fn a_place_in_the_line_is_a_zone() {
    let exact = TimeConfidence::Exact;
    let text = "2024-05-01 12:00:00 Europe/Berlin INFO a.B: x\n2024-12-01 12:00:00 America/New_York INFO a.B: x\n";
    check(
        text,
        "2024-06-01T00:00:00Z",
        &[("2024-05-01T10:00:00", exact), ("2024-12-01T17:00:00", exact)],
    );
    assert_eq!(
        scan(b"2024-05-01 12:00:00 Nowhere/Land").map(|(stamp, _, end)| (stamp.zone, end)),
        Some((Zone::Unstated, 19))
    );
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
