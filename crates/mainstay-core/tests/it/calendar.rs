//! Business time against a second, slow implementation that looks at every minute, and the zone
//! rules one by one.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use mainstay_core::UtcMicros;
use mainstay_core::calendar::{Calendar, CalendarForm, Holiday};
use proptest::prelude::*;

const MINUTE_US: i64 = 60_000_000;

fn at(text: &str) -> UtcMicros {
    text.parse().expect("a time")
}

fn calendar(json: &str) -> Calendar {
    let form: CalendarForm = serde_json::from_str(json).expect("a form");
    Calendar::new(&form).expect("a calendar")
}

/// A zone near a change, with the moment around which minutes are looked at.
const PLACES: [(&str, &str); 10] = [
    ("America/Los_Angeles", "2026-03-08T00:00:00Z"),
    ("America/Los_Angeles", "2026-11-01T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T00:00:00Z"),
    ("Europe/Dublin", "2026-10-25T00:00:00Z"),
    ("Africa/Casablanca", "2026-02-15T00:00:00Z"),
    ("Pacific/Apia", "2011-12-30T00:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04T00:00:00Z"),
    ("America/Havana", "2026-03-08T00:00:00Z"),
    ("Asia/Kolkata", "2026-07-04T00:00:00Z"),
];

/// Every minute of twelve days, by its local time. Nothing here knows what an offset is.
struct Minutes {
    first: i64,
    local: Vec<DateTime>,
}

impl Minutes {
    fn around(zone: &TimeZone, middle: Timestamp) -> Self {
        let first = middle.as_second() / 60 - 6 * 24 * 60;
        let local = (0..12 * 24 * 60)
            .map(|minute| {
                let at = Timestamp::from_second((first + minute) * 60).expect("in range");
                zone.to_datetime(at)
            })
            .collect();
        Self { first, local }
    }

    /// The first minute with this local time; in a gap the time moves on by the gap.
    fn find(&self, wanted: DateTime) -> Option<usize> {
        if let Some(found) = self.local.iter().position(|local| *local == wanted) {
            return Some(found);
        }
        let after = self.local.iter().position(|local| wanted < *local).filter(|at| 0 < *at)?;
        let jump = self.local[after].duration_since(self.local[after - 1]);
        let gap = jump - SignedDuration::from_mins(1);
        self.local.iter().position(|local| *local == wanted + gap)
    }

    fn open(&self, form: &CalendarForm) -> Vec<bool> {
        let mut open = vec![false; self.local.len()];
        let mut dates: Vec<_> = self.local.iter().map(|local| local.date()).collect();
        dates.dedup();
        dates.sort_unstable();
        dates.dedup();
        for date in dates {
            let name = date.to_string();
            let weekday = format!("{:?}", date.weekday()).to_lowercase()[..3].to_owned();
            let closed = form.holidays.contains(&Holiday::Date(name.clone()));
            let hours = match form.shifts.get(&name) {
                _ if closed => None,
                Some(shift) => Some(shift),
                None => form.hours.get(&weekday),
            };
            let mut paint = |list: Option<&Vec<(String, String)>>, value: bool| {
                for (from, to) in list.into_iter().flatten() {
                    let wall = |text: &str| {
                        let (hour, minute) = text.split_once(':').expect("HH:MM");
                        let minutes = hour.parse::<i64>().expect("hours") * 60
                            + minute.parse::<i64>().expect("minutes");
                        date.at(0, 0, 0, 0) + minutes.minutes()
                    };
                    if let (Some(from), Some(to)) = (self.find(wall(from)), self.find(wall(to)))
                        && from < to
                    {
                        open[from..to].fill(value);
                    }
                }
            };
            paint(hours, true);
            paint(form.breaks.get(&name), false);
        }
        open
    }
}

fn intervals() -> impl Strategy<Value = Vec<(String, String)>> {
    let text = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    prop::collection::btree_set(0_u16..=96, 0..7).prop_map(move |quarters| {
        let quarters: Vec<u16> = quarters.into_iter().collect();
        quarters.chunks_exact(2).map(|pair| (text(pair[0] * 15), text(pair[1] * 15))).collect()
    })
}

fn form() -> impl Strategy<Value = (CalendarForm, Timestamp)> {
    let special = || prop::collection::vec((-3_i64..4, intervals()), 0..3);
    let week = prop::collection::vec(intervals(), 7);
    let holidays = prop::collection::vec(-3_i64..4, 0..2);
    (0..PLACES.len(), week, special(), special(), holidays).prop_map(
        |(place, week, shifts, breaks, holidays)| {
            let (zone, middle) = PLACES[place];
            let middle: Timestamp = middle.parse().expect("a time");
            let date = |days: i64| {
                let noon = middle + SignedDuration::from_hours(12);
                (TimeZone::UTC.to_datetime(noon).date() + days.days()).to_string()
            };
            let dated = |list: Vec<(i64, Vec<(String, String)>)>| {
                list.into_iter()
                    .map(|(days, hours)| (date(days), hours))
                    .collect::<BTreeMap<_, _>>()
            };
            let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let form = CalendarForm {
                tz: zone.to_owned(),
                hours: names.into_iter().map(str::to_owned).zip(week).collect(),
                holidays: holidays.into_iter().map(|days| Holiday::Date(date(days))).collect(),
                shifts: dated(shifts),
                breaks: dated(breaks),
            };
            (form, middle)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Minute by minute: open, elapsed, after and before, around every kind of change.
    #[test]
    fn every_minute_agrees((form, middle) in form(), from in 0_usize..6_000, length in 0_usize..6_000) {
        let calendar = Calendar::new(&form).expect("a calendar");
        let minutes = Minutes::around(calendar.zone(), middle);
        let open = minutes.open(&form);
        let instant = |minute: usize| {
            UtcMicros((minutes.first + i64::try_from(minute).expect("small")) * MINUTE_US)
        };
        // the borders of what was looked at are left out: intervals there may be cut
        let (from, to) = (3_000 + from, 3_000 + from + length);
        let count = |from: usize, to: usize| {
            i64::try_from(open[from..to].iter().filter(|open| **open).count()).expect("small")
        };
        let counted = count(from, to);
        prop_assert_eq!(calendar.elapsed(instant(from), instant(to)), counted * MINUTE_US);
        for minute in (from..to).step_by(97) {
            prop_assert_eq!(calendar.is_open(instant(minute)), open[minute], "minute {}", minute);
        }
        if 0 < counted {
            let reached = (from..=to).find(|until| count(from, *until) == counted).expect("counted");
            prop_assert_eq!(calendar.after(instant(from), counted * MINUTE_US), Some(instant(reached)));
            let begun = (from..=to).rev().find(|since| count(*since, to) == counted).expect("counted");
            prop_assert_eq!(calendar.before(instant(to), counted * MINUTE_US), Some(instant(begun)));
        }
        let spans = calendar.spans(instant(from), instant(to));
        let total: i64 = spans.iter().map(|span| span.len_us()).sum();
        prop_assert_eq!(total, counted * MINUTE_US);
        prop_assert!(spans.windows(2).all(|pair| pair[0].to < pair[1].from));
    }

    /// What skips whole weeks adds up to what looks at every date, over years.
    #[test]
    fn long_times_add_up((form, _) in form(), from in 0_i64..400, parts in prop::collection::vec(0_i64..200, 1..6)) {
        let calendar = Calendar::new(&form).expect("a calendar");
        let day = |days: i64| UtcMicros(1_500_000_000_000_000 + days * 24 * 60 * MINUTE_US + 12_345_678);
        let mut at = from;
        let mut sum = 0;
        for part in &parts {
            sum += calendar.elapsed(day(at), day(at + part));
            at += part;
        }
        let whole = calendar.elapsed(day(from), day(at));
        prop_assert_eq!(whole, sum);
        let spans = calendar.spans(day(from), day(at));
        prop_assert_eq!(whole, spans.iter().map(|span| span.len_us()).sum::<i64>());
        if 0 < whole {
            let reached = calendar.after(day(from), whole).expect("counted");
            prop_assert!(reached <= day(at));
            prop_assert_eq!(calendar.elapsed(day(from), reached), whole);
            let begun = calendar.before(day(at), whole).expect("counted");
            prop_assert!(day(from) <= begun);
            prop_assert_eq!(calendar.elapsed(begun, day(at)), whole);
        }
    }
}

/// A daily interval in a zone: when it opens and closes around a change of the offset.
fn check(zone: &str, from: &str, to: &str, day: &str, expect: &[(&str, &str)]) {
    let days: Vec<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .map(|day| format!(r#""{day}": [["{from}", "{to}"]]"#))
        .collect();
    let calendar = calendar(&format!(r#"{{"tz": "{zone}", "hours": {{{}}}}}"#, days.join(",")));
    let start: Timestamp = format!("{day}T00:00:00Z").parse().expect("a time");
    let start = UtcMicros::from_timestamp(start);
    let end = UtcMicros(start.0 + 24 * 60 * MINUTE_US);
    let spans: Vec<(String, String)> = calendar
        .spans(start, end)
        .iter()
        .map(|span| (span.from.to_string(), span.to.to_string()))
        .collect();
    let expect: Vec<(String, String)> =
        expect.iter().map(|(from, to)| (at(from).to_string(), at(to).to_string())).collect();
    assert_eq!(spans, expect, "{zone} {from} to {to} on {day}");
}

#[test]
fn an_endpoint_in_a_gap_moves_by_the_length_of_the_gap() {
    check(
        "America/Los_Angeles",
        "02:30",
        "04:00",
        "2026-03-08",
        &[("2026-03-08T10:30:00Z", "2026-03-08T11:00:00Z")],
    );
    // a gap of half an hour: 02:15 becomes 02:45
    check(
        "Australia/Lord_Howe",
        "02:15",
        "03:00",
        "2026-10-03",
        &[("2026-10-03T15:45:00Z", "2026-10-03T16:00:00Z")],
    );
}

#[test]
fn a_repeated_time_is_its_first_occurrence() {
    let expect = [("2026-10-25T00:15:00Z", "2026-10-25T03:00:00Z")];
    check("Europe/London", "01:15", "03:00", "2026-10-25", &expect);
    // Irish winter time is a negative saving in the zone data
    check("Europe/Dublin", "01:15", "03:00", "2026-10-25", &expect);
    // as is Morocco's Ramadan time
    check(
        "Africa/Casablanca",
        "02:15",
        "04:00",
        "2026-02-15",
        &[("2026-02-15T01:15:00Z", "2026-02-15T04:00:00Z")],
    );
}

#[test]
fn a_date_that_the_zone_skipped_has_no_hours() {
    check(
        "Pacific/Apia",
        "09:00",
        "17:00",
        "2011-12-30",
        &[
            ("2011-12-30T00:00:00Z", "2011-12-30T03:00:00Z"),
            ("2011-12-30T19:00:00Z", "2011-12-31T00:00:00Z"),
        ],
    );
    let week = r#"{"tz": "Pacific/Apia", "hours": {"fri": [["00:00", "24:00"]]}}"#;
    let skipped = calendar(week).elapsed(at("2011-12-28T00:00:00Z"), at("2012-01-04T00:00:00Z"));
    assert_eq!(skipped, 0, "the only Friday of that week did not exist");
}

#[test]
fn a_date_that_begins_with_a_gap_begins_after_it() {
    check(
        "America/Sao_Paulo",
        "00:00",
        "02:00",
        "2018-11-04",
        &[("2018-11-04T03:00:00Z", "2018-11-04T04:00:00Z")],
    );
}

#[test]
fn what_a_gap_made_overlap_counts_once() {
    let calendar = calendar(
        r#"{"tz": "America/Los_Angeles", "hours": {"sun": [["01:30", "02:30"], ["03:00", "03:30"]]}}"#,
    );
    let counted = calendar.elapsed(at("2026-03-08T00:00:00Z"), at("2026-03-09T00:00:00Z"));
    assert_eq!(counted, 60 * MINUTE_US);
}

/// Special dates are local dates: in a zone east of UTC the day begins on the UTC date before.
#[test]
fn special_dates_are_local() {
    let calendar = calendar(
        r#"{"tz": "Europe/Amsterdam",
            "hours": {"mon": [["09:00", "17:00"]], "tue": [["00:00", "24:00"]]},
            "shifts": {"2026-04-27": [["10:00", "12:00"]]}}"#,
    );
    let counted = calendar.elapsed(at("2026-04-26T00:00:00Z"), at("2026-04-30T00:00:00Z"));
    assert_eq!(counted, 26 * 60 * MINUTE_US);
}

#[test]
fn a_calendar_that_never_opens_has_no_due_time() {
    let closed = calendar(r#"{"tz": "Etc/UTC"}"#);
    assert_eq!(closed.after(at("2026-01-01T00:00:00Z"), 0), None);
    assert_eq!(closed.before(at("2026-01-01T00:00:00Z"), 1), None);
    let seldom = calendar(r#"{"tz": "Europe/Berlin", "hours": {"sat": [["10:00", "11:00"]]}}"#);
    let due = seldom.after(at("2026-01-01T00:00:00Z"), 40 * 60 * MINUTE_US);
    assert_eq!(due, Some(at("2026-10-03T09:00:00Z")), "forty hours at one a week");
}

/// Facts published with another desk: 60, 120 and 180 minutes from a Thursday 09:30 in 08:00-18:00.
#[test]
fn published_cases_of_a_peer_hold() {
    let calendar = calendar(r#"{"tz": "Etc/UTC", "hours": {"thu": [["08:00", "18:00"]]}}"#);
    for (minutes, due) in [(60, "10:30"), (120, "11:30"), (180, "12:30")] {
        let due = at(&format!("2013-03-21T{due}:00Z"));
        assert_eq!(calendar.after(at("2013-03-21T09:30:00Z"), minutes * MINUTE_US), Some(due));
    }
}
