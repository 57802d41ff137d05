//! A query as text again: parsed once more it is the same query.

use std::fmt::{self, Display, Formatter, Write};

use super::{Bound, Expression, Match, NameField, NumberField, Query, Term, Test, time};

impl Display for Query {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.expression {
            Expression::Any => Ok(()),
            Expression::And(all) => join(out, all, " "),
            other => write!(out, "{other}"),
        }
    }
}

impl Display for Expression {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => out.write_str("()"),
            Self::And(all) => {
                out.write_char('(')?;
                join(out, all, " ")?;
                out.write_char(')')
            }
            Self::Or(any) => {
                out.write_char('(')?;
                join(out, any, " OR ")?;
                out.write_char(')')
            }
            Self::Not(inner) => write!(out, "-{inner}"),
            Self::Term(term) => write!(out, "{term}"),
        }
    }
}

fn join(out: &mut Formatter<'_>, all: &[Expression], between: &str) -> fmt::Result {
    for (at, one) in all.iter().enumerate() {
        if at > 0 {
            out.write_str(between)?;
        }
        write!(out, "{one}")?;
    }
    Ok(())
}

impl Display for Term {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => quoted(out, text),
            Self::Pattern(pattern) => slashed(out, pattern),
            Self::Level(levels) => {
                let names = levels.iter().map(|level| level.map_or("none", |level| level.as_str()));
                write!(out, "level:{}", names.collect::<Vec<_>>().join(","))
            }
            Self::Time { from, to } => {
                let end = |time: &Option<_>| time.map_or_else(String::new, time::written);
                write!(out, "time:{}..{}", end(from), end(to))
            }
            Self::Number { field, from, to } => {
                let end = |value: &Option<u64>| value.map_or_else(String::new, |it| it.to_string());
                write!(out, "{}:{}..{}", field.as_str(), end(from), end(to))
            }
            Self::Name { field, any_of } => {
                write!(out, "{}:", field.as_str())?;
                matches(out, any_of)
            }
            Self::Named { name, test } => {
                write!(out, "{name}:")?;
                match test {
                    Test::AnyOf(any_of) => matches(out, any_of),
                    Test::Pattern(pattern) => slashed(out, pattern),
                    Test::Range { from, to } => range(out, from.as_ref(), to.as_ref()),
                }
            }
            Self::Has(name) => write!(out, "has:{name}"),
            Self::Is(property) => write!(out, "is:{}", property.as_str()),
        }
    }
}

fn range(out: &mut Formatter<'_>, from: Option<&Bound>, to: Option<&Bound>) -> fmt::Result {
    match (from, to) {
        (Some(from), None) => {
            write!(out, "{}{}", if from.included { ">=" } else { ">" }, from.text)
        }
        (None, Some(to)) => write!(out, "{}{}", if to.included { "<=" } else { "<" }, to.text),
        (from, to) => {
            let end = |bound: Option<&Bound>| bound.map_or(String::new(), |it| it.text.clone());
            write!(out, "{}..{}", end(from), end(to))
        }
    }
}

fn matches(out: &mut Formatter<'_>, any_of: &[Match]) -> fmt::Result {
    for (at, one) in any_of.iter().enumerate() {
        if at > 0 {
            out.write_char(',')?;
        }
        match one {
            Match::Exact(text) if is_plain(text) => out.write_str(text)?,
            Match::Exact(text) => quoted(out, text)?,
            Match::Glob(text) => out.write_str(text)?,
            Match::Number(number) => write!(out, "#{number}")?,
        }
    }
    Ok(())
}

/// Nothing in it has a meaning.
fn is_plain(text: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | ':' | '+');
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && text.chars().all(plain)
        && !text.contains("..")
}

fn quoted(out: &mut Formatter<'_>, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            '\n' => out.write_str("\\n")?,
            '\t' => out.write_str("\\t")?,
            other => out.write_char(other)?,
        }
    }
    out.write_char('"')
}

fn slashed(out: &mut Formatter<'_>, pattern: &str) -> fmt::Result {
    out.write_char('/')?;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.write_char('\\')?;
                out.write_char(chars.next().unwrap_or('\\'))?;
            }
            '/' => out.write_str("\\/")?,
            other => out.write_char(other)?,
        }
    }
    out.write_char('/')
}

impl NumberField {
    /// The name before the colon.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Lines => "lines",
        }
    }
}

impl NameField {
    /// The name before the colon.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::File => "file",
            Self::Template => "template",
            Self::Confidence => "confidence",
            Self::Trace => "trace",
            Self::Span => "span",
            Self::Request => "request",
        }
    }
}
