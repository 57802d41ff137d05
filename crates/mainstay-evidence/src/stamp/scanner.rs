//! The scanner behind time layouts: runs the elements of one pattern over the start of a text.

use super::calendar::{days_from_civil, year_of_two_digits};
use super::{Date, Stamp, Zone, epoch, zone};

const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];
const WEEKDAYS: [&[u8]; 7] =
    [b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday"];

/// Letters of a month or a weekday in short.
const SHORT_NAME: usize = 3;

/// One part of a pattern; `layout` says what each letter means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Element {
    Year,
    YearShort,
    Month,
    MonthName,
    Day,
    DayPadded,
    DayOfYear,
    Weekday,
    Hour,
    HourPadded,
    Minute,
    MinuteShort,
    Second,
    SecondShort,
    Fraction,
    Millis,
    ZoneMaybe,
    Zone,
    ZoneMinutes,
    MeridiemMaybe,
    Meridiem,
    Short(usize),
    Byte(u8),
}

/// Reads one time by its elements at the start of `text`; returns it and the bytes read.
pub(crate) fn run(elements: &[Element], text: &[u8]) -> Option<(Stamp, usize)> {
    let mut scanner = Scanner { text, at: 0, fields: Fields::default() };
    for element in elements {
        scanner.element(*element)?;
    }
    Some((scanner.fields.stamp()?, scanner.at))
}

#[derive(Default)]
struct Fields {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
    day_of_year: Option<u16>,
    shorts: [Option<u8>; 3],
    hour: u8,
    minute: u8,
    second: u8,
    micros: i64,
    afternoon: Option<bool>,
    zone: Option<Zone>,
}

impl Fields {
    fn stamp(&self) -> Option<Stamp> {
        let hour = match self.afternoon {
            None => self.hour,
            Some(_) if self.hour == 0 || self.hour > 12 => return None,
            Some(afternoon) => self.hour % 12 + 12 * u8::from(afternoon),
        };
        if hour > 23 || self.minute > 59 || self.second > 60 {
            return None;
        }
        let seconds =
            i64::from(hour) * 3_600 + i64::from(self.minute) * 60 + i64::from(self.second.min(59));
        let stamp = Stamp {
            date: self.date()?,
            micros_of_day: seconds * 1_000_000 + self.micros,
            zone: self.zone.unwrap_or(Zone::Unstated),
        };
        stamp.date.is_possible().then_some(stamp)
    }

    fn date(&self) -> Option<Date> {
        Some(match (self.shorts, self.year, self.month, self.day) {
            ([Some(a), Some(b), Some(c)], _, _, _) => Date::Triple([a, b, c]),
            ([Some(a), Some(b), None], Some(year), _, _) => Date::PairYear([a, b], year),
            ([Some(a), Some(b), None], None, _, _) => Date::Pair([a, b]),
            (_, Some(year), Some(month), Some(day)) => Date::Full { year, month, day },
            (_, Some(year), Some(month), None) => Date::Full { year, month, day: 1 },
            (_, Some(year), None, None) => {
                let (month, day) = month_of_day_number(year, self.day_of_year?)?;
                Date::Full { year, month, day }
            }
            (_, None, Some(month), Some(day)) => Date::NoYear { month, day },
            _ => Date::Missing,
        })
    }
}

fn month_of_day_number(year: i32, number: u16) -> Option<(u8, u8)> {
    let days = days_from_civil(year, 1, 1) + i64::from(number) - 1;
    (1..=12).rev().find_map(|month| {
        let day = days - days_from_civil(year, month, 1) + 1;
        (day >= 1).then(|| u8::try_from(day).ok()).flatten().map(|day| (month, day))
    })
}

struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
    fields: Fields,
}

impl Scanner<'_> {
    fn element(&mut self, element: Element) -> Option<()> {
        match element {
            Element::Byte(byte) => self.literal(byte)?,
            Element::Year => {
                let year = self.number(4)?;
                if !(1970..2100).contains(&year) {
                    return None;
                }
                self.fields.year = Some(i32::from(year));
            }
            Element::YearShort => {
                let short = self.two_digits()?;
                self.fields.year = Some(year_of_two_digits(short));
            }
            Element::Month => self.fields.month = Some(self.two_digits()?),
            Element::Day => self.fields.day = Some(self.two_digits()?),
            Element::DayPadded => self.fields.day = Some(self.one_or_two_digits()?),
            Element::DayOfYear => self.fields.day_of_year = Some(self.number(3)?),
            Element::MonthName => {
                let index = self.word(&MONTHS)?;
                self.fields.month = u8::try_from(index + 1).ok();
            }
            Element::Weekday => {
                self.word(&WEEKDAYS)?;
            }
            Element::Hour => self.fields.hour = self.two_digits()?,
            Element::HourPadded => self.fields.hour = self.one_or_two_digits()?,
            Element::Minute => self.fields.minute = self.two_digits()?,
            Element::MinuteShort => self.fields.minute = self.one_or_two_digits()?,
            Element::Second => self.fields.second = self.two_digits()?,
            Element::SecondShort => self.fields.second = self.one_or_two_digits()?,
            Element::Millis => self.millis()?,
            Element::Fraction => self.fraction(),
            Element::ZoneMaybe => drop(self.zone()),
            Element::Zone => self.zone()?,
            Element::ZoneMinutes => self.zone_minutes(),
            Element::MeridiemMaybe => drop(self.meridiem()),
            Element::Meridiem => self.meridiem()?,
            Element::Short(index) => self.fields.shorts[index] = Some(self.one_or_two_digits()?),
        }
        Some(())
    }

    fn literal(&mut self, byte: u8) -> Option<()> {
        if self.text.get(self.at) != Some(&byte) {
            return None;
        }
        self.at += 1;
        // months and weekdays are followed by two blanks where the day is not padded by one
        if byte == b' ' && self.text.get(self.at) == Some(&b' ') {
            let third = self.text.get(self.at + 1).is_some_and(u8::is_ascii_digit);
            self.at += usize::from(third);
        }
        Some(())
    }

    fn number(&mut self, digits: usize) -> Option<u16> {
        let text = self.text.get(self.at..self.at + digits)?;
        if !text.iter().all(u8::is_ascii_digit) {
            return None;
        }
        self.at += digits;
        Some(text.iter().fold(0, |sum, byte| sum * 10 + u16::from(byte - b'0')))
    }

    fn two_digits(&mut self) -> Option<u8> {
        u8::try_from(self.number(2)?).ok()
    }

    fn one_or_two_digits(&mut self) -> Option<u8> {
        if self.text.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let two = self.text.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        u8::try_from(self.number(1 + usize::from(two))?).ok()
    }

    /// The index of the name that starts here, in full or by its first three letters.
    fn word(&mut self, names: &[&[u8]]) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        // no two names begin alike
        let start = rest.first_chunk::<SHORT_NAME>()?.map(|byte| byte.to_ascii_lowercase());
        let [first, second, third] = start;
        let begins = |name: &&[u8]| name[2] == third && name[1] == second && name[0] == first;
        let index = names.iter().position(begins)?;
        let name = names[index];
        let length = rest.iter().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let is_name = length == SHORT_NAME
            || (length == name.len() && name.eq_ignore_ascii_case(&rest[..length]));
        self.at += length;
        is_name.then_some(index)
    }

    fn fraction(&mut self) {
        let mark = match self.text.get(self.at) {
            Some(mark @ (b'.' | b',' | b':')) => *mark,
            _ => return,
        };
        let rest = &self.text[self.at + 1..];
        let digits = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        // after a colon one or two digits are more often a line number or a port
        let least = if mark == b':' { 3 } else { 1 };
        if (least..=9).contains(&digits) {
            self.fields.micros = epoch::fraction(&rest[..digits]);
            self.at += 1 + digits;
        }
    }

    fn zone(&mut self) -> Option<()> {
        let (zone, end) = zone::scan(self.text, self.at)?;
        self.fields.zone = Some(zone);
        self.at = end;
        Some(())
    }

    /// DB2 writes the minutes as three digits.
    fn zone_minutes(&mut self) {
        let sign = match self.text.get(self.at) {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return,
        };
        self.at += 1;
        match self.number(3) {
            Some(minutes) => self.fields.zone = Some(Zone::Offset(sign * i32::from(minutes))),
            None => self.at -= 1,
        }
    }

    /// Milliseconds as a number: `45` is 0.045 s.
    fn millis(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let digits = rest.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 3 {
            return None;
        }
        self.fields.micros = i64::from(self.number(digits.max(1))?) * 1_000;
        Some(())
    }

    fn meridiem(&mut self) -> Option<()> {
        let start = self.at + usize::from(self.text.get(self.at) == Some(&b' '));
        let word = self.text.get(start..start + 2)?;
        let ends = self.text.get(start + 2).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if !ends || !word[1].eq_ignore_ascii_case(&b'M') {
            return None;
        }
        self.fields.afternoon = match word[0].to_ascii_uppercase() {
            b'A' => Some(false),
            b'P' => Some(true),
            _ => return None,
        };
        self.at = start + 2;
        Some(())
    }
}
