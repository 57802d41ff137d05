//! Is it there? One function for every door, so that all doors give the same score.

use serde::{Deserialize, Serialize};

use super::checklist::{Check, Checklist, Item};
use super::facts::Facts;
use super::moment::{self, NotAMoment};
use super::report::Report;
use crate::{Severity, UtcMicros};

/// Shorter ones are in every log by chance.
const ID_CHARACTERS_MIN: usize = 4;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The version of the checklists; 0 for the built-in one.
    pub version: u32,
    pub checklist: String,
    pub items: Vec<Judged>,
    /// 0 to 100.
    pub score: u32,
    /// What is needed to submit; `None` when nothing blocks.
    pub threshold: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    pub item: String,
    pub weight: u32,
    pub verdict: Verdict,
    /// In our words, never in the sender's.
    pub why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Yes,
    No,
    NotApplicable,
}

impl Assessment {
    /// Nothing stands against submitting it.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.threshold.is_none_or(|threshold| self.score >= threshold)
    }

    /// The items that are not there.
    pub fn missing(&self) -> impl Iterator<Item = &Judged> {
        self.items.iter().filter(|judged| judged.verdict == Verdict::No)
    }
}

/// Judges a report of a case of this severity, at a moment.
#[must_use]
pub fn assess(
    (version, checklist): (u32, &Checklist),
    severity: Severity,
    report: &Report,
    facts: &Facts,
    at: UtcMicros,
) -> Assessment {
    let window = read_window(report, at);
    let asked = Asked { report, facts, window: &window };
    let items: Vec<Judged> = checklist.items.iter().map(|item| asked.judge(item)).collect();
    let threshold = checklist.threshold(severity);
    let score = score(&items);
    Assessment { version, checklist: checklist.name.clone(), items, score, threshold }
}

/// `round(100 * yes / applicable)`; what nothing applies to has no score to speak of.
fn score(items: &[Judged]) -> u32 {
    let sum = |verdict: fn(Verdict) -> bool| -> u32 {
        items.iter().filter(|it| verdict(it.verdict)).map(|it| it.weight).sum()
    };
    let yes = sum(|verdict| verdict == Verdict::Yes);
    let applicable = sum(|verdict| verdict != Verdict::NotApplicable);
    if applicable == 0 { 0 } else { (200 * yes + applicable) / (2 * applicable) }
}

/// The window as moments; the end of an ongoing one is the moment it was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: UtcMicros,
    pub to: UtcMicros,
    pub ongoing: bool,
}

/// The window that a report states.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_window(report: &Report, at: UtcMicros) -> Result<Span, String> {
    let window = &report.window;
    let end = |which: &'static str, text: &str| {
        moment::parse(text).map_err(|wrong| match wrong {
            NotAMoment::Missing => format!("the {which} is missing"),
            NotAMoment::NoZone => {
                format!("the {which} has no zone; write Z, +01:00 or [Europe/Berlin]")
            }
            NotAMoment::Unreadable => {
                format!("the {which} is no moment; write 2026-11-24T09:41:00Z")
            }
        })
    };
    let from = end("start", &window.from)?;
    let to = if window.ongoing { at } else { end("end", &window.to)? };
    if from > at || to > at {
        return Err("the window lies in the future".to_owned());
    }
    if from > to {
        return Err("the end is before the start".to_owned());
    }
    Ok(Span { from, to, ongoing: window.ongoing })
}

struct Asked<'a> {
    report: &'a Report,
    facts: &'a Facts,
    window: &'a Result<Span, String>,
}

/// What is there and how it was found, or what is missing.
type Found = Result<String, String>;

impl Asked<'_> {
    fn judge(&self, item: &Item) -> Judged {
        let not = self.report.not_applicable.get(item.name()).map(|reason| reason.trim());
        let (verdict, why) = match not {
            Some("") => (Verdict::No, "does not apply, but no reason is given".to_owned()),
            Some(_) => {
                (Verdict::NotApplicable, "does not apply; the report has the reason".to_owned())
            }
            None => match self.look(item) {
                Ok(why) => (Verdict::Yes, why),
                Err(why) => (Verdict::No, why),
            },
        };
        Judged { item: item.name().to_owned(), weight: item.weight, verdict, why }
    }

    fn look(&self, item: &Item) -> Found {
        let report = self.report;
        match item.check {
            Check::Evidence => self.evidence(),
            Check::Window => self.window(),
            Check::Version => self.version(),
            Check::Reproduction => self.reproduction(),
            Check::Difference => self.difference(),
            Check::Identifiers => self.identifiers(),
            Check::Impact => {
                let impact = &report.impact;
                all_said(&[
                    ("who is affected", &impact.who),
                    ("how many", &impact.how_many),
                    ("what it costs them", &impact.effect),
                    ("a workaround, or none", &impact.workaround),
                ])
            }
            Check::Tried => {
                let complete = |step: &str, result: &str| said(step) && said(result);
                if report.tried.iter().any(|tried| complete(&tried.step, &tried.result)) {
                    Ok("a step with its result".to_owned())
                } else if report.tried.iter().any(|tried| said(&tried.step)) {
                    Err("the result of what was tried is missing".to_owned())
                } else {
                    Err("nothing that was tried is named".to_owned())
                }
            }
            Check::Changes => all_said(&[("recent changes, or none known", &report.changes)]),
            Check::Ask => {
                all_said(&[("what is wanted", &report.ask), ("who answers", &report.owner)])
            }
            Check::Question => match report.answers.get(&item.id) {
                Some(answer) if said(answer) => Ok("answered".to_owned()),
                _ => Err("not answered".to_owned()),
            },
        }
    }

    fn evidence(&self) -> Found {
        let facts = self.facts;
        if facts.read.is_empty() {
            return Err(match (facts.reading, facts.failed) {
                (0, 0) => "no bundle is attached".to_owned(),
                (0, _) => "the bundle could not be read; send it again".to_owned(),
                _ => "the bundle is still being read".to_owned(),
            });
        }
        let Ok(window) = self.window else {
            return Err("the window is not known, so nothing can cover it".to_owned());
        };
        let spans = || facts.read.iter().flat_map(|bundle| &bundle.spans);
        let (Some(first), Some(last)) =
            (spans().map(|it| it.first).min(), spans().map(|it| it.last).max())
        else {
            return Err("nothing in the evidence has a time".to_owned());
        };
        if window.to < first {
            return Err(format!("the evidence begins at {}, after the window", short(first)));
        }
        if last < window.from {
            return Err(format!("the evidence ends at {}, before the window", short(last)));
        }
        let covers = |span: &super::SourceSpan| {
            span.first <= window.from && (window.ongoing || window.to <= span.last)
        };
        let sources = spans().filter(|span| covers(span) && window.from <= span.last).count();
        if sources == 0 {
            return Err(format!(
                "no source covers the whole window: the evidence is from {} to {}",
                short(first),
                short(last)
            ));
        }
        if facts.read.iter().all(|bundle| bundle.records_in_window == 0) {
            return Err("the evidence says nothing within the window".to_owned());
        }
        Ok(format!("{sources} of {} sources cover the window", spans().count()))
    }

    fn window(&self) -> Found {
        let window = self.window.as_ref().map_err(Clone::clone)?;
        let end = if window.ongoing { "now; it goes on".to_owned() } else { short(window.to) };
        Ok(format!("from {} to {end}", short(window.from)))
    }

    fn version(&self) -> Found {
        all_said(&[("component", &self.report.component), ("version", &self.report.version)])?;
        let version = self.report.version.trim();
        if !version.contains(|c: char| c.is_ascii_digit()) {
            return Err("the version has no number; write the exact version or build".to_owned());
        }
        Ok(match (self.facts.read.is_empty(), self.facts.found.contains(version)) {
            (true, _) => "named; there is no evidence to compare with",
            (false, true) => "named, and found in the evidence",
            (false, false) => "named; the evidence does not mention it",
        }
        .to_owned())
    }

    fn reproduction(&self) -> Found {
        let report = self.report;
        let steps = report.steps.iter().filter(|step| said(step)).count();
        if steps >= 2 {
            return Ok(format!("{steps} steps"));
        }
        if said(&report.conditions) && said(&report.frequency) {
            return Ok("conditions and frequency".to_owned());
        }
        Err("two steps are needed, or the conditions and how often it happens".to_owned())
    }

    fn difference(&self) -> Found {
        let report = self.report;
        all_said(&[("expected", &report.expected), ("actual", &report.actual)])?;
        if report.not_logged {
            return Ok("both; the error is not logged".to_owned());
        }
        let error = report.error_text.trim();
        if error.is_empty() {
            return Err("the exact error is missing; or say that it is not logged".to_owned());
        }
        match (self.facts.read.is_empty(), self.facts.found.contains(error)) {
            (true, _) => Ok("both; there is no evidence to look for the error in".to_owned()),
            (false, true) => Ok("both, and the error is in the evidence".to_owned()),
            (false, false) => {
                Err("the error is not in the evidence; copy its exact words".to_owned())
            }
        }
    }

    fn identifiers(&self) -> Found {
        let ids = self.report.identifiers.iter().map(|id| id.trim());
        let given: Vec<&str> = ids.filter(|id| id.chars().count() >= ID_CHARACTERS_MIN).collect();
        if given.is_empty() {
            return Err("no request, trace, tenant or object id is given".to_owned());
        }
        let found = given.iter().filter(|id| self.facts.found.contains(**id)).count();
        if self.facts.read.is_empty() {
            Ok(format!("{} given; there is no evidence to look for them in", given.len()))
        } else if found > 0 {
            Ok(format!("{found} of {} found in the evidence", given.len()))
        } else {
            Err("none of the ids is in the evidence (what was redacted cannot be found)".to_owned())
        }
    }
}

/// What people write when they have nothing to write.
fn said(text: &str) -> bool {
    let text = text.trim();
    let nothing = ["?", "-", "n/a", "na", "tbd", "todo", "unknown", "x"];
    !text.is_empty() && nothing.iter().all(|word| !text.eq_ignore_ascii_case(word))
}

fn all_said(fields: &[(&str, &str)]) -> Found {
    let missing: Vec<&str> =
        fields.iter().filter(|(_, text)| !said(text)).map(|(field, _)| *field).collect();
    if missing.is_empty() {
        Ok("said".to_owned())
    } else {
        Err(format!("missing: {}", missing.join(", ")))
    }
}

/// To the second, as people compare it.
fn short(at: UtcMicros) -> String {
    at.to_timestamp().map_or_else(|| at.to_string(), |at| format!("{at:.0}"))
}
