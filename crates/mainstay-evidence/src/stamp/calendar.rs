//! The civil calendar in integers: no table of zones, no allocation, no failure.

/// Days from 1970-01-01 to the given day of the proleptic Gregorian calendar.
#[must_use]
pub fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    // a year that begins in March makes the leap day its last day
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The year a day (counted from 1970-01-01) lies in.
#[must_use]
pub(crate) fn year_of_day(days: i64) -> i32 {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // day 306 of a year that begins in March is 1 January
    let year = year_of_era + era * 400 + i64::from(day_of_year >= 306);
    i32::try_from(year).unwrap_or(i32::MAX)
}

/// Has the year a 29 February?
#[must_use]
pub fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a month (1 to 12); 0 for a month that does not exist.
#[must_use]
pub fn month_length(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// POSIX's reading of a two-digit year: 69 to 99 are the last century.
#[must_use]
pub(crate) fn year_of_two_digits(year: u8) -> i32 {
    if year >= 69 { 1900 + i32::from(year) } else { 2000 + i32::from(year) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_jiff() {
        let mut date = jiff::civil::date(1899, 12, 25);
        let epoch = jiff::civil::date(1970, 1, 1);
        for _ in 0..80_000 {
            let days = days_from_civil(
                i32::from(date.year()),
                u8::try_from(date.month()).expect("a month"),
                u8::try_from(date.day()).expect("a day"),
            );
            assert_eq!(days, i64::from(epoch.until(date).expect("a span").get_days()), "{date}");
            assert_eq!(year_of_day(days), i32::from(date.year()), "{date}");
            date = date.tomorrow().expect("a day");
        }
    }
}
