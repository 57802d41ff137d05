//! Accounts in sentences that every system writes the same way: `for user jdoe by`, `Accepted
//! publickey for jdoe from`, `user 'jdoe'`.

use std::ops::Range;

use super::text::{is_word, run_end};
use super::words::is_user;

/// What stands before the name, for the prefilter.
pub(super) const PHRASES: [&str; 10] = [
    "for user ",
    "invalid user ",
    "password for ",
    "publickey for ",
    "none for ",
    "hostbased for ",
    "keyboard-interactive/pam for ",
    "user '",
    "user \"",
    "username '",
];
const NAME_BYTES: std::ops::RangeInclusive<usize> = 2..=64;

/// The name after a phrase. In a sentence another word of the phrase must follow, or the name is a
/// word like any other.
pub(super) fn name_after(line: &str, hit: Range<usize>) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    if hit.start > 0 && is_word(bytes[hit.start - 1]) {
        return None;
    }
    let quote = [bytes.get(hit.end), bytes.get(hit.end - 1)]
        .into_iter()
        .flatten()
        .find(|byte| matches!(byte, b'"' | b'\''));
    let start = hit.end + usize::from(bytes.get(hit.end) == quote && quote.is_some());
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || b"_.@-".contains(&byte);
    let end = run_end(bytes, start, *NAME_BYTES.end() + 1, belongs);
    let name = line.get(start..end)?;
    let rest = &line[end..];
    let ends = match quote {
        Some(quote) => rest.as_bytes().first() == Some(quote),
        None => {
            rest.starts_with(" from ")
                || rest.starts_with(" by ")
                || rest.starts_with('(')
                || (rest.is_empty() && line[hit].ends_with("user "))
        }
    };
    (ends && NAME_BYTES.contains(&name.len()) && is_user(name)).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_its_sentence() {
        let found = |line: &str| {
            let phrase = PHRASES.iter().find_map(|phrase| Some((line.find(phrase)?, phrase.len())));
            let (at, length) = phrase.expect("a phrase");
            name_after(line, at..at + length).map(|place| line[place].to_owned())
        };
        assert_eq!(found("opened for user jdoe by (uid=0)").as_deref(), Some("jdoe"));
        assert_eq!(found("Accepted publickey for jdoe from 10.1.2.3").as_deref(), Some("jdoe"));
        assert_eq!(found("Failed login for user 'j.doe'").as_deref(), Some("j.doe"));
        assert_eq!(found("no password for root from 10.1.2.3"), None);
        assert_eq!(found("quota for user accounts is 7"), None);
    }
}
