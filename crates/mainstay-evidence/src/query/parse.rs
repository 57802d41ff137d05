//! From text to a query. Every message names the place and, where it can, what was meant.

use super::condition::checked;
use super::scan::{Piece, Scanner};
use super::{DEPTH_MAX, Expression, QUERY_BYTES_MAX, QueryError, TERMS_MAX, Term};

pub(super) type Parsed<T> = Result<T, QueryError>;

pub(super) fn parse(text: &str) -> Parsed<Expression> {
    if text.len() > QUERY_BYTES_MAX {
        let message = format!("the query is longer than {QUERY_BYTES_MAX} bytes");
        return Err(error(QUERY_BYTES_MAX, text.len(), message, None));
    }
    let mut parser = Parser { scanner: Scanner::new(text), terms: 0 };
    let expression = parser.alternatives(0)?;
    parser.scanner.skip_blanks();
    let at = parser.scanner.at;
    if at < text.len() {
        let close = "there is no bracket that this one closes";
        return Err(error(at, at + 1, close.to_owned(), None));
    }
    Ok(expression.unwrap_or_default())
}

pub(super) fn error(
    start: usize,
    end: usize,
    message: String,
    suggestion: Option<String>,
) -> QueryError {
    QueryError { start, end: end.max(start), message, suggestion }
}

pub(super) fn at_piece(
    piece: &Piece,
    message: impl Into<String>,
    suggestion: Option<String>,
) -> QueryError {
    error(piece.start, piece.end, message.into(), suggestion)
}

pub(super) struct Parser<'q> {
    pub(super) scanner: Scanner<'q>,
    pub(super) terms: usize,
}

impl Parser<'_> {
    /// `a b OR c d`; `None` when there is nothing.
    fn alternatives(&mut self, depth: usize) -> Parsed<Option<Expression>> {
        let mut any = Vec::new();
        loop {
            let start = self.scanner.at;
            let all = self.all(depth)?;
            self.scanner.skip_blanks();
            let more = self.scanner.at;
            let has_or = self.scanner.takes_word("OR");
            match all {
                Some(all) => any.push(all),
                None if any.is_empty() && !has_or => return Ok(None),
                None => {
                    let message = "OR needs a condition on both sides".to_owned();
                    let start = if has_or { more } else { start.saturating_sub(2) };
                    return Err(error(start, start + 2, message, Some("a OR b".to_owned())));
                }
            }
            if !has_or {
                break;
            }
        }
        Ok(Some(if any.len() == 1 { any.remove(0) } else { flat(any, false) }))
    }

    /// `a b -c`; `None` when there is nothing.
    fn all(&mut self, depth: usize) -> Parsed<Option<Expression>> {
        let mut all = Vec::new();
        loop {
            self.scanner.skip_blanks();
            if all.is_empty() || !self.scanner.takes_word("AND") {
                let mut ahead = Scanner::new(self.scanner.rest());
                if matches!(self.scanner.peek(), None | Some(')')) || ahead.takes_word("OR") {
                    break;
                }
            } else {
                self.scanner.skip_blanks();
            }
            all.push(self.one(depth)?);
        }
        Ok(match all.len() {
            0 => None,
            1 => Some(all.remove(0)),
            _ => Some(flat(all, true)),
        })
    }

    fn one(&mut self, depth: usize) -> Parsed<Expression> {
        let start = self.scanner.at;
        if depth >= DEPTH_MAX {
            let message = format!("more than {DEPTH_MAX} brackets and negations inside each other");
            return Err(error(start, start + 1, message, None));
        }
        let minus = self.scanner.rest().starts_with('-');
        if minus || self.scanner.takes_word("NOT") {
            if minus {
                self.scanner.at += 1;
            }
            self.scanner.skip_blanks();
            if matches!(self.scanner.peek(), None | Some(')')) {
                let message = "a negation needs a condition".to_owned();
                return Err(error(
                    start,
                    self.scanner.at,
                    message,
                    Some("-level:debug".to_owned()),
                ));
            }
            return Ok(Expression::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.scanner.takes("(") {
            let inner = self.alternatives(depth + 1)?;
            self.scanner.skip_blanks();
            if !self.scanner.takes(")") {
                let message = "this bracket is not closed".to_owned();
                return Err(error(start, start + 1, message, Some("add )".to_owned())));
            }
            return Ok(inner.unwrap_or_default());
        }
        self.terms += 1;
        if self.terms > TERMS_MAX {
            let message = format!("more than {TERMS_MAX} conditions");
            return Err(error(start, start + 1, message, None));
        }
        self.term().map(Expression::Term)
    }

    fn term(&mut self) -> Parsed<Term> {
        if let Some(name) = self.scanner.field() {
            let start = self.scanner.at;
            self.scanner.at += name.len() + 1;
            return self.field(name, start);
        }
        match self.scanner.peek() {
            Some('"') => Ok(Term::Text(self.quoted()?.text)),
            Some('/') => match self.scanner.pattern() {
                Some(piece) => checked(&piece).map(Term::Pattern),
                None => Ok(Term::Text(self.word()?.text)),
            },
            _ => Ok(Term::Text(self.word()?.text)),
        }
    }

    pub(super) fn quoted(&mut self) -> Parsed<Piece> {
        let start = self.scanner.at;
        self.scanner.quoted().ok_or_else(|| {
            let message = "the text in quotes has no end".to_owned();
            error(start, start + 1, message, Some("add \"".to_owned()))
        })
    }

    fn word(&mut self) -> Parsed<Piece> {
        let piece = self.scanner.bare(&['(', ')']);
        if piece.text.is_empty() {
            let message = "a condition is missing here".to_owned();
            return Err(error(piece.start, piece.start + 1, message, None));
        }
        Ok(piece)
    }
}

/// Conditions of one kind side by side, not inside each other.
fn flat(expressions: Vec<Expression>, all: bool) -> Expression {
    let mut flat = Vec::with_capacity(expressions.len());
    for expression in expressions {
        match (expression, all) {
            (Expression::And(inner), true) | (Expression::Or(inner), false) => flat.extend(inner),
            (other, _) => flat.push(other),
        }
    }
    if all { Expression::And(flat) } else { Expression::Or(flat) }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use mainstay_core::UtcMicros;

    use super::*;
    use crate::query::Query;

    fn micros(text: &str) -> UtcMicros {
        text.parse().expect("a time")
    }

    fn term(text: &str) -> Term {
        match parse(text).expect("a query") {
            Expression::Term(term) => term,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn times_are_spans() {
        let span =
            |from: &str, to: &str| Term::Time { from: Some(micros(from)), to: Some(micros(to)) };
        assert_eq!(
            term("time:2026-11-24T10:00..10:05"),
            span("2026-11-24T10:00:00Z", "2026-11-24T10:05:00Z")
        );
        assert_eq!(term("time:2026-11-24"), span("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"));
        assert_eq!(
            term("time:2026-11-24T10:00:00.5+02:00"),
            span("2026-11-24T08:00:00.5Z", "2026-11-24T08:00:00.6Z")
        );
        let after = Term::Time { from: Some(micros("2026-11-24T10:01:00Z")), to: None };
        assert_eq!(term("time:>2026-11-24T10:00"), after);
    }

    #[test]
    fn messages_name_place_and_remedy() {
        let cases = [
            "level:eror",
            "level:",
            "time:10:00..10:05",
            "line:abc",
            "status:>=high",
            "(a OR b",
            "a)",
            "\"open",
            "a OR",
            "OR b",
            "-",
            "NOT",
            "is:multiline",
            "/(/",
            "lines:<0",
            "confidence:sure",
            "time:2026-11-25..2026-11-24",
        ];
        let mut golden = String::new();
        for text in cases {
            match text.parse::<Query>() {
                Err(error) => {
                    let _ = writeln!(
                        golden,
                        "{text}\n{}{} {error}",
                        " ".repeat(error.start),
                        "^".repeat((error.end - error.start).max(1))
                    );
                }
                Ok(query) => {
                    let _ = writeln!(golden, "{text}\n  is {query}");
                }
            }
        }
        insta::assert_snapshot!(golden);
    }
}
