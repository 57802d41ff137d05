//! Numbers people read and say: `MS-1042` is a case, `MS-1042/E7` the seventh piece of evidence
//! pinned to it, `MS-1042/H2` the second hypothesis taken up in it. A citation written into any text stays clickable for ever.

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

/// The number of a hypothesis within its case: `H2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HypothesisNumber(pub u32);

/// What of a case can be cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    Evidence(EvidenceNumber),
    Hypothesis(HypothesisNumber),
}

/// One thing of one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    pub case: CaseNumber,
    pub item: Item,
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

impl fmt::Display for HypothesisNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "H{}", self.0)
    }
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Evidence(number) => number.fmt(formatter),
            Self::Hypothesis(number) => number.fmt(formatter),
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.case, self.item)
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

impl FromStr for HypothesisNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = strip_prefix_ignore_case(text, "H").unwrap_or(text);
        parse_number(digits).map(Self).ok_or(NotANumber { expected: "hypothesis like H2" })
    }
}

impl FromStr for Citation {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (case, item) =
            text.split_once('/').ok_or(NotANumber { expected: "citation like MS-1042/E7" })?;
        let item = match item.as_bytes().first() {
            Some(b'H' | b'h') => Item::Hypothesis(item.parse()?),
            _ => Item::Evidence(item.parse()?),
        };
        Ok(Self { case: case.parse()?, item })
    }
}

/// One citation found in a text, with the bytes it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitationInText {
    pub citation: Citation,
    pub start: usize,
    pub end: usize,
}

/// Every `MS-1042/E7` in `text`, and every bare `E7` in brackets (`[E7]`), which means `home`; the
/// same for hypotheses (`MS-1042/H2`, `[H2]`).
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

/// The text with every bare citation (`[E7]`) naming its case (`[MS-1042/E7]`), to be read elsewhere.
#[must_use]
pub fn absolute(text: &str, home: CaseNumber) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut done = 0;
    for hit in find_in_text(text, home) {
        whole.push_str(&text[done..hit.start]);
        whole.push_str(&hit.citation.to_string());
        done = hit.end;
    }
    whole.push_str(&text[done..]);
    whole
}

fn citation_at(text: &str, start: usize, home: CaseNumber) -> Option<CitationInText> {
    let bytes = text.as_bytes();
    if bytes[start] == b'[' {
        let (item, end) = item_at(bytes, start + 1)?;
        if bytes.get(end) != Some(&b']') {
            return None;
        }
        let citation = Citation { case: home, item };
        return Some(CitationInText { citation, start: start + 1, end });
    }
    let (case, slash) = digits_after(bytes, start, b"MS-")?;
    if bytes.get(slash) != Some(&b'/') {
        return None;
    }
    let (item, end) = item_at(bytes, slash + 1)?;
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let citation = Citation { case: CaseNumber(case), item };
    Some(CitationInText { citation, start, end })
}

/// `E7` or `H2`, and where it ends.
fn item_at(bytes: &[u8], start: usize) -> Option<(Item, usize)> {
    if let Some((number, end)) = digits_after(bytes, start, b"E") {
        return Some((Item::Evidence(EvidenceNumber(number)), end));
    }
    let (number, end) = digits_after(bytes, start, b"H")?;
    Some((Item::Hypothesis(HypothesisNumber(number)), end))
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
        check("[H2], not MS-7/h1", &["MS-1042/H2@H2", "MS-7/H1@MS-7/h1"]);
    }

    #[test]
    fn what_only_looks_like_a_citation_is_text() {
        check("SMS-1042/E7", &[]);
        check("MS-1042", &[]);
        check("MS-1042/E7x", &[]);
        check("[Enter] E7 H2 [H] MS-1H2 MS-/E1 MS-0/E1 MS-99999999999/E1", &[]);
    }

    #[test]
    fn numbers_print_as_they_parse() {
        let citation: Citation = "ms-1042/E7".parse().expect("a citation");
        assert_eq!(citation.to_string(), "MS-1042/E7");
        let citation: Citation = "1042/h2".parse().expect("a citation");
        assert_eq!(citation.to_string(), "MS-1042/H2");
        assert_eq!("1042".parse(), Ok(CaseNumber(1042)));
        assert!("MS-".parse::<CaseNumber>().is_err());
        assert!("MS-+1".parse::<CaseNumber>().is_err());
    }
}
