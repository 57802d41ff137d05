//! From stamps to UTC: the order, year, date and zone that a file's survey decided, applied line
//! by line in the order of the file.

use mainstay_core::UtcMicros;

use super::calendar::{is_leap_year, year_of_day};
use super::rules::{Offset, Pass};
use super::{DAY_US, Date, MINUTE_US, Order, Stamp, Zone, ZoneRules, days_from_civil};
use crate::record::TimeConfidence;

/// A step back of more than this between neighbours is a change of the year; less is disorder.
const YEAR_STEP_US: i64 = 30 * DAY_US;
/// A step back of more than this in times of day is midnight; less is disorder.
const MIDNIGHT_STEP_US: i64 = DAY_US / 2;

/// What a survey decided for a file.
#[derive(Debug, Clone)]
pub struct ClockPlan {
    pub order: Order,
    /// Minutes east of UTC where the text states none; `None` is UTC by assumption.
    pub zone_minutes: Option<i32>,
    /// The zone by its name, for what `zone_minutes` does not decide.
    pub zone: Option<ZoneRules>,
    /// Somewhere in the file the clock steps back by about an hour.
    pub hour_back: bool,
    /// Year of the first stamp without one.
    pub first_year: Option<i32>,
    /// Day since 1970 of the first time of day, in the file's own zone.
    pub first_day: Option<i64>,
    /// When the machine or the process started whose uptime the file states.
    pub start: Option<UtcMicros>,
    /// A time after this is a misread number.
    pub not_after: UtcMicros,
}

impl ClockPlan {
    /// A plan that knows nothing but today.
    #[must_use]
    pub fn new(not_after: UtcMicros) -> Self {
        Self {
            order: Order::YearFirst,
            zone_minutes: None,
            zone: None,
            hour_back: false,
            first_year: None,
            first_day: None,
            start: None,
            not_after,
        }
    }
}

/// The state while one file is read from its start.
#[derive(Debug, Clone)]
pub struct Clock {
    plan: ClockPlan,
    years: Unroll,
    days: Unroll,
    /// The last complete time in the file's own zone: a time of day beside it lies near it.
    last_local: Option<i64>,
    /// Which of two equal hours the file is in when a zone's clock is set back.
    pass: Pass,
    previous_local: Option<i64>,
}

/// Counts year changes or midnights: what is added to the first year or day.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Unroll {
    steps: i64,
    previous: Option<i64>,
}

impl Unroll {
    /// The years passed since the first stamp, with this one at `within` its year.
    pub(crate) fn year(&mut self, within: i64) -> i64 {
        const YEAR_US: i64 = 365 * DAY_US;
        self.step(within, YEAR_STEP_US, YEAR_US)
    }

    /// The midnights passed since the first stamp, with this one at `within` its day.
    pub(crate) fn day(&mut self, within: i64) -> i64 {
        self.step(within, MIDNIGHT_STEP_US, DAY_US)
    }

    /// A small disorder across the border is not a change: a stamp that would lie less than the
    /// threshold before its neighbour if it belonged to the period before does belong there.
    fn step(&mut self, within: i64, threshold: i64, period: i64) -> i64 {
        if let Some(previous) = self.previous {
            if previous - within > threshold {
                self.steps += 1;
            } else if within - previous > period - threshold && self.steps > 0 {
                self.steps -= 1;
            }
        }
        self.previous = Some(within);
        self.steps
    }
}

impl Clock {
    /// A clock at the start of a file.
    #[must_use]
    pub fn new(plan: ClockPlan) -> Self {
        Self {
            plan,
            years: Unroll::default(),
            days: Unroll::default(),
            last_local: None,
            pass: Pass::First,
            previous_local: None,
        }
    }

    /// The moment of a stamp and how sure it is; `None` if nothing places it.
    pub fn read(&mut self, stamp: Stamp) -> Option<(UtcMicros, TimeConfidence)> {
        let stamp = stamp.ordered(self.plan.order)?;
        let (local, dated) = match stamp.date {
            Date::Instant(micros) => return self.bounded(micros, TimeConfidence::Exact),
            Date::Uptime(passed) => {
                let start = self.plan.start?;
                return self.bounded(start.0.saturating_add(passed), TimeConfidence::Exact);
            }
            Date::Full { .. } => {
                self.last_local = stamp.local_micros();
                (stamp.local_micros()?, TimeConfidence::Exact)
            }
            Date::NoYear { month, day } => {
                let years = self.years.year(within_year(month, day, stamp.micros_of_day));
                let year = i64::from(self.plan.first_year?) + years;
                let year = leap_year_for(i32::try_from(year).ok()?, month, day);
                let days = days_from_civil(year, month, day);
                (days * DAY_US + stamp.micros_of_day, TimeConfidence::YearInferred)
            }
            Date::Missing => {
                let days = match (self.last_local, self.plan.first_day) {
                    (Some(last), _) => (last - stamp.micros_of_day + DAY_US / 2).div_euclid(DAY_US),
                    (None, first) => first? + self.days.day(stamp.micros_of_day),
                };
                (days * DAY_US + stamp.micros_of_day, TimeConfidence::DateInferred)
            }
            Date::Triple(_) | Date::Pair(_) | Date::PairYear(..) => return None,
        };
        let (minutes, zoned) = self.offset(local, stamp.zone);
        self.bounded(local - i64::from(minutes) * MINUTE_US, dated.max(zoned))
    }

    /// Minutes east of UTC at a local time, and how sure they are.
    fn offset(&mut self, local: i64, stated: Zone) -> (i32, TimeConfidence) {
        let name = match stated {
            Zone::Offset(minutes) => return (minutes, TimeConfidence::Exact),
            Zone::Place(place) => {
                let rules = place.rules();
                return rules.map_or((0, TimeConfidence::ZoneAssumed), |rules| {
                    self.offset_by(&rules, local, None)
                });
            }
            Zone::Ambiguous(name) => Some(name),
            Zone::Unstated => None,
        };
        if let Some(minutes) = self.plan.zone_minutes {
            return (minutes, TimeConfidence::Exact);
        }
        match self.plan.zone.clone() {
            Some(rules) => self.offset_by(&rules, local, name),
            None => (0, TimeConfidence::ZoneAssumed),
        }
    }

    fn offset_by(
        &mut self,
        rules: &ZoneRules,
        local: i64,
        name: Option<&str>,
    ) -> (i32, TimeConfidence) {
        let back = self.previous_local.map_or(0, |previous| previous - local);
        self.previous_local = Some(local);
        match rules.offset(local, name) {
            Offset::One(minutes) => {
                self.pass = Pass::First;
                (minutes, TimeConfidence::Exact)
            }
            Offset::Assumed(minutes) => (minutes, TimeConfidence::ZoneAssumed),
            Offset::Two { earlier, later } => {
                if is_hour_back(back) {
                    self.pass = Pass::Second;
                }
                match self.pass {
                    Pass::Second => (later, TimeConfidence::Exact),
                    Pass::First if self.plan.hour_back => (earlier, TimeConfidence::Exact),
                    Pass::First => (earlier, TimeConfidence::ZoneAssumed),
                }
            }
        }
    }

    fn bounded(
        &self,
        micros: i64,
        confidence: TimeConfidence,
    ) -> Option<(UtcMicros, TimeConfidence)> {
        let time = UtcMicros(micros);
        (time <= self.plan.not_after).then_some((time, confidence))
    }
}

/// Is a step back the end of summer time?
pub(crate) fn is_hour_back(step: i64) -> bool {
    (30 * MINUTE_US..=90 * MINUTE_US).contains(&step)
}

/// Microseconds since the start of a leap year, so that every day of any year has its place.
pub(crate) fn within_year(month: u8, day: u8, micros_of_day: i64) -> i64 {
    let days = days_from_civil(2000, month, day) - days_from_civil(2000, 1, 1);
    days * DAY_US + micros_of_day
}

/// 29 February forces a leap year: the next earlier one.
pub(crate) fn leap_year_for(year: i32, month: u8, day: u8) -> i32 {
    if month == 2 && day == 29 {
        (year - 7..=year).rev().find(|candidate| is_leap_year(*candidate)).unwrap_or(year)
    } else {
        year
    }
}

/// The year in which a day of the year lies nearest to a moment.
pub(crate) fn nearest_year(within: i64, moment: i64) -> i32 {
    let around = year_of_day(moment.div_euclid(DAY_US));
    (around - 1..=around + 1)
        .min_by_key(|year| (days_from_civil(*year, 1, 1) * DAY_US + within - moment).abs())
        .unwrap_or(around)
}

/// The latest year in which a day of the year is not after a moment.
pub(crate) fn latest_year(within: i64, moment: i64) -> i32 {
    let around = year_of_day(moment.div_euclid(DAY_US));
    if days_from_civil(around, 1, 1) * DAY_US + within <= moment { around } else { around - 1 }
}
