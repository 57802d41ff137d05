//! Times in the text of a record that follow from its stored time: they are not stored again.
//!
//! A time counts as derived only if writing it again gives the same bytes.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mainstay_core::UtcMicros;

/// Shifts of zones are whole quarters of an hour.
const SHIFT_STEP_S: i64 = 900;
const DAY_S: i64 = 86_400;
const SECOND_US: i64 = 1_000_000;

/// Digits of a fraction that a stored time knows.
const FRACTION_DIGITS_MAX: usize = 6;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What is written before the time of day, separator included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Day {
    Iso(u8),
    Slash,
    ShortSlash,
    MonthFirst,
    Padded,
    Zeroed,
    Clf,
    Glog,
    Without,
}

/// The longest first: a shorter one may be the end of a longer one.
const DAYS: [Day; 11] = [
    Day::Clf,
    Day::Iso(b'T'),
    Day::Iso(b' '),
    Day::Iso(b'_'),
    Day::Slash,
    Day::ShortSlash,
    Day::Padded,
    Day::Zeroed,
    Day::MonthFirst,
    Day::Glog,
    Day::Without,
];

impl Day {
    fn pattern(self) -> &'static str {
        match self {
            Self::Iso(b'T') => "%Y-%m-%dT",
            Self::Iso(b'_') => "%Y-%m-%d_",
            Self::Iso(_) => "%Y-%m-%d ",
            Self::Slash => "%Y/%m/%d ",
            Self::ShortSlash => "%y/%m/%d ",
            Self::MonthFirst => "%m-%d ",
            Self::Padded => "%b %e ",
            Self::Zeroed => "%b %d ",
            Self::Clf => "%d/%b/%Y:",
            Self::Glog => "%m%d ",
            Self::Without => "",
        }
    }
}

/// How a time is written, and how far its zone is from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Moment {
    day: Day,
    /// The sign before the fraction and its digits; none without one.
    fraction: Option<(u8, u8)>,
    shift_minutes: i16,
}

impl Moment {
    /// As the files name it: a `strftime` pattern and the minutes added to UTC.
    pub(crate) fn name(self) -> String {
        let mut name = format!("{}%H:%M:%S", self.day.pattern());
        if let Some((sign, digits)) = self.fraction {
            let _ = write!(name, "{}%{digits}f", char::from(sign));
        }
        let _ = write!(name, "|{}", self.shift_minutes);
        name
    }

    /// The other way; `None` for what this version does not write.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (pattern, shift) = name.rsplit_once('|')?;
        let day = DAYS.into_iter().find(|day| {
            pattern.strip_prefix(day.pattern()).is_some_and(|rest| rest.starts_with("%H:%M:%S"))
        })?;
        let rest = pattern.strip_prefix(day.pattern())?.strip_prefix("%H:%M:%S")?;
        let fraction = match rest.as_bytes() {
            [] => None,
            [sign, b'%', digits @ b'1'..=b'6', b'f'] => Some((*sign, digits - b'0')),
            _ => return None,
        };
        Some(Self { day, fraction, shift_minutes: shift.parse().ok()? })
    }

    /// The bytes that each place of the text can have, if the time is of one of these years: a search
    /// that cannot fit asks no time. `None`: of any year.
    pub(crate) fn places(self, years: Option<&RangeInclusive<i16>>) -> Vec<Vec<u8>> {
        let digit = || b"0123456789".to_vec();
        let of_month = |place: usize| MONTHS.iter().map(|month| month.as_bytes()[place]).collect();
        let mut places = Vec::new();
        let mut pattern = self.day.pattern().bytes().chain(*b"%H:%M:%S");
        while let Some(byte) = pattern.next() {
            let field = if byte == b'%' { pattern.next() } else { None };
            match field {
                None => places.push(vec![byte]),
                Some(b'Y') => places.extend((0..4).map(|place| {
                    let Some(years) = years else { return digit() };
                    let digit = |year: i16| (year / 10_i16.pow(3 - place)).rem_euclid(10) as u8;
                    years.clone().map(|year| b'0' + digit(year)).collect()
                })),
                Some(b'b') => places.extend((0..3).map(of_month)),
                Some(b'e') => places.extend([b" 123".to_vec(), digit()]),
                Some(_) => places.extend([digit(), digit()]),
            }
        }
        if let Some((sign, digits)) = self.fraction {
            places.push(vec![sign]);
            places.extend((0..digits).map(|_| digit()));
        }
        places
    }
}

/// Writes and finds times; remembers the last day, because the next record is of the same one.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    day: Option<(i64, [i16; 3])>,
    written: String,
    /// Where the last record had its time.
    last: Option<(usize, Moment)>,
}

impl Clock {
    /// The time as the record writes it.
    pub(crate) fn write(&mut self, time: UtcMicros, moment: Moment) -> &str {
        let local = time.0.saturating_add(i64::from(moment.shift_minutes) * 60 * SECOND_US);
        let second = local.div_euclid(SECOND_US);
        let [year, month, day] = self.date(second.div_euclid(DAY_S));
        let name = MONTHS[usize::try_from(month - 1).unwrap_or(0).min(11)];
        let text = &mut self.written;
        text.clear();
        let date = match moment.day {
            Day::Iso(sign) => {
                digits(text, year, 4);
                text.push('-');
                digits(text, month, 2);
                text.push('-');
                digits(text, day, 2);
                text.push(char::from(sign));
                Ok(())
            }
            Day::Slash => write!(text, "{year:04}/{month:02}/{day:02} "),
            Day::ShortSlash => write!(text, "{:02}/{month:02}/{day:02} ", year.rem_euclid(100)),
            Day::MonthFirst => write!(text, "{month:02}-{day:02} "),
            Day::Padded => write!(text, "{name} {day:>2} "),
            Day::Zeroed => write!(text, "{name} {day:02} "),
            Day::Clf => write!(text, "{day:02}/{name}/{year:04}:"),
            Day::Glog => write!(text, "{month:02}{day:02} "),
            Day::Without => Ok(()),
        };
        debug_assert!(date.is_ok(), "a string takes any text");
        let of_day = second.rem_euclid(DAY_S);
        digits(text, (of_day / 3_600) as i16, 2);
        text.push(':');
        digits(text, (of_day / 60 % 60) as i16, 2);
        text.push(':');
        digits(text, (of_day % 60) as i16, 2);
        if let Some((sign, count)) = moment.fraction {
            text.push(char::from(sign));
            let mut rest = local.rem_euclid(SECOND_US);
            let mut unit = SECOND_US / 10;
            for _ in 0..count {
                text.push(char::from(b'0' + (rest / unit) as u8));
                rest %= unit;
                unit /= 10;
            }
        }
        text
    }

    /// Where `text` writes `time`, and how.
    pub(super) fn find(&mut self, text: &str, time: UtcMicros) -> Option<(usize, usize, Moment)> {
        if let Some((start, moment)) = self.last {
            let written = self.write(time, moment);
            if text.as_bytes().get(start..).is_some_and(|rest| rest.starts_with(written.as_bytes()))
            {
                return Some((start, start + self.written.len(), moment));
            }
        }
        let (start, end, moment) = self.search(text, time)?;
        self.last = Some((start, moment));
        Some((start, end, moment))
    }

    fn search(&mut self, text: &str, time: UtcMicros) -> Option<(usize, usize, Moment)> {
        let bytes = text.as_bytes();
        let second = time.0.div_euclid(SECOND_US);
        for (at, _) in bytes.windows(8).enumerate().filter(|(_, window)| is_clock(window)) {
            let two = |place: usize| {
                i64::from(bytes[place] - b'0') * 10 + i64::from(bytes[place + 1] - b'0')
            };
            let clock = two(at) * 3_600 + two(at + 3) * 60 + two(at + 6);
            let shift =
                (clock - second.rem_euclid(DAY_S) + DAY_S / 2).rem_euclid(DAY_S) - DAY_S / 2;
            if shift % SHIFT_STEP_S != 0 {
                continue;
            }
            let digits = bytes[(at + 9).min(bytes.len())..]
                .iter()
                .take(FRACTION_DIGITS_MAX)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let fraction = bytes
                .get(at + 8)
                .filter(|sign| matches!(sign, b'.' | b',') && digits > 0)
                .map(|sign| (*sign, digits as u8));
            for day in DAYS {
                for shift in [shift, shift + DAY_S, shift - DAY_S] {
                    for fraction in [fraction, None] {
                        let moment = Moment { day, fraction, shift_minutes: (shift / 60) as i16 };
                        let clock_at = self.write(time, moment).find(':').unwrap_or(2);
                        let clock_at = if day == Day::Clf { 12 } else { clock_at - 2 };
                        let Some(start) = at.checked_sub(clock_at) else { continue };
                        if bytes[start..].starts_with(self.written.as_bytes()) {
                            return Some((start, start + self.written.len(), moment));
                        }
                    }
                }
            }
        }
        None
    }

    fn date(&mut self, number: i64) -> [i16; 3] {
        if let Some((known, date)) = self.day
            && known == number
        {
            return date;
        }
        let stamp = Timestamp::from_second(number.saturating_mul(DAY_S)).unwrap_or_default();
        let date = stamp.to_zoned(TimeZone::UTC).date();
        let date = [date.year(), i16::from(date.month()), i16::from(date.day())];
        self.day = Some((number, date));
        date
    }
}

fn digits(text: &mut String, value: i16, count: u32) {
    for place in (0..count).rev() {
        text.push(char::from(b'0' + (value / 10_i16.pow(place)).rem_euclid(10) as u8));
    }
}

/// `12:34:56`.
fn is_clock(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(at, byte)| match at {
        2 | 5 => *byte == b':',
        _ => byte.is_ascii_digit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, time: &str) -> Option<(String, String)> {
        let time: UtcMicros = time.parse().expect("a time");
        let (start, end, moment) = Clock::default().find(text, time)?;
        assert_eq!(Moment::parse(&moment.name()), Some(moment));
        assert_eq!(Clock::default().write(time, moment), &text[start..end]);
        let year = time.to_timestamp().expect("a moment").to_zoned(TimeZone::UTC).year();
        let places = moment.places(Some(&(year - 1..=year + 1)));
        assert_eq!(places.len(), end - start);
        let fits = places.iter().zip(text[start..end].bytes()).all(|(set, b)| set.contains(&b));
        assert!(fits, "{places:?}");
        Some((text[start..end].to_owned(), moment.name()))
    }

    #[test]
    fn a_time_is_found_as_it_is_written() {
        let cases = [
            ("Nov  1 00:00:12 gate", "2026-11-01T00:00:12Z", "%b %e %H:%M:%S|0"),
            (
                "2026-11-01T02:00:12.123+02:00",
                "2026-11-01T00:00:12.123Z",
                "%Y-%m-%dT%H:%M:%S.%3f|120",
            ),
            ("[2026-11-01 00:00:12,123]", "2026-11-01T00:00:12.123Z", "%Y-%m-%d %H:%M:%S,%3f|0"),
            ("x [01/May/2024:23:10:00 -0700]", "2024-05-02T06:10:00Z", "%d/%b/%Y:%H:%M:%S|-420"),
            ("17/06/09 20:10:40 INFO", "2017-06-09T20:10:40Z", "%y/%m/%d %H:%M:%S|0"),
            ("I0102 15:04:05.123456 7", "2026-01-02T15:04:05.123456Z", "%m%d %H:%M:%S.%6f|0"),
            ("00:00:01.5 up", "2026-01-02T00:00:01.5Z", "%H:%M:%S.%1f|0"),
            (
                "2024-05-01T12:00:00.123456789Z",
                "2024-05-01T12:00:00.123456Z",
                "%Y-%m-%dT%H:%M:%S.%6f|0",
            ),
        ];
        for (text, time, name) in cases {
            assert_eq!(found(text, time).map(|(_, name)| name).as_deref(), Some(name), "{text}");
        }
        assert_eq!(found("no time", "2026-11-01T00:00:12Z"), None);
        assert_eq!(found("00:00:13", "2026-11-01T00:00:12Z"), None);
    }
}
