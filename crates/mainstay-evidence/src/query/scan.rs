//! Words of a query, and the plain searches in values.

/// Does `*` in the pattern stand for what is there? ASCII letters match in either case. Each `*`
/// remembers only the last place to go back to: linear in the text for each `*`.
pub(super) fn glob_fits(glob: &[u8], text: &[u8]) -> bool {
    let (mut at, mut place) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while place < text.len() {
        if glob.get(at) == Some(&b'*') {
            back = Some((at + 1, place));
            at += 1;
        } else if glob.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(&text[place])) {
            at += 1;
            place += 1;
        } else if let Some((after, start)) = back {
            at = after;
            place = start + 1;
            back = Some((after, place));
        } else {
            return false;
        }
    }
    glob[at..].iter().all(|byte| *byte == b'*')
}

/// Reads the text of a query from left to right.
pub(super) struct Scanner<'q> {
    text: &'q str,
    pub(super) at: usize,
}

/// A piece of text with its place.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Was it in quotes? Then nothing in it has a meaning.
    pub(super) quoted: bool,
}

impl<'q> Scanner<'q> {
    pub(super) fn new(text: &'q str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn whole(&self) -> &'q str {
        self.text
    }

    pub(super) fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    /// Takes a sign if it is next.
    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let is_next = self.rest().starts_with(sign);
        self.at += if is_next { sign.len() } else { 0 };
        is_next
    }

    /// Takes a word of the language, which stands alone.
    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let rest = self.rest();
        let alone = rest.strip_prefix(word).is_some_and(|after| {
            after.is_empty() || after.starts_with(|next: char| next.is_whitespace() || next == '(')
        });
        self.at += if alone { word.len() } else { 0 };
        alone
    }

    /// The length of a field's name if one and its colon are next.
    pub(super) fn field(&self) -> Option<&'q str> {
        let rest = self.rest();
        let is_name =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '$');
        let end = rest.find(|c: char| !is_name(c))?;
        let name = &rest[..end];
        let begins =
            name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '@' | '$'));
        // `http://…` is a text
        let is_field = begins && rest[end..].starts_with(':') && !rest[end..].starts_with("://");
        is_field.then_some(name)
    }

    /// A text in quotes; `None` when its end is missing.
    pub(super) fn quoted(&mut self) -> Option<Piece> {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.text[start + 1..].char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + 1 + at + 1;
                    return Some(Piece { text, start, end: self.at, quoted: true });
                }
                '\\' => match chars.next()? {
                    (_, 'n') => text.push('\n'),
                    (_, 't') => text.push('\t'),
                    (_, other) => text.push(other),
                },
                other => text.push(other),
            }
        }
        None
    }

    /// `/…/` followed by a blank, a bracket or the end; a path is none.
    pub(super) fn pattern(&mut self) -> Option<Piece> {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.text[start..].strip_prefix('/')?.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next()? {
                    (_, '/') => text.push('/'),
                    (_, other) => text.extend(['\\', other]),
                },
                '/' => {
                    let end = start + 1 + at + 1;
                    let after = self.text[end..].chars().next();
                    let ends = after.is_none_or(|after| after.is_whitespace() || after == ')');
                    if !ends || text.is_empty() {
                        return None;
                    }
                    self.at = end;
                    return Some(Piece { text, start, end, quoted: true });
                }
                other => text.push(other),
            }
        }
        None
    }

    /// Characters up to a blank, a quote or one of the signs; may be empty.
    pub(super) fn bare(&mut self, signs: &[char]) -> Piece {
        let start = self.at;
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || c == '"' || signs.contains(&c);
        let length = rest.find(ends).unwrap_or(rest.len());
        self.at += length;
        Piece { text: rest[..length].to_owned(), start, end: self.at, quoted: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        let fits = |glob: &str, text: &str| glob_fits(glob.as_bytes(), text.as_bytes());
        assert!(fits("pay*", "PAYMENTS") && fits("*.log", "a.log") && fits("a*b*c", "aXXbYYbc"));
        assert!(fits("*", "") && fits("**", "x") && !fits("a*", "ba") && !fits("a*b", "abc"));
    }
}
