//! One condition: a field, and what may follow its colon.

use std::str::FromStr;

use mainstay_core::Level;

use super::field::{fields, nearest};
use super::parse::{Parsed, Parser, at_piece, error};
use super::scan::{Piece, Scanner};
use super::{
    Bound, Match, NameField, NumberField, Property, Quantity, QueryError, Term, Test, pattern, time,
};
use crate::record::TimeConfidence;

/// Ends a value of a field.
const VALUE_ENDS: [char; 3] = [',', '(', ')'];

impl Parser<'_> {
    pub(super) fn field(&mut self, name: &str, start: usize) -> Parsed<Term> {
        let lower = name.to_ascii_lowercase();
        let name_field = match lower.as_str() {
            "source" => Some(NameField::Source),
            "file" => Some(NameField::File),
            "template" => Some(NameField::Template),
            "confidence" => Some(NameField::Confidence),
            "trace" | "trace_id" => Some(NameField::Trace),
            "span" | "span_id" => Some(NameField::Span),
            "request" | "request_id" => Some(NameField::Request),
            _ => None,
        };
        if let Some(field) = name_field {
            let any_of = self.values(start)?;
            if field == NameField::Confidence {
                for (one, piece) in &any_of {
                    check_confidence(one, piece)?;
                }
            }
            let any_of = any_of.into_iter().map(|(one, _)| one).collect();
            return Ok(Term::Name { field, any_of });
        }
        match lower.as_str() {
            "level" => self.level(start),
            "time" => self.time(start),
            "line" => self.number(NumberField::Line, start),
            "lines" => self.number(NumberField::Lines, start),
            "text" => match self.scanner.peek() {
                Some('"') => Ok(Term::Text(self.quoted()?.text)),
                _ => Ok(Term::Text(self.value(start)?.text)),
            },
            "has" => self.has(start),
            "is" => self.property(start),
            _ => self.named(name, start),
        }
    }

    /// One bare value.
    fn value(&mut self, start: usize) -> Parsed<Piece> {
        let piece = self.scanner.bare(&['(', ')']);
        if piece.text.is_empty() {
            return Err(self.no_value(start));
        }
        Ok(piece)
    }

    fn no_value(&self, start: usize) -> QueryError {
        let example = Scanner::new(&self.scanner.whole()[start..])
            .field()
            .and_then(|name| fields().iter().find(|field| field.name.eq_ignore_ascii_case(name)));
        let suggestion = example.map(|field| field.example.to_owned());
        let message = "a value is missing after the colon".to_owned();
        error(start, self.scanner.at, message, suggestion)
    }

    /// `a,b,"c d"`.
    fn values(&mut self, start: usize) -> Parsed<Vec<(Match, Piece)>> {
        let mut values = Vec::new();
        loop {
            let piece = match self.scanner.peek() {
                Some('"') => self.quoted()?,
                _ => self.scanner.bare(&VALUE_ENDS),
            };
            if piece.text.is_empty() && !piece.quoted {
                return Err(self.no_value(start));
            }
            self.terms += 1;
            values.push((match_of(&piece), piece));
            if !self.scanner.takes(",") {
                return Ok(values);
            }
        }
    }

    fn level(&mut self, start: usize) -> Parsed<Term> {
        let piece = self.value(start)?;
        let parse = |word: &str| {
            let known = match word.to_ascii_lowercase().as_str() {
                "none" => return Ok(None),
                "warning" => Some(Level::Warn),
                "err" => Some(Level::Error),
                "critical" | "crit" | "panic" | "emergency" => Some(Level::Fatal),
                word => Level::from_str(word).ok(),
            };
            known.map(Some).ok_or_else(|| {
                let names = Level::ALL.map(Level::as_str);
                let near = nearest(word, names.into_iter());
                let near = near.map_or_else(|| names.join(", "), |near| format!("level:{near}"));
                at_piece(&piece, format!("{word} is no level"), Some(near))
            })
        };
        let text = piece.text.as_str();
        let (from, to) = match bounds(text) {
            Some(bounds) => bounds,
            None => {
                let mut levels: Vec<Option<Level>> =
                    text.split(',').map(parse).collect::<Parsed<_>>()?;
                levels.sort_unstable();
                levels.dedup();
                return Ok(Term::Level(levels));
            }
        };
        let end = |bound: &Option<Bound>| match bound {
            None => Ok(None),
            Some(bound) => Ok(parse(&bound.text)?.map(|level| (level, bound.included))),
        };
        let (from, to) = (end(&from)?, end(&to)?);
        let passes = |level: &Level| {
            from.is_none_or(|(from, included)| *level > from || (included && *level == from))
                && to.is_none_or(|(to, included)| *level < to || (included && *level == to))
        };
        let levels: Vec<_> = Level::ALL.into_iter().filter(passes).map(Some).collect();
        if levels.is_empty() {
            return Err(at_piece(&piece, "no level is in this range", Some("level:warn..".into())));
        }
        Ok(Term::Level(levels))
    }

    fn time(&mut self, start: usize) -> Parsed<Term> {
        let piece = match self.scanner.peek() {
            Some('"') => self.quoted()?,
            _ => self.value(start)?,
        };
        let wrong = |word: &str| {
            let example = "time:2026-11-24T10:00..10:05".to_owned();
            at_piece(&piece, format!("{word} is no time"), Some(example))
        };
        let read = |word: &str, before: Option<&time::Written>| {
            time::parse(word, before).ok_or_else(|| wrong(word))
        };
        let text = piece.text.as_str();
        let Some((from, to)) = bounds(text) else {
            let at = read(text, None)?;
            return Ok(Term::Time { from: Some(at.start), to: Some(at.end) });
        };
        let first = from.as_ref().map(|from| read(&from.text, None)).transpose()?;
        let last = to.as_ref().map(|to| read(&to.text, first.as_ref())).transpose()?;
        let is_range = text.contains("..");
        let from =
            first.zip(from).map(|(at, bound)| if bound.included { at.start } else { at.end });
        // of a range the end is not part; `<=` takes the whole unit
        let to = last.zip(to).map(
            |(at, bound)| {
                if bound.included && !is_range { at.end } else { at.start }
            },
        );
        if let (Some(from), Some(to)) = (from, to)
            && from >= to
        {
            return Err(at_piece(&piece, "the end is not after the begin", None));
        }
        Ok(Term::Time { from, to })
    }

    fn number(&mut self, field: NumberField, start: usize) -> Parsed<Term> {
        let piece = self.value(start)?;
        let example = match field {
            NumberField::Line => "line:100..200",
            NumberField::Lines => "lines:>5",
        };
        let read = |word: &str| {
            word.parse::<u64>().map_err(|_| {
                at_piece(&piece, format!("{word} is no whole number"), Some(example.to_owned()))
            })
        };
        let Some((from, to)) = bounds(&piece.text) else {
            let value = read(&piece.text)?;
            return Ok(Term::Number { field, from: Some(value), to: Some(value) });
        };
        let from = match from {
            None => None,
            Some(from) => Some(read(&from.text)?.saturating_add(u64::from(!from.included))),
        };
        let to = match to {
            None => None,
            Some(to) if to.included => Some(read(&to.text)?),
            Some(to) => Some(read(&to.text)?.checked_sub(1).ok_or_else(|| {
                at_piece(&piece, "no number is below 0", Some(example.to_owned()))
            })?),
        };
        Ok(Term::Number { field, from, to })
    }

    fn has(&mut self, start: usize) -> Parsed<Term> {
        let piece = self.value(start)?;
        let with_colon = format!("{}:", piece.text);
        if Scanner::new(&with_colon).field() != Some(piece.text.as_str()) {
            return Err(at_piece(&piece, "this is no name of a field", Some("has:trace".into())));
        }
        Ok(Term::Has(piece.text))
    }

    fn property(&mut self, start: usize) -> Parsed<Term> {
        let piece = self.value(start)?;
        let word = piece.text.to_ascii_lowercase().replace('_', "-");
        let known = Property::ALL.into_iter().find(|property| property.as_str() == word);
        known.map(Term::Is).ok_or_else(|| {
            let names = Property::ALL.map(Property::as_str);
            let near = nearest(&word, names.into_iter());
            let near = near.map_or_else(|| names.join(", "), |near| format!("is:{near}"));
            at_piece(&piece, format!("{word} is no property"), Some(near))
        })
    }

    fn named(&mut self, name: &str, start: usize) -> Parsed<Term> {
        let name_end = start + name.len();
        if self.scanner.peek() == Some('/')
            && let Some(piece) = self.scanner.pattern()
        {
            let test = Test::Pattern(checked(&piece)?);
            return Ok(Term::Named { name: name.to_owned(), test });
        }
        let here = self.scanner.at;
        if self.scanner.peek() != Some('"') {
            let piece = self.scanner.bare(&['(', ')']);
            // `<ip-…>` is a value that redaction left
            let rest = piece.text.strip_prefix('<').unwrap_or_default();
            let is_value = rest.starts_with(|c: char| c.is_ascii_alphabetic());
            let bounds = if is_value { None } else { bounds(&piece.text) };
            if let Some((from, to)) = bounds {
                for bound in [&from, &to].into_iter().flatten() {
                    if Quantity::parse(&bound.text).is_none() {
                        let message = format!("{} is no number", bound.text);
                        let example = format!("{name}:>=500");
                        return Err(at_piece(&piece, message, Some(example)));
                    }
                }
                return Ok(Term::Named { name: name.to_owned(), test: Test::Range { from, to } });
            }
            if piece.text.is_empty() {
                let near = nearest(name, fields().iter().map(|field| field.name));
                let near = near.map(|near| format!("{near}:"));
                let message = "a value is missing after the colon".to_owned();
                return Err(error(start, name_end + 1, message, near));
            }
            self.scanner.at = here;
        }
        let any_of = self.values(start)?.into_iter().map(|(one, _)| one).collect();
        Ok(Term::Named { name: name.to_owned(), test: Test::AnyOf(any_of) })
    }
}

pub(super) fn checked(piece: &Piece) -> Parsed<String> {
    match pattern(&piece.text) {
        Ok(_) => Ok(piece.text.clone()),
        Err(regex::Error::CompiledTooBig(_)) => {
            Err(at_piece(piece, "the pattern is too large", None))
        }
        Err(_) => {
            let message = "the pattern is not valid";
            Err(at_piece(piece, message, Some("put a backslash before ( [ { . * + ?".to_owned())))
        }
    }
}

fn check_confidence(one: &Match, piece: &Piece) -> Parsed<()> {
    let names = TimeConfidence::ALL.map(TimeConfidence::as_str);
    if names.iter().any(|name| one.fits(name)) {
        return Ok(());
    }
    let near = nearest(&piece.text, names.into_iter()).map(|near| format!("confidence:{near}"));
    let near = near.unwrap_or_else(|| names.join(", "));
    Err(at_piece(piece, format!("{} is no confidence of a time", piece.text), Some(near)))
}

fn match_of(piece: &Piece) -> Match {
    let text = &piece.text;
    let number = text.strip_prefix('#').and_then(|digits| digits.parse().ok());
    match number {
        Some(number) if !piece.quoted => Match::Number(number),
        _ if !piece.quoted && text.contains('*') => Match::Glob(text.clone()),
        _ => Match::Exact(text.clone()),
    }
}

/// `>1`, `<=2`, `1..2`, `1..`, `..2`; `None` when it is a plain value.
fn bounds(text: &str) -> Option<(Option<Bound>, Option<Bound>)> {
    let bound = |text: &str, included| Some(Bound { text: text.to_owned(), included });
    let signs = [(">=", true, true), ("<=", false, true), (">", true, false), ("<", false, false)];
    for (sign, is_from, included) in signs {
        if let Some(rest) = text.strip_prefix(sign)
            && !rest.is_empty()
        {
            let bound = bound(rest, included);
            return Some(if is_from { (bound, None) } else { (None, bound) });
        }
    }
    let (from, to) = text.split_once("..")?;
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let end = |text: &str| if text.is_empty() { None } else { bound(text, true) };
    Some((end(from), end(to)))
}
