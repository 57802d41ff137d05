//! Reading moments out of text: layouts, zones, epochs, and what is missing from them.
//!
//! A `Stamp` is what one line states; a `Clock` turns stamps of one file into UTC with what the
//! whole file and the bundle tell about order, year, date and zone. What is *not* here: where in
//! a line the time stands (`parse`), and any use of the machine's own clock or zone.

mod calendar;
mod clock;
mod epoch;
mod hint;
mod layout;
mod rules;
mod scanner;
mod survey;
mod zone;

pub use calendar::{days_from_civil, is_leap_year, month_length};
pub use clock::{Clock, ClockPlan};
pub use epoch::from_number;
pub use hint::zone_in_file;
pub use layout::{TimeLayout, scan, scan_as, scan_day};
pub(crate) use layout::{habitual_order, rfc3339, scan_epoch, scan_header_day, scan_uptime};
pub use rules::{Place, ZoneRules};
pub use survey::{Given, OrderSurvey, TimeSurvey};

/// What a text says about the zone of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Nothing.
    Unstated,
    /// Minutes east of UTC.
    Offset(i32),
    /// A place of the zone database (`Europe/Berlin`), whose offset depends on the moment.
    Place(Place),
    /// A name that several places use (IST, CST, BST, AST, EST): only the bundle's zone can tell.
    Ambiguous(&'static str),
}

/// The date part of a stamp, as far as the text states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Date {
    /// Complete.
    Full { year: i32, month: u8, day: u8 },
    /// Month and day without a year.
    NoYear { month: u8, day: u8 },
    /// Three short numbers whose order only the whole file can tell.
    Triple([u8; 3]),
    /// Two short numbers without a year: month and day in an unknown order.
    Pair([u8; 2]),
    /// Two short numbers and a year: month and day in an unknown order.
    PairYear([u8; 2], i32),
    /// A time of day only.
    Missing,
    /// Microseconds since 1970, date and zone included.
    Instant(i64),
    /// Microseconds since the start of a machine or a process.
    Uptime(i64),
}

/// The order of the numbers in a short date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    YearFirst,
    DayFirst,
    MonthFirst,
}

impl Order {
    /// All orders, in the order of preference when nothing else decides.
    pub const ALL: [Self; 3] = [Self::YearFirst, Self::MonthFirst, Self::DayFirst];
}

/// One time as a text states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub date: Date,
    /// Microseconds since midnight; a leap second counts as the second before.
    pub micros_of_day: i64,
    pub zone: Zone,
}

/// Microseconds of a day without leap seconds.
pub const DAY_US: i64 = 86_400_000_000;
/// Microseconds of a minute.
pub const MINUTE_US: i64 = 60_000_000;

impl Stamp {
    /// The same stamp with its short date read in the given order; `None` if that is no date.
    #[must_use]
    pub fn ordered(self, order: Order) -> Option<Self> {
        let date = match self.date {
            Date::Triple([a, b, c]) => {
                let (year, month, day) = match order {
                    Order::YearFirst => (a, b, c),
                    Order::DayFirst => (c, b, a),
                    Order::MonthFirst => (c, a, b),
                };
                Date::Full { year: calendar::year_of_two_digits(year), month, day }
            }
            Date::Pair(pair) => {
                let (month, day) = month_and_day(pair, order);
                Date::NoYear { month, day }
            }
            Date::PairYear(pair, year) => {
                let (month, day) = month_and_day(pair, order);
                Date::Full { year, month, day }
            }
            other => other,
        };
        date.is_possible().then_some(Self { date, ..self })
    }

    /// Microseconds since 1970 as if the text were UTC; `None` unless the date is complete.
    #[must_use]
    pub fn local_micros(&self) -> Option<i64> {
        match self.date {
            Date::Instant(micros) => Some(micros),
            Date::Full { year, month, day } => {
                Some(days_from_civil(year, month, day) * DAY_US + self.micros_of_day)
            }
            _ => None,
        }
    }

    /// Is the moment complete without knowing anything else?
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        matches!(self.date, Date::Instant(_))
            || matches!((self.date, self.zone), (Date::Full { .. }, Zone::Offset(_)))
    }

    /// The same moment with the fraction of a second that another writing of it states.
    #[must_use]
    pub(crate) fn refined(self, finer: &Self) -> Self {
        const SECOND_US: i64 = 1_000_000;
        let fraction = finer.micros_of_day.rem_euclid(SECOND_US);
        let same_second =
            |micros: i64| (micros - finer.micros_of_day + fraction).rem_euclid(MINUTE_US) == 0;
        match self.date {
            Date::Instant(micros) if micros % SECOND_US == 0 && same_second(micros) => {
                Self { date: Date::Instant(micros + fraction), ..self }
            }
            _ => self,
        }
    }

    /// Is the order of day, month and year open?
    #[must_use]
    pub fn is_unordered(&self) -> bool {
        matches!(self.date, Date::Triple(_) | Date::Pair(_) | Date::PairYear(..))
    }
}

impl Date {
    fn is_possible(self) -> bool {
        match self {
            Self::Full { year, month, day } => {
                (1..=12).contains(&month) && day >= 1 && day <= month_length(year, month)
            }
            // a leap year: Feb 29 exists in some year
            Self::NoYear { month, day } => {
                (1..=12).contains(&month) && day >= 1 && day <= month_length(2000, month)
            }
            Self::Triple(_) | Self::Pair(_) | Self::PairYear(..) => {
                Order::ALL.iter().any(|order| {
                    let stamp = Stamp { date: self, micros_of_day: 0, zone: Zone::Unstated };
                    stamp.ordered(*order).is_some()
                })
            }
            Self::Missing | Self::Instant(_) | Self::Uptime(_) => true,
        }
    }
}

fn month_and_day(pair: [u8; 2], order: Order) -> (u8, u8) {
    match order {
        Order::DayFirst => (pair[1], pair[0]),
        Order::MonthFirst | Order::YearFirst => (pair[0], pair[1]),
    }
}
