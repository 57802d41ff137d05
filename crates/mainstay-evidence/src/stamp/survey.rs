//! What a whole file tells about its times: the order of short dates, the years and midnights
//! that pass, the offset to spans that share an id. Two passes at most, constant memory.

use std::collections::BTreeMap;

use mainstay_core::UtcMicros;

use super::clock::{Unroll, is_hour_back, latest_year, leap_year_for, nearest_year, within_year};
use super::{ClockPlan, DAY_US, Date, MINUTE_US, Order, Stamp, Zone, days_from_civil};

/// Zones are multiples of this; a difference is rounded to it.
const ZONE_STEP_US: i64 = 15 * MINUTE_US;
/// The westernmost and easternmost zone, in minutes.
const ZONE_MINUTES: std::ops::RangeInclusive<i64> = -12 * 60..=14 * 60;
/// Lines that must share a span before their offset is a zone; 80 % of them must agree.
const ZONE_PAIRS: u64 = 20;
/// A short file has fewer lines: then all must agree, and closely.
const ZONE_PAIRS_SHORT_FILE: u64 = 3;
/// How close a line of a short file must follow its span's start, the zone taken out.
const ZONE_CLOSE_US: i64 = 60_000_000;

/// What is known about a file from outside its text.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// A year that the file's name or path states.
    pub name_year: Option<i32>,
    /// A day (since 1970) that the file's name or path states.
    pub name_day: Option<i64>,
    /// The middle of what is already known of the bundle.
    pub near: Option<UtcMicros>,
    /// When the file was last written.
    pub modified: Option<UtcMicros>,
    /// Nothing lies after this.
    pub not_after: UtcMicros,
}

/// Decides the order of short dates over a whole file.
#[derive(Debug, Clone, Default)]
pub struct OrderSurvey {
    tallies: [OrderTally; 3],
}

#[derive(Debug, Clone, Copy, Default)]
struct OrderTally {
    impossible: u64,
    backwards: u64,
    previous: Option<i64>,
    last: Option<i64>,
}

impl OrderSurvey {
    /// Notes one stamp.
    pub fn observe(&mut self, stamp: &Stamp) {
        if !stamp.is_unordered() {
            return;
        }
        for (order, tally) in Order::ALL.iter().zip(&mut self.tallies) {
            let Some(ordered) = stamp.ordered(*order) else {
                tally.impossible += 1;
                continue;
            };
            let local = match ordered.date {
                Date::NoYear { month, day } => within_year(month, day, ordered.micros_of_day),
                _ => ordered.local_micros().unwrap_or(0),
            };
            tally.backwards += u64::from(tally.previous.is_some_and(|previous| local < previous));
            tally.previous = Some(local);
            tally.last = Some(local);
        }
    }

    /// The order, and whether something had to be guessed. `habitual` is what the layout's marks
    /// suggest.
    #[must_use]
    pub fn decide(&self, habitual: Order, given: &Given) -> (Order, bool) {
        let least_impossible = self.tallies.iter().map(|tally| tally.impossible).min().unwrap_or(0);
        let mut open: Vec<(Order, OrderTally)> = Order::ALL
            .into_iter()
            .zip(self.tallies)
            .filter(|(_, tally)| tally.impossible == least_impossible)
            .collect();
        let least_backwards = open.iter().map(|(_, tally)| tally.backwards).min().unwrap_or(0);
        open.retain(|(_, tally)| tally.backwards == least_backwards);
        // without a year "year first" reads like "month first"
        let same = open.iter().all(|(_, tally)| tally.last == open[0].1.last);
        if same && !open.is_empty() {
            return (open[0].0, false);
        }
        // with no other moment known, what the marks suggest is the better guess
        let anchor = given.near.or(given.modified);
        let possible = |tally: &OrderTally| {
            tally.last.filter(|last| *last <= given.not_after.0).map(|last| {
                // a date without a year is as near as any other
                match anchor {
                    Some(anchor) if last >= days_from_civil(1971, 1, 1) * DAY_US => {
                        (last - anchor.0).abs()
                    }
                    _ => 0,
                }
            })
        };
        let best = open
            .iter()
            .min_by_key(|(order, tally)| (possible(tally).unwrap_or(i64::MAX), *order != habitual))
            .map_or(habitual, |(order, _)| *order);
        (best, true)
    }
}

/// A local time in a calendar of its own kind, for steps between neighbours.
fn local_within(stamp: &Stamp) -> Option<i64> {
    match stamp.date {
        Date::NoYear { month, day } => Some(within_year(month, day, stamp.micros_of_day)),
        Date::Missing => Some(stamp.micros_of_day),
        _ => stamp.local_micros(),
    }
}

/// Collects what decides year, date and zone; stamps must come in the order of the file.
#[derive(Debug, Clone)]
pub struct TimeSurvey {
    order: Order,
    years: Unroll,
    days: Unroll,
    last_year: Option<(i64, i64)>,
    leap_after: Option<i64>,
    last_day: Option<(i64, i64)>,
    zone_votes: BTreeMap<i64, (u64, u64)>,
    day_votes: BTreeMap<(i64, i64), u64>,
    year_votes: BTreeMap<i64, u64>,
    pairs: u64,
    start: Option<UtcMicros>,
    previous_local: Option<i64>,
    hour_back: bool,
}

impl TimeSurvey {
    /// A survey of a file whose short dates are read in `order`.
    #[must_use]
    pub fn new(order: Order) -> Self {
        Self {
            order,
            years: Unroll::default(),
            days: Unroll::default(),
            last_year: None,
            leap_after: None,
            last_day: None,
            zone_votes: BTreeMap::new(),
            day_votes: BTreeMap::new(),
            year_votes: BTreeMap::new(),
            pairs: 0,
            start: None,
            previous_local: None,
            hour_back: false,
        }
    }

    /// Notes a line that states an uptime: the kernel says once what the time is.
    pub fn observe_uptime(&mut self, stamp: &Stamp, text: &str) {
        const CLOCK_SET: &str = "setting system clock to ";
        let Date::Uptime(passed) = stamp.date else { return };
        let Some((_, stated)) = text.split_once(CLOCK_SET).filter(|_| self.start.is_none()) else {
            return;
        };
        let now = super::scan(stated.as_bytes()).and_then(|(stamp, _, _)| stamp.local_micros());
        self.start = now.map(|now| UtcMicros(now - passed));
    }

    /// Notes one stamp, and the start of the span whose id stands on the same line.
    pub fn observe(&mut self, stamp: &Stamp, span_start: Option<UtcMicros>) {
        let Some(stamp) = stamp.ordered(self.order) else { return };
        if let Some(local) = local_within(&stamp) {
            let back = self.previous_local.map_or(0, |previous| previous - local);
            self.hour_back |= is_hour_back(back);
            self.previous_local = Some(local);
        }
        match stamp.date {
            Date::Full { .. } if !matches!(stamp.zone, Zone::Offset(_) | Zone::Place(_)) => {
                if let (Some(local), Some(span)) = (stamp.local_micros(), span_start) {
                    self.vote(local - span.0);
                }
            }
            Date::NoYear { month, day } => {
                let within = within_year(month, day, stamp.micros_of_day);
                let passed = self.years.year(within);
                self.last_year = Some((within, passed));
                if (month, day) == (2, 29) {
                    self.leap_after = Some(passed);
                }
                if let Some(span) = span_start {
                    let year = nearest_year(within, span.0);
                    *self.year_votes.entry(i64::from(year) - passed).or_default() += 1;
                    let days = days_from_civil(leap_year_for(year, month, day), month, day);
                    self.vote(days * DAY_US + stamp.micros_of_day - span.0);
                }
            }
            Date::Missing => {
                let passed = self.days.day(stamp.micros_of_day);
                self.last_day = Some((stamp.micros_of_day, passed));
                if let Some(span) = span_start {
                    self.vote_day(stamp.micros_of_day, passed, span.0);
                }
            }
            _ => {}
        }
    }

    /// A zone between -10 h and +14 h: the few places further west share their time of day with
    /// more peopled ones a day ahead.
    fn vote_day(&mut self, micros_of_day: i64, passed: i64, span: i64) {
        let mut difference = (micros_of_day - span).rem_euclid(DAY_US);
        if difference > 14 * 60 * MINUTE_US {
            difference -= DAY_US;
        }
        self.vote(difference);
        let zone = (difference + ZONE_STEP_US / 2).div_euclid(ZONE_STEP_US) * ZONE_STEP_US;
        let day = (span + zone - micros_of_day + DAY_US / 2).div_euclid(DAY_US);
        *self.day_votes.entry((zone / ZONE_STEP_US, day - passed)).or_default() += 1;
    }

    fn vote(&mut self, difference: i64) {
        self.pairs += 1;
        let steps = (difference + ZONE_STEP_US / 2).div_euclid(ZONE_STEP_US);
        let close = (difference - steps * ZONE_STEP_US).abs() <= ZONE_CLOSE_US;
        let votes = self.zone_votes.entry(steps).or_default();
        votes.0 += 1;
        votes.1 += u64::from(close);
    }

    /// Minutes east of UTC by the spans, if enough lines agree.
    #[must_use]
    pub fn zone_minutes(&self) -> Option<i32> {
        let (steps, (votes, close)) =
            self.zone_votes.iter().max_by_key(|(steps, (votes, _))| (*votes, -steps.abs()))?;
        let many = self.pairs >= ZONE_PAIRS && *votes * 5 >= self.pairs * 4;
        let few = self.pairs >= ZONE_PAIRS_SHORT_FILE && *close == self.pairs;
        let minutes = steps * 15;
        let real = ZONE_MINUTES.contains(&minutes);
        ((many || few) && real).then(|| i32::try_from(minutes).ok()).flatten()
    }

    /// The plan for reading the file; `zone_minutes` wins over what the spans say.
    #[must_use]
    pub fn decide(&self, zone_minutes: Option<i32>, given: &Given) -> ClockPlan {
        let zone_minutes = zone_minutes.or_else(|| self.zone_minutes());
        ClockPlan {
            order: self.order,
            zone_minutes,
            zone: None,
            hour_back: self.hour_back,
            first_year: self.first_year(given),
            first_day: self.first_day(zone_minutes, given),
            start: self.start,
            not_after: given.not_after,
        }
    }

    fn first_year(&self, given: &Given) -> Option<i32> {
        let (within, passed) = self.last_year?;
        let voted = self.year_votes.iter().max_by_key(|(_, votes)| **votes).map(|(year, _)| *year);
        let last = match (voted, given.name_year, given.near, given.modified) {
            (Some(first), ..) => first + passed,
            (_, Some(year), ..) => i64::from(year),
            (_, _, Some(near), _) => {
                let latest = latest_year(within, given.not_after.0);
                i64::from(nearest_year(within, near.0).min(latest))
            }
            (_, _, _, Some(modified)) => i64::from(latest_year(within, modified.0 + DAY_US)),
            _ => i64::from(latest_year(within, given.not_after.0 - DAY_US)),
        };
        let first = i32::try_from(last - passed).ok()?;
        let Some(leap_after) = self.leap_after.and_then(|years| i32::try_from(years).ok()) else {
            return Some(first);
        };
        (first - 7..=first)
            .rev()
            .find(|year| super::is_leap_year(year + leap_after))
            .or(Some(first))
    }

    fn first_day(&self, zone_minutes: Option<i32>, given: &Given) -> Option<i64> {
        let (micros_of_day, passed) = self.last_day?;
        let voted = self.day_votes.iter().max_by_key(|(_, votes)| **votes);
        if let Some(((_, day), _)) = voted {
            return Some(*day);
        }
        if let Some(day) = given.name_day {
            return Some(day);
        }
        let zone = i64::from(zone_minutes.unwrap_or(0)) * MINUTE_US;
        let last_day = match (given.near, given.modified) {
            (Some(near), _) => (near.0 + zone - micros_of_day + DAY_US / 2).div_euclid(DAY_US),
            (None, Some(modified)) => {
                let slack = 60 * MINUTE_US;
                (modified.0 + slack + zone - micros_of_day).div_euclid(DAY_US)
            }
            (None, None) => return None,
        };
        Some(last_day - passed)
    }
}
