//! Numbers as logs and people write them: `12`, `1.5s`, `340ms`, `4KB`.

use std::cmp::Ordering;

/// A number and what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// In the base unit of its kind: seconds, bytes, or as it stands.
    pub value: f64,
    pub kind: Kind,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Seconds,
    Bytes,
    Percent,
}

const UNITS: [(&str, f64, Kind); 22] = [
    ("ns", 1e-9, Kind::Seconds),
    ("us", 1e-6, Kind::Seconds),
    ("µs", 1e-6, Kind::Seconds),
    ("ms", 1e-3, Kind::Seconds),
    ("s", 1.0, Kind::Seconds),
    ("sec", 1.0, Kind::Seconds),
    ("secs", 1.0, Kind::Seconds),
    ("seconds", 1.0, Kind::Seconds),
    ("m", 60.0, Kind::Seconds),
    ("min", 60.0, Kind::Seconds),
    ("h", 3_600.0, Kind::Seconds),
    ("d", 86_400.0, Kind::Seconds),
    ("b", 1.0, Kind::Bytes),
    ("kb", 1e3, Kind::Bytes),
    ("mb", 1e6, Kind::Bytes),
    ("gb", 1e9, Kind::Bytes),
    ("kib", 1_024.0, Kind::Bytes),
    ("mib", 1_048_576.0, Kind::Bytes),
    ("gib", 1_073_741_824.0, Kind::Bytes),
    ("bytes", 1.0, Kind::Bytes),
    ("%", 1.0, Kind::Percent),
    ("pct", 1.0, Kind::Percent),
];

impl Quantity {
    /// A whole text as a number with at most one unit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
            .unwrap_or(text.len());
        let value: f64 = text[..end].parse().ok().filter(|value: &f64| value.is_finite())?;
        let unit = text[end..].trim_start();
        if unit.is_empty() {
            return Some(Self { value, kind: Kind::Plain });
        }
        let (factor, kind) = unit_of(unit)?;
        Some(Self { value: value * factor, kind })
    }
}

fn unit_of(unit: &str) -> Option<(f64, Kind)> {
    let known = UNITS.iter().find(|(name, _, _)| unit.eq_ignore_ascii_case(name))?;
    Some((known.1, known.2))
}

/// The unit that a field's name ends with: `duration_ms`, `elapsedSeconds`.
fn unit_of_name(name: &str) -> Option<(f64, Kind)> {
    let at = name.rfind(['_', '-', '.'])?;
    unit_of(&name[at + 1..])
}

/// A written value in the kind of the question. A value without a unit takes it from its name, and
/// a question without a unit asks the number as it is written.
fn both(name: &str, value: &str, asked: &str) -> Option<(f64, f64)> {
    let asked = Quantity::parse(asked)?;
    if asked.kind == Kind::Plain {
        let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')));
        let number = &value[..end.unwrap_or(value.len())];
        Quantity::parse(value)?;
        return Some((number.parse().ok()?, asked.value));
    }
    let value = Quantity::parse(value)?;
    let value = match value.kind {
        Kind::Plain => {
            let (factor, kind) = unit_of_name(name)?;
            Quantity { value: value.value * factor, kind }
        }
        _ => value,
    };
    (value.kind == asked.kind).then_some((value.value, asked.value))
}

/// How a written value of the field `name` stands to the number asked for.
pub(super) fn compare(name: &str, value: &str, asked: &str) -> Option<Ordering> {
    let (value, asked) = both(name, value, asked)?;
    value.partial_cmp(&asked)
}

/// Are both the same number?
pub(super) fn equal(name: &str, asked: &str, value: &str) -> bool {
    compare(name, value, asked) == Some(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_respected() {
        assert_eq!(compare("duration_ms", "1500", "1s"), Some(Ordering::Greater));
        assert_eq!(compare("took", "1.5s", "1500ms"), Some(Ordering::Equal));
        assert_eq!(compare("took", "12ms", "10"), Some(Ordering::Greater));
        assert_eq!(compare("size", "4KB", "4000b"), Some(Ordering::Equal));
        assert_eq!(compare("took", "12", "1s"), None);
        assert_eq!(compare("status", "abc", "1"), None);
        assert_eq!(compare("status", "", "1"), None);
    }
}
