//! Values that the text of a record gives a name to: `key=value`, `"key": value`, `key: value`.

use std::ops::Range;

/// A longer word before a sign is no name that people type.
const NAME_BYTES_MAX: usize = 48;

/// Names that people use for one another.
const ALIASES: [(&str, &[&str]); 5] = [
    (
        "duration",
        &[
            "duration_ms",
            "duration_us",
            "duration_ns",
            "duration_s",
            "elapsed",
            "elapsed_ms",
            "latency",
            "latency_ms",
            "took",
            "took_ms",
            "response_time_ms",
        ],
    ),
    ("host", &["hostname", "host.name", "node", "nodeName"]),
    ("service", &["service.name", "service_name", "app", "app_name"]),
    ("status", &["status_code", "statusCode", "http.status_code", "http_status"]),
    ("user", &["username", "user_name", "user.name"]),
];

/// A name to look for, and the names that mean the same.
pub(crate) struct Named {
    names: Vec<String>,
}

impl Named {
    pub(crate) fn new(name: &str) -> Self {
        let others = ALIASES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let others = others.map(|(_, names)| *names).unwrap_or_default();
        let names = std::iter::once(name).chain(others.iter().copied());
        Self { names: names.map(str::to_ascii_lowercase).collect() }
    }

    /// Where the value after a name begins, and whether it is in quotes; `None` when no sign says
    /// that one follows.
    pub(crate) fn value_start(bytes: &[u8], name: usize, end: usize) -> Option<(usize, bool)> {
        if name > 0 && is_name(bytes[name - 1]) {
            return None;
        }
        let in_quotes = name > 0 && bytes[name - 1] == b'"' && bytes.get(end) == Some(&b'"');
        let sign = if in_quotes { end + 1 } else { end };
        let start = match bytes.get(sign)? {
            b'=' if !in_quotes => sign + 1,
            b':' if in_quotes => {
                sign + 1 + bytes[sign + 1..].iter().take_while(|byte| **byte == b' ').count()
            }
            b':' if bytes.get(sign + 1) == Some(&b' ') => sign + 2,
            _ => return None,
        };
        let quoted = bytes.get(start) == Some(&b'"');
        Some((start + usize::from(quoted), quoted))
    }

    /// The names that a text gives to values.
    pub(crate) fn names_in(text: &str) -> impl Iterator<Item = &str> {
        let bytes = text.as_bytes();
        let signs = (0..bytes.len()).filter(|at| matches!(bytes[*at], b'=' | b':'));
        signs.filter_map(move |sign| {
            let end = if sign > 0 && bytes[sign - 1] == b'"' { sign - 1 } else { sign };
            let length = bytes[..end].iter().rev().take_while(|byte| is_name(**byte)).count();
            let name = text.get(end - length..end)?;
            let is_one = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && name.is_ascii()
                && name.len() <= NAME_BYTES_MAX
                && Self::value_start(bytes, end - length, end).is_some();
            is_one.then_some(name)
        })
    }

    /// The names, in lower case.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Passes the values that a text gives to one of the names, until one is wanted. Answers if one
    /// was.
    pub(crate) fn any(&self, text: &str, mut wanted: impl FnMut(&str, &str) -> bool) -> bool {
        self.names.iter().any(|name| {
            let mut from = 0;
            while let Some(at) = find_name(text.as_bytes(), name.as_bytes(), from) {
                from = at + 1;
                if let Some(value) = value_after(text, at, at + name.len())
                    && wanted(name, &text[value])
                {
                    return true;
                }
            }
            false
        })
    }
}

/// Where a name stands as a word of its own.
fn find_name(text: &[u8], name: &[u8], mut from: usize) -> Option<usize> {
    let first = *name.first()?;
    loop {
        let rest = text.get(from..)?;
        let at = from + memchr::memchr2(first, first.to_ascii_uppercase(), rest)?;
        let end = at + name.len();
        let is_it = text.get(at..end).is_some_and(|part| part.eq_ignore_ascii_case(name));
        if is_it && at.checked_sub(1).is_none_or(|before| !is_name(text[before])) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$' | b'@') || byte >= 128
}

/// What ends a value that is not in quotes.
pub(crate) fn ends_value(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b',' | b';' | b')' | b']' | b'}' | b'"' | b'\'' | b'&' | b'|')
}

fn value_after(text: &str, name: usize, end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (start, in_quotes) = Named::value_start(bytes, name, end)?;
    if in_quotes {
        let mut close = start;
        while close < bytes.len() && bytes[close] != b'"' {
            close += if bytes[close] == b'\\' { 2 } else { 1 };
        }
        return (close < bytes.len()).then_some(start..close);
    }
    let length = bytes.get(start..)?.iter().take_while(|byte| !ends_value(**byte)).count();
    (length > 0).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        Named::new(name).any(text, |_, value| {
            found.push(value.to_owned());
            false
        });
        found
    }

    #[test]
    fn a_value_has_the_name_before_it() {
        assert_eq!(values("user=bob uid=0 euid=7", "uid"), ["0"]);
        assert_eq!(values(r#"{"Status": 503, "msg":"a \"b\" c"}"#, "status"), ["503"]);
        assert_eq!(values(r#"{"Status": 503, "msg":"a \"b\" c"}"#, "msg"), [r#"a \"b\" c"#]);
        assert_eq!(values("took: 12ms, then user: root", "duration"), ["12ms"]);
        assert_eq!(values("user: root", "user"), ["root"]);
        assert_eq!(values("from <ip-abcd-efgh-k3v9q2m4t7xa> rhost=<ip-x>", "rhost"), ["<ip-x>"]);
        assert_eq!(values("superuser=x user= y", "user"), [""; 0]);
        assert_eq!(values("user=", "user"), [""; 0]);
    }
}
