//! Business calendars: when a team is open, in its own zone.
//!
//! A calendar is a value. It is read from the documented JSON form and checked once; the counting
//! is in `count`, the resolving of wall-clock times to instants in `day`. There are no day units:
//! targets are durations.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

mod count;
mod day;
mod explain;

pub use day::Span;
pub use explain::{Stretch, Why};

/// Wall-clock minutes of a day; `24:00` is the next day's midnight.
const DAY_MINUTES: u16 = 24 * 60;
/// Intervals of one date: a shift change every half hour is the densest roster seen.
const INTERVALS_MAX: usize = 48;
/// Special dates of one calendar: ten years of holidays, shifts and breaks, one a day.
const SPECIAL_DATES_MAX: usize = 3 * 3_660;

/// The JSON form, as people write it and as it is stored in a calendar version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarForm {
    /// IANA name of the zone.
    pub tz: String,
    /// `mon` to `sun`; a missing day is closed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hours: BTreeMap<String, Vec<(String, String)>>,
    /// Dates without hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    /// Dates whose hours replace those of the week.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shifts: BTreeMap<String, Vec<(String, String)>>,
    /// What is cut out of a date's hours.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub breaks: BTreeMap<String, Vec<(String, String)>>,
}

/// A date alone, or a date with the name that the explanation of a clock shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Holiday {
    Date(String),
    Named { date: String, name: String },
}

impl Holiday {
    fn date(&self) -> &str {
        match self {
            Self::Date(date) | Self::Named { date, .. } => date,
        }
    }
}

/// Why a calendar is refused. Texts name the entry, so that it can be found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("{0:?} is not a zone; use an IANA name like Europe/London")]
    Zone(String),
    #[error("{0:?} is not a day of the week; use mon, tue, wed, thu, fri, sat or sun")]
    Weekday(String),
    #[error("{0:?} is not a date; use YYYY-MM-DD")]
    Date(String),
    #[error(
        "{from:?} to {to:?} on {day} is not an interval; use HH:MM, the start before the end, up to 24:00"
    )]
    Interval { day: String, from: String, to: String },
    #[error("intervals on {day} overlap; join them or move one")]
    Overlap { day: String },
    #[error("{day} has more than {INTERVALS_MAX} intervals; join some")]
    TooManyIntervals { day: String },
    #[error("more than {SPECIAL_DATES_MAX} holidays, shifts and breaks; remove past ones")]
    TooManyDates,
}

/// Wall-clock minutes `[from, to)` of one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Interval {
    from: u16,
    to: u16,
}

/// A checked calendar.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    week: [Vec<Interval>; 7],
    /// Counted minutes of a week without special dates and without a change of the offset.
    week_minutes: i64,
    // dates are numbers of days since 1970-01-01
    holidays: BTreeMap<i64, Option<String>>,
    shifts: BTreeMap<i64, Vec<Interval>>,
    breaks: BTreeMap<i64, Vec<Interval>>,
    special: BTreeSet<i64>,
}

impl Calendar {
    /// Open at every moment: the calendar of targets in calendar hours.
    #[must_use]
    pub fn always() -> Self {
        let all_day = || vec![Interval { from: 0, to: DAY_MINUTES }];
        Self {
            zone: TimeZone::UTC,
            week: std::array::from_fn(|_| all_day()),
            week_minutes: 7 * i64::from(DAY_MINUTES),
            holidays: BTreeMap::new(),
            shifts: BTreeMap::new(),
            breaks: BTreeMap::new(),
            special: BTreeSet::new(),
        }
    }

    /// Checks a calendar.
    ///
    /// # Errors
    /// The first entry that makes no sense.
    pub fn new(form: &CalendarForm) -> Result<Self, CalendarError> {
        let zone = TimeZone::get(&form.tz).map_err(|_| CalendarError::Zone(form.tz.clone()))?;
        let mut week: [Vec<Interval>; 7] = Default::default();
        for (day, intervals) in &form.hours {
            let weekday = weekday(day).ok_or_else(|| CalendarError::Weekday(day.clone()))?;
            week[weekday] = disjoint(day, intervals)?;
        }
        if form.holidays.len() + form.shifts.len() + form.breaks.len() > SPECIAL_DATES_MAX {
            return Err(CalendarError::TooManyDates);
        }
        let mut holidays = BTreeMap::new();
        for holiday in &form.holidays {
            let name = match holiday {
                Holiday::Date(_) => None,
                Holiday::Named { name, .. } => Some(name.clone()),
            };
            holidays.insert(day(holiday.date())?, name);
        }
        let shifts = dated(&form.shifts)?;
        let breaks = dated(&form.breaks)?;
        let special = holidays.keys().chain(shifts.keys()).chain(breaks.keys()).copied().collect();
        let week_minutes =
            week.iter().flatten().map(|interval| i64::from(interval.to - interval.from)).sum();
        Ok(Self { zone, week, week_minutes, holidays, shifts, breaks, special })
    }

    /// The zone its wall-clock times are in.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Wall-clock hours of a date before breaks: holidays beat shifts, shifts beat the week.
    fn hours(&self, day: i64) -> &[Interval] {
        if self.holidays.contains_key(&day) {
            return &[];
        }
        // 1970-01-01 was a Thursday
        let weekday = usize::try_from((day + 3).rem_euclid(7)).expect("a remainder of 7 is small");
        self.shifts.get(&day).unwrap_or(&self.week[weekday])
    }
}

/// The place of a day in the week, Monday first.
fn weekday(name: &str) -> Option<usize> {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|known| *known == name)
}

fn day(text: &str) -> Result<i64, CalendarError> {
    text.parse().map(day::day_of).map_err(|_| CalendarError::Date(text.to_owned()))
}

fn dated(
    dates: &BTreeMap<String, Vec<(String, String)>>,
) -> Result<BTreeMap<i64, Vec<Interval>>, CalendarError> {
    dates.iter().map(|(date, intervals)| Ok((day(date)?, disjoint(date, intervals)?))).collect()
}

/// In order, touching intervals joined, overlapping ones refused.
fn disjoint(day: &str, texts: &[(String, String)]) -> Result<Vec<Interval>, CalendarError> {
    if texts.len() > INTERVALS_MAX {
        return Err(CalendarError::TooManyIntervals { day: day.to_owned() });
    }
    let mut intervals = Vec::with_capacity(texts.len());
    for (from, to) in texts {
        let wrong =
            || CalendarError::Interval { day: day.to_owned(), from: from.clone(), to: to.clone() };
        let (start, end) = (minutes(from).ok_or_else(wrong)?, minutes(to).ok_or_else(wrong)?);
        if start >= end {
            return Err(wrong());
        }
        intervals.push(Interval { from: start, to: end });
    }
    intervals.sort_unstable();
    let mut joined: Vec<Interval> = Vec::with_capacity(intervals.len());
    for interval in intervals {
        match joined.last_mut() {
            Some(last) if interval.from < last.to => {
                return Err(CalendarError::Overlap { day: day.to_owned() });
            }
            Some(last) if interval.from == last.to => last.to = interval.to,
            _ => joined.push(interval),
        }
    }
    Ok(joined)
}

/// `HH:MM`, with `24:00` as the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= DAY_MINUTES).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str) -> Result<Calendar, String> {
        let form: CalendarForm = serde_json::from_str(json).map_err(|error| error.to_string())?;
        Calendar::new(&form).map_err(|error| error.to_string())
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        for (json, said) in [
            (r#"{"tz": "Mars/Base"}"#, "not a zone"),
            (r#"{"tz": "Etc/UTC", "hours": {"monday": []}}"#, "not a day of the week"),
            (r#"{"tz": "Etc/UTC", "hours": {"mon": [["9:00", "17:00"]]}}"#, "not an interval"),
            (r#"{"tz": "Etc/UTC", "hours": {"mon": [["17:00", "09:00"]]}}"#, "not an interval"),
            (r#"{"tz": "Etc/UTC", "hours": {"mon": [["23:00", "24:01"]]}}"#, "not an interval"),
            (
                r#"{"tz": "Etc/UTC", "hours": {"mon": [["09:00", "12:00"], ["11:59", "13:00"]]}}"#,
                "overlap",
            ),
            (r#"{"tz": "Etc/UTC", "holidays": ["2026-02-30"]}"#, "not a date"),
            (r#"{"tz": "Etc/UTC", "hour": {}}"#, "unknown field"),
        ] {
            let refused = check(json).expect_err(json);
            assert!(refused.contains(said), "{json}: {refused}");
        }
    }

    #[test]
    fn touching_intervals_are_one() {
        let calendar = check(
            r#"{"tz": "Etc/UTC", "hours": {"mon": [["12:00", "14:00"], ["09:00", "12:00"]]}}"#,
        )
        .expect("a calendar");
        assert_eq!(calendar.week[0], [Interval { from: 540, to: 840 }]);
    }

    #[test]
    fn a_form_prints_as_it_reads() {
        let json = r#"{"tz":"Europe/London","hours":{"mon":[["08:30","12:30"]]},"holidays":["2026-12-25",{"date":"2027-01-01","name":"New Year"}]}"#;
        let form: CalendarForm = serde_json::from_str(json).expect("reads");
        assert_eq!(serde_json::to_string(&form).expect("prints"), json);
    }
}
