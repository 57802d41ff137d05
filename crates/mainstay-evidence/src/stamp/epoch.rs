//! Epoch numbers: the unit follows from the magnitude, and only a plausible instant is a time.

/// 1990-01-01: no log is older, and smaller numbers are counters, sizes or ports.
const EARLIEST_US: i64 = 631_152_000_000_000;
/// 2100-01-01: a layout is tried without knowing today's date; `Clock` refuses what lies after it.
const LATEST_US: i64 = 4_102_444_800_000_000;

/// Windows counts steps of 100 ns from 1601; between 1990 and 2100 these are no nanoseconds from 1970
/// of the same span.
const FILETIME_TO_1970_US: i64 = 11_644_473_600_000_000;
const FILETIME_EARLIEST: i64 = (EARLIEST_US + FILETIME_TO_1970_US) * 10;
const FILETIME_LATEST: i64 = (LATEST_US + FILETIME_TO_1970_US) * 10;

/// Microseconds since 1970 of a number of `digits` whole digits and an optional fraction of a
/// second; `None` if no unit makes it an instant between 1990 and 2100.
#[must_use]
pub fn from_number(whole: u64, digits: usize, fraction_us: i64) -> Option<i64> {
    let whole = i64::try_from(whole).ok()?;
    let micros = match digits {
        9 | 10 => whole.checked_mul(1_000_000)?.checked_add(fraction_us)?,
        12 | 13 => whole.checked_mul(1_000)?,
        15 | 16 => whole,
        18 if (FILETIME_EARLIEST..FILETIME_LATEST).contains(&whole) => {
            whole / 10 - FILETIME_TO_1970_US
        }
        18 | 19 => whole / 1_000,
        _ => return None,
    };
    (EARLIEST_US..LATEST_US).contains(&micros).then_some(micros)
}

/// Reads an epoch at the start of `text`: digits, and for seconds a fraction. Returns the
/// microseconds and the bytes read.
pub(crate) fn scan(text: &[u8]) -> Option<(i64, usize)> {
    let digits = text.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    if !(9..=19).contains(&digits) {
        return None;
    }
    let whole = text[..digits].iter().fold(0_u64, |sum, byte| sum * 10 + u64::from(byte - b'0'));
    let mut end = digits;
    let mut fraction_us = 0;
    if text.get(digits) == Some(&b'.') {
        let places =
            text[digits + 1..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        if places > 0 {
            fraction_us = fraction(&text[digits + 1..=digits + places]);
            end = digits + 1 + places;
        }
    }
    from_number(whole, digits, fraction_us).map(|micros| (micros, end))
}

/// Microseconds of the digits after a decimal mark.
pub(crate) fn fraction(digits: &[u8]) -> i64 {
    let mut micros = 0;
    for place in 0..6 {
        micros = micros * 10 + digits.get(place).map_or(0, |byte| i64::from(byte - b'0'));
    }
    micros
}

/// Reads seconds since a start: digits, a fraction and perhaps an `s`; or minutes, a colon, seconds.
pub(crate) fn scan_uptime(text: &[u8]) -> Option<(i64, usize)> {
    let minutes = text.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    if text.get(minutes) == Some(&b':') && minutes > 0 {
        let whole = text[..minutes].iter().fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        let (seconds, length) = scan_seconds(&text[minutes + 1..])?;
        return Some((whole * 60_000_000 + seconds, minutes + 1 + length));
    }
    scan_seconds(text)
}

fn scan_seconds(text: &[u8]) -> Option<(i64, usize)> {
    /// Three hundred years.
    const DIGITS_MAX: usize = 10;
    let digits = text.iter().take(DIGITS_MAX + 1).take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=DIGITS_MAX).contains(&digits) || !matches!(text.get(digits), Some(b'.' | b',')) {
        return None;
    }
    let places =
        text[digits + 1..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&places) {
        return None;
    }
    let seconds = text[..digits].iter().fold(0_i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    let end = digits + 1 + places;
    let micros = seconds * 1_000_000 + fraction(&text[digits + 1..end]);
    Some((micros, end + usize::from(text.get(end) == Some(&b's'))))
}

/// TAI64N, `@` and 24 hex digits. The programs that write it to logs (multilog, svlogd) add the ten
/// seconds of 1970 to the machine's UTC and no leap second after them.
pub(crate) fn scan_tai64n(text: &[u8]) -> Option<(i64, usize)> {
    const LENGTH: usize = 25;
    const SECONDS_IN_1970: i64 = 10;
    const LABEL_OF_1970: u64 = 1 << 62;
    if text.first() != Some(&b'@') || text.len() < LENGTH {
        return None;
    }
    if !text[1..LENGTH].iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let hex = std::str::from_utf8(&text[1..LENGTH]).ok()?;
    let label = u64::from_str_radix(&hex[..16], 16).ok()?;
    let nanos = u32::from_str_radix(&hex[16..], 16).ok()?;
    let seconds = i64::try_from(label.checked_sub(LABEL_OF_1970)?).ok()? - SECONDS_IN_1970;
    let micros = seconds.checked_mul(1_000_000)?.checked_add(i64::from(nanos / 1_000))?;
    (EARLIEST_US..LATEST_US).contains(&micros).then_some((micros, LENGTH))
}
