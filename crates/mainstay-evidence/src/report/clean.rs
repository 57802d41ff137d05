//! Makes visible what would act on a terminal or a page instead of being read: control
//! characters, direction marks and characters without width.

use std::borrow::Cow;

/// The text with every such character written as `\u{…}`. Tabs stay; line breaks do not, as a
/// forged line in a report would lie.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hidden(character) {
            clean.extend(character.escape_unicode());
        } else {
            clean.push(character);
        }
    }
    Cow::Owned(clean)
}

/// The same for a text of several lines, whose breaks stay.
pub(super) fn lines(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn is_hidden(character: char) -> bool {
    match character {
        '\t' => false,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_instead() {
        assert_eq!(line("plain ü 名\tx"), "plain ü 名\tx");
        assert_eq!(line("\u{1b}[2J"), "\\u{1b}[2J");
        assert_eq!(line("a\u{202e}b\u{200b}c\u{9b}d\ne"), "a\\u{202e}b\\u{200b}c\\u{9b}d\\u{a}e");
        assert_eq!(lines("a\r\nb"), "a\\u{d}\nb");
    }
}
