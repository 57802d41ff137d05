//! The text of a signature: one feature a line, for people, diffs and mail.
//!
//! ```text
//! mainstay-signature 1
//! name: pool of the payment database exhausted
//! kind: overload
//! message T2Q7V5M3K4J6H8N0P: pool exhausted: <*> in use
//! pattern pool-exhausted-jdbc
//! code ORA-00060
//! ```

use std::fmt;

use super::{Feature, Signature};

/// The first line.
const HEAD: &str = "mainstay-signature 1";

/// Features in one file; more is no signature.
const FEATURES_MAX: usize = 100;

/// Bytes of one file.
const BYTES_MAX: usize = 64 << 10;

/// Why a text is no signature.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    #[error("the first line is not {HEAD:?}")]
    Head,
    #[error("line {0} is not understood")]
    Line(usize),
    #[error("there are no features, or more than {FEATURES_MAX}, or the file is too large")]
    Size,
}

impl fmt::Display for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_line = |text: &str| text.replace(['\n', '\r'], " ");
        writeln!(out, "{HEAD}")?;
        writeln!(out, "name: {}", one_line(&self.name))?;
        if !self.kind.is_empty() {
            writeln!(out, "kind: {}", self.kind)?;
        }
        for (feature, text) in &self.features {
            match feature {
                Feature::Message(id) => writeln!(out, "message {id}: {}", one_line(text))?,
                Feature::Code(code) => writeln!(out, "code {code}")?,
                Feature::Pattern(id) => writeln!(out, "pattern {id}")?,
            }
        }
        Ok(())
    }
}

/// Reads a signature; blank lines and lines that begin with `#` do not count.
///
/// # Errors
/// Names the line that is not understood.
pub fn parse(text: &str) -> Result<Signature, ParseError> {
    if text.len() > BYTES_MAX {
        return Err(ParseError::Size);
    }
    let mut lines = (1..).zip(text.lines().map(str::trim));
    if lines.next().is_none_or(|(_, line)| line != HEAD) {
        return Err(ParseError::Head);
    }
    let mut signature =
        Signature { name: String::new(), kind: String::new(), features: Vec::new() };
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("name:") {
            name.trim().clone_into(&mut signature.name);
        } else if let Some(kind) = line.strip_prefix("kind:") {
            kind.trim().clone_into(&mut signature.kind);
        } else {
            signature.features.push(feature(line).ok_or(ParseError::Line(number))?);
        }
    }
    let count = signature.features.len();
    if count == 0 || count > FEATURES_MAX { Err(ParseError::Size) } else { Ok(signature) }
}

fn feature(line: &str) -> Option<(Feature, String)> {
    let (word, rest) = line.split_once(' ')?;
    let rest = rest.trim();
    match word {
        "message" => {
            let (id, text) = rest.split_once(':').unwrap_or((rest, ""));
            Some((Feature::Message(id.trim().to_owned()), text.trim().to_owned()))
        }
        "code" => Some((Feature::Code(rest.to_owned()), String::new())),
        "pattern" => Some((Feature::Pattern(rest.to_owned()), String::new())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let signature = Signature {
            name: "pool exhausted".to_owned(),
            kind: "overload".to_owned(),
            features: vec![
                (Feature::Message("Tabc".to_owned()), "pool: <*> in use".to_owned()),
                (Feature::Pattern("pool-leak".to_owned()), String::new()),
                (Feature::Code("ORA-00060".to_owned()), String::new()),
            ],
        };
        assert_eq!(parse(&signature.to_string()), Ok(signature));
    }

    #[test]
    fn what_is_no_signature_is_said() {
        assert_eq!(parse("hello"), Err(ParseError::Head));
        assert_eq!(parse("mainstay-signature 1\nname: x\n"), Err(ParseError::Size));
        assert_eq!(parse("mainstay-signature 1\nnonsense here"), Err(ParseError::Line(2)));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
            let _ = parse(&format!("{HEAD}\n{text}"));
            let _ = parse(&text);
        }
    }
}
