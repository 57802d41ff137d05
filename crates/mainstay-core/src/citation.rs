//! Numbers people read and say: `MS-1042` is a case, `MS-1042/E7` the seventh piece of evidence
//! pinned to it. A citation written into any text stays clickable for ever.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The number of a case as people say it: `MS-1042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseNumber(pub u32);

/// The number of a piece of evidence within its case: `E7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EvidenceNumber(pub u32);

/// One piece of evidence of one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    pub case: CaseNumber,
    pub evidence: EvidenceNumber,
}

/// A text that is not the number it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a {expected}")]
pub struct NotANumber {
    expected: &'static str,
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MS-{}", self.0)
    }
}

impl fmt::Display for EvidenceNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "E{}", self.0)
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.case, self.evidence)
    }
}

/// `MS-1042` in any case, or the bare number.
impl FromStr for CaseNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = strip_prefix_ignore_case(text, "MS-").unwrap_or(text);
        parse_number(digits).map(Self).ok_or(NotANumber { expected: "case number like MS-1042" })
    }
}

impl FromStr for EvidenceNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = strip_prefix_ignore_case(text, "E").unwrap_or(text);
        parse_number(digits).map(Self).ok_or(NotANumber { expected: "evidence number like E7" })
    }
}

impl FromStr for Citation {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (case, evidence) =
            text.split_once('/').ok_or(NotANumber { expected: "citation like MS-1042/E7" })?;
        Ok(Self { case: case.parse()?, evidence: evidence.parse()? })
    }
}

/// One citation found in a text, with the bytes it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitationInText {
    pub citation: Citation,
    pub start: usize,
    pub end: usize,
}

/// Every `MS-1042/E7` in `text`, and every bare `E7` in brackets (`[E7]`), which means `home`.
#[must_use]
pub fn find_in_text(text: &str, home: CaseNumber) -> Vec<CitationInText> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut position = 0;
    while position < bytes.len() {
        let starts_word = position == 0 || !bytes[position - 1].is_ascii_alphanumeric();
        let hit = if starts_word { citation_at(text, position, home) } else { None };
        match hit {
            Some(hit) => {
                position = hit.end;
                found.push(hit);
            }
            None => position += 1,
        }
    }
    found
}

fn citation_at(text: &str, start: usize, home: CaseNumber) -> Option<CitationInText> {
    let bytes = text.as_bytes();
    if bytes[start] == b'[' {
        let (evidence, end) = digits_after(bytes, start + 1, b"E")?;
        if bytes.get(end) != Some(&b']') {
            return None;
        }
        let citation = Citation { case: home, evidence: EvidenceNumber(evidence) };
        return Some(CitationInText { citation, start: start + 1, end });
    }
    let (case, slash) = digits_after(bytes, start, b"MS-")?;
    let (evidence, end) = digits_after(bytes, slash, b"/E")?;
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let citation = Citation { case: CaseNumber(case), evidence: EvidenceNumber(evidence) };
    Some(CitationInText { citation, start, end })
}

/// The number that stands after `prefix` at `start`, and where it ends.
fn digits_after(bytes: &[u8], start: usize, prefix: &[u8]) -> Option<(u32, usize)> {
    let from = start + prefix.len();
    if !bytes.get(start..from)?.eq_ignore_ascii_case(prefix) {
        return None;
    }
    let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = std::str::from_utf8(&bytes[from..from + length]).ok()?;
    parse_number(digits).map(|number| (number, from + length))
}

/// Nine digits are more than any desk will number, and they never overflow.
fn parse_number(digits: &str) -> Option<u32> {
    let plain =
        !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok().filter(|&number| number > 0) } else { None }
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    if head.eq_ignore_ascii_case(prefix) { text.get(prefix.len()..) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = find_in_text(text, CaseNumber(1042))
            .iter()
            .map(|hit| format!("{}@{}", hit.citation, &text[hit.start..hit.end]))
            .collect();
        assert_eq!(found, expect, "in {text:?}");
    }

    #[test]
    fn citations_are_found_in_running_text() {
        check("pool exhausted, see MS-1042/E7.", &["MS-1042/E7@MS-1042/E7"]);
        check("starts 09:41 [E1], after rollout [E2]", &["MS-1042/E1@E1", "MS-1042/E2@E2"]);
        check("ms-7/e3 of another case", &["MS-7/E3@ms-7/e3"]);
    }

    #[test]
    fn what_only_looks_like_a_citation_is_text() {
        check("SMS-1042/E7", &[]);
        check("MS-1042", &[]);
        check("MS-1042/E7x", &[]);
        check("[Enter] E7 MS-/E1 MS-0/E1 MS-99999999999/E1", &[]);
    }

    #[test]
    fn numbers_print_as_they_parse() {
        let citation: Citation = "ms-1042/E7".parse().expect("a citation");
        assert_eq!(citation.to_string(), "MS-1042/E7");
        assert_eq!("1042".parse(), Ok(CaseNumber(1042)));
        assert!("MS-".parse::<CaseNumber>().is_err());
        assert!("MS-+1".parse::<CaseNumber>().is_err());
    }
}
