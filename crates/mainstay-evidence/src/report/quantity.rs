//! Numbers, sizes and times as people read them; always the same words for the same value.

use mainstay_core::UtcMicros;

/// "12,058".
pub(super) fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 file", "3 files".
pub(super) fn counted(value: u64, noun: &str) -> String {
    if value == 1 { format!("1 {noun}") } else { format!("{} {noun}s", count(value)) }
}

/// "857.2 kB"; powers of ten, as disks are sold and file managers show.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1_000.0;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1_000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

/// "2023-01-29 14:22:08.123456 UTC" without the zone, which is said once.
pub(super) fn moment(time: UtcMicros) -> String {
    let text = time.to_string();
    text.strip_suffix('Z').unwrap_or(&text).replace('T', " ")
}

/// To the second.
pub(super) fn second(time: UtcMicros) -> String {
    let text = moment(time);
    text.split('.').next().unwrap_or(&text).to_owned()
}

/// Both ends, the day only once.
pub(super) fn span(first: Option<UtcMicros>, last: Option<UtcMicros>) -> String {
    let (Some(first), Some(last)) = (first, last) else { return "no time".to_owned() };
    let (from, to) = (second(first), second(last));
    match (from.split_once(' '), to.split_once(' ')) {
        (Some((day, _)), Some((other, clock))) if day == other => format!("{from} to {clock}"),
        _ => format!("{from} to {to}"),
    }
}

/// "3 min 1 s".
pub(super) fn duration(first: Option<UtcMicros>, last: Option<UtcMicros>) -> String {
    let (Some(first), Some(last)) = (first, last) else { return String::new() };
    let seconds = last.0.saturating_sub(first.0) / 1_000_000;
    let parts = [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min")];
    let mut words: Vec<String> = parts
        .iter()
        .filter(|(value, _)| *value > 0)
        .map(|(value, unit)| format!("{value} {unit}"))
        .collect();
    if words.len() < 2 {
        words.push(format!("{} s", seconds % 60));
    }
    words.truncate(2);
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_read_well() {
        assert_eq!(
            [0, 999, 1_000, 12_058, 1_234_567].map(count).join(" "),
            "0 999 1,000 12,058 1,234,567"
        );
        assert_eq!(
            [999, 1_000, 857_152, 999_999_999].map(size).join(" "),
            "999 B 1.0 kB 857.2 kB 1.0 GB"
        );
        let first: UtcMicros = "2023-01-29T14:22:08.5Z".parse().expect("a time");
        let last: UtcMicros = "2023-01-29T14:25:09Z".parse().expect("a time");
        assert_eq!(span(Some(first), Some(last)), "2023-01-29 14:22:08 to 14:25:09");
        assert_eq!(duration(Some(first), Some(last)), "3 min 0 s");
        assert_eq!(span(None, Some(last)), "no time");
    }
}
