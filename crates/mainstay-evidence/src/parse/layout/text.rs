//! The parts of a header as lengths: each function says how many bytes of its kind a text starts
//! with, or that it starts with none.

use crate::parse::level;

/// The longest word; more is a message.
const WORD_LENGTH_MAX: usize = 200;
/// The longest bracket of context: OpenStack's request bracket is 130 bytes.
const BRACKET_LENGTH_MAX: usize = 512;
/// The longest name of a program before its `[pid]:`.
const PROGRAM_LENGTH_MAX: usize = 64;

pub(crate) fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

pub(crate) fn number(text: &[u8]) -> Option<usize> {
    let digits = text.iter().take(21).take_while(|byte| byte.is_ascii_digit()).count();
    (1..=20).contains(&digits).then_some(digits)
}

/// A word ends at a blank, at the end of the text, or at the byte; where the byte is `:` only if
/// a blank or the end follows, because class and module names hold colons.
pub(crate) fn word(text: &[u8], end: Option<u8>) -> Option<usize> {
    let length = text.iter().enumerate().position(|(index, byte)| {
        let stops = end == Some(*byte)
            && (*byte != b':' || matches!(text.get(index + 1), None | Some(b' ' | b'\t')));
        stops || matches!(byte, b' ' | b'\t')
    });
    let length = length.unwrap_or(text.len());
    (length > 0 && length <= WORD_LENGTH_MAX).then_some(length)
}

pub(crate) fn logger(text: &[u8], end: Option<u8>) -> Option<usize> {
    let length = word(text, end)?;
    let name = &text[..length];
    let mark = |byte: &u8| matches!(byte, b'.' | b'$' | b'/' | b'#');
    let marked = name.iter().any(mark) || memchr::memmem::find(name, b"::").is_some();
    let plain =
        name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._-$/#:@<>[]()*+~".contains(byte));
    (name[0].is_ascii_alphabetic() && marked && plain).then_some(length)
}

pub(crate) fn host(text: &[u8]) -> Option<usize> {
    let length = word(text, None)?;
    let name = &text[..length];
    let plain = name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._-:<>@/".contains(byte));
    let level = level::scan(name).is_some_and(|(_, end)| end >= length.saturating_sub(1));
    let number = name.iter().all(u8::is_ascii_digit);
    (plain && !level && !number && !name.ends_with(b":")).then_some(length)
}

pub(crate) fn module(text: &[u8]) -> Option<usize> {
    let length = text
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        .count();
    (length > 0).then_some(length)
}

pub(crate) fn program(text: &[u8]) -> Option<usize> {
    let mut words_left = if text.starts_with(b"-- ") { 2 } else { 1 };
    for (index, byte) in text.iter().enumerate().take(PROGRAM_LENGTH_MAX) {
        match byte {
            b':' if matches!(text.get(index + 1), None | Some(b' ' | b'\t')) => {
                return (index > 0).then_some(index);
            }
            b' ' if words_left > 0 && index > 0 => words_left -= 1,
            b' ' | b'\t' | b'"' | b',' | b';' | b'=' | b'{' => return None,
            _ => {}
        }
    }
    None
}

pub(crate) fn bracket(text: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, byte) in text.iter().enumerate().take(BRACKET_LENGTH_MAX) {
        match byte {
            b'[' => depth += 1,
            b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

pub(crate) fn structured(text: &[u8]) -> Option<usize> {
    if text.first() == Some(&b'-') {
        return Some(1);
    }
    let mut at = 0;
    while text.get(at) == Some(&b'[') {
        let mut quoted = false;
        let mut escaped = false;
        let end = text[at..].iter().position(|byte| {
            let ends = *byte == b']' && !quoted;
            quoted ^= *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        })?;
        at += end + 1;
    }
    (at > 0).then_some(at)
}
