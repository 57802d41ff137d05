//! The parts of a header as lengths: each function says how many bytes of its kind a text starts
//! with, or that it starts with none.

use crate::parse::level;

/// The longest word; more is a message.
const WORD_LENGTH_MAX: usize = 200;
/// The longest bracket of context: OpenStack's request bracket is 130 bytes.
const BRACKET_LENGTH_MAX: usize = 512;
/// The longest name of a program with its process and its address: those of launchd are long.
const PROGRAM_LENGTH_MAX: usize = 160;

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

/// A program ends at a colon before a blank. One blank may stand in it (`syslogd 1.4.1`), more only
/// in the name before `[pid]` (`Google Chrome Helper[42]`) or in the address after it.
pub(crate) fn program(text: &[u8]) -> Option<usize> {
    let mut blanks_left = if text.starts_with(b"-- ") { 2 } else { 1 };
    let mut after_process = false;
    for (index, byte) in text.iter().enumerate().take(PROGRAM_LENGTH_MAX) {
        match byte {
            b':' if matches!(text.get(index + 1), None | Some(b' ' | b'\t')) => {
                let named = blanks_left >= 0 || after_process || has_process(&text[..index]);
                return (index > 0 && named).then_some(index);
            }
            b' ' if after_process && text.get(index + 1) != Some(&b'(') => return None,
            b' ' if index == 0 => return None,
            b' ' if !after_process => blanks_left -= 1,
            b' ' => {}
            b']' => after_process = has_process(&text[..=index]),
            b'\t' | b'"' | b',' | b';' | b'=' | b'{' => return None,
            _ => {}
        }
        if blanks_left < -NAME_BLANKS_MAX {
            return None;
        }
    }
    None
}

/// Blanks in the name of a program beyond the first.
const NAME_BLANKS_MAX: i32 = 3;

/// `name[42]`.
fn has_process(text: &[u8]) -> bool {
    let Some(inside) = text.strip_suffix(b"]") else { return false };
    let digits = inside.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && inside.len() > digits && inside[inside.len() - digits - 1] == b'['
}

/// `2005.06.03`.
pub(crate) fn day(text: &[u8]) -> Option<usize> {
    const LENGTH: usize = 10;
    let digits = |range: std::ops::Range<usize>| text[range].iter().all(u8::is_ascii_digit);
    let mark = *text.get(4)?;
    let plain = text.len() >= LENGTH
        && matches!(mark, b'.' | b'-' | b'/')
        && text[7] == mark
        && digits(0..4)
        && digits(5..7)
        && digits(8..10);
    plain.then_some(LENGTH)
}

/// `server/main.go:12`.
pub(crate) fn source(text: &[u8]) -> Option<usize> {
    let length = word(text, None)?;
    let digits = text[..length].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0 && length > digits + 1 && text[length - digits - 1] == b':').then_some(length)
}

/// Names with fields in braces, each before a colon.
pub(crate) fn spans(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let name = module(&text[at..])?;
        if text.get(at + name) != Some(&b'{') {
            return None;
        }
        at += name + braces(&text[at + name..])?;
        if text.get(at) != Some(&b':') {
            return None;
        }
        at += 1;
        if matches!(text.get(at), None | Some(b' ')) {
            return Some(at);
        }
    }
}

/// `{ … }`, balanced.
fn braces(text: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let end = text.iter().take(BRACKET_LENGTH_MAX).position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })?;
    Some(end + 1)
}

/// `90s`, `4m30s`, `2d4h`.
pub(crate) fn age(text: &[u8]) -> Option<usize> {
    let length = word(text, None)?;
    let mut digits = 0;
    let mut units = 0;
    for byte in &text[..length] {
        match byte {
            b'0'..=b'9' => digits += 1,
            b's' | b'm' | b'h' | b'd' | b'y' if digits > 0 => {
                digits = 0;
                units += 1;
            }
            _ => return None,
        }
    }
    (digits == 0 && units > 0).then_some(length)
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
