//! A line laid open for who wrote the rules or sent the file: what is hidden in it, and by which
//! rule. It holds what will be hidden, so it is shown to nobody else and kept nowhere.

use super::kind::Kind;
use super::resolve::Hidden;
use super::{RedactSession, Redactor, Span, invisible, replace};

/// Lines of a text that are laid open; a person reads a few.
const LINES_MAX: usize = 2_000;

/// A line before and after.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownLine {
    /// From 1.
    pub line: u64,
    /// The whole line, in order.
    pub parts: Vec<ShownPart>,
    /// What becomes of it, where that is more than each part with its replacement.
    pub after: Option<String>,
}

/// A part of a line.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownPart {
    pub text: String,
    pub hit: Option<ShownHit>,
}

/// Why a part goes, and what stands there then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownHit {
    pub kind: &'static str,
    /// The name of the user's rule, or of ours.
    pub rule: String,
    pub reason: &'static str,
    pub replacement: String,
}

impl std::fmt::Debug for ShownLine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ShownLine({})", self.line)
    }
}

impl std::fmt::Debug for ShownPart {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ShownPart({:?})", self.hit)
    }
}

impl ShownLine {
    /// Is anything hidden?
    #[must_use]
    pub fn is_hit(&self) -> bool {
        self.parts.iter().any(|part| part.hit.is_some())
    }
}

impl Redactor {
    /// What would be hidden in a text of any number of lines. A key over several lines is one span.
    #[must_use]
    pub fn spans(&self, text: &str) -> Vec<Span> {
        let mut session = self.session();
        let mut spans: Vec<Span> = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let visible = invisible::strip(line);
            let shown = visible.as_ref().map_or(line, |visible| &visible.text);
            for hidden in session.find_in_line(shown).hidden {
                let place = match &visible {
                    Some(visible) => {
                        visible.start(hidden.place.start)..visible.end(hidden.place.end)
                    }
                    None => hidden.place,
                };
                let place = start + place.start..start + place.end;
                let continues = hidden.kind == Kind::PrivateKey
                    && spans.last().is_some_and(|last| {
                        last.kind == Kind::PrivateKey
                            && text[last.place.end..place.start].trim().is_empty()
                    });
                match spans.last_mut() {
                    Some(last) if continues => last.place.end = place.end,
                    _ => spans.push(Span {
                        place,
                        kind: hidden.kind,
                        rule: hidden.rule,
                        replacement: hidden.replacement,
                    }),
                }
            }
            start += line.len() + 1;
        }
        spans
    }

    /// Every line of a text, as it would be in a file of that path.
    #[must_use]
    pub fn lay_open(&self, path: Option<&str>, text: &str) -> Vec<ShownLine> {
        let mut session = self.session_at(path, 0);
        let lines = text.lines().take(LINES_MAX);
        lines
            .map(|line| {
                let shown = session.line_shown(line);
                let unchanged = |line: &str| ShownLine {
                    line: session.line,
                    parts: vec![ShownPart { text: line.to_owned(), hit: None }],
                    after: None,
                };
                shown.unwrap_or_else(|| unchanged(line))
            })
            .collect()
    }
}

impl RedactSession<'_> {
    /// The next line laid open; `None` when nothing in it is hidden.
    pub fn line_shown(&mut self, text: &str) -> Option<ShownLine> {
        self.line += 1;
        let visible = invisible::strip(text);
        let visible = visible.as_ref().map_or(text, |visible| &visible.text);
        let first = self.find_in_line(visible);
        if first.hidden.is_empty() {
            return None;
        }
        let parts = self.parts(visible, &first.hidden);
        let expected = replace(visible, &first.hidden);
        let after = self.hide(visible, first).into_owned();
        let after = Some(after).filter(|after| *after != expected);
        Some(ShownLine { line: self.line, parts, after })
    }

    fn parts(&self, text: &str, hidden: &[Hidden]) -> Vec<ShownPart> {
        let mut parts = Vec::with_capacity(2 * hidden.len() + 1);
        let mut at = 0;
        let plain = |text: &str| ShownPart { text: text.to_owned(), hit: None };
        for one in hidden {
            if at < one.place.start {
                parts.push(plain(&text[at..one.place.start]));
            }
            at = one.place.end;
            parts.push(ShownPart {
                text: text[one.place.clone()].to_owned(),
                hit: Some(ShownHit {
                    kind: one.kind.as_str(),
                    rule: self.redactor.rule_name(one.rule).to_owned(),
                    reason: one.rule.reason(),
                    replacement: one.replacement.clone(),
                }),
            });
        }
        if at < text.len() {
            parts.push(plain(&text[at..]));
        }
        parts
    }
}
