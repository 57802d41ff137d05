//! The fields of one JSON line by place, without building a tree: a line is read once, and only
//! what a log needs is looked at. What is *not* here: documents (`serde_json` reads those).

/// What kind of value stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueKind {
    Text,
    Number,
    Word,
    Object,
    Array,
}

/// One field: the key as it stands, and where its value is. A text's place is inside the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field<'t> {
    pub(crate) key: &'t str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: ValueKind,
}

/// Calls `visit` for each field of the object that `text[at..]` starts with. Returns the place
/// after the object; `None` if it is no well-formed object.
pub(crate) fn fields<'t>(
    text: &'t str,
    at: usize,
    visit: &mut dyn FnMut(Field<'t>),
) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = skip_blanks(bytes, at);
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    at = skip_blanks(bytes, at + 1);
    if bytes.get(at) == Some(&b'}') {
        return Some(at + 1);
    }
    loop {
        if bytes.get(at) != Some(&b'"') {
            return None;
        }
        let key_end = text_end(bytes, at + 1)?;
        let key = &text[at + 1..key_end];
        at = skip_blanks(bytes, key_end + 1);
        if bytes.get(at) != Some(&b':') {
            return None;
        }
        at = skip_blanks(bytes, at + 1);
        let (start, end, kind, next) = value(bytes, at)?;
        visit(Field { key, start, end, kind });
        at = skip_blanks(bytes, next);
        match bytes.get(at)? {
            b',' => at = skip_blanks(bytes, at + 1),
            b'}' => return Some(at + 1),
            _ => return None,
        }
    }
}

/// Is the whole text one JSON object?
pub(crate) fn is_object(text: &str) -> bool {
    fields(text, 0, &mut |_| {}).is_some_and(|end| skip_blanks(text.as_bytes(), end) == text.len())
}

fn value(bytes: &[u8], at: usize) -> Option<(usize, usize, ValueKind, usize)> {
    match bytes.get(at)? {
        b'"' => {
            let end = text_end(bytes, at + 1)?;
            Some((at + 1, end, ValueKind::Text, end + 1))
        }
        b'{' => {
            let end = nested_end(bytes, at)?;
            Some((at, end, ValueKind::Object, end))
        }
        b'[' => {
            let end = nested_end(bytes, at)?;
            Some((at, end, ValueKind::Array, end))
        }
        byte => {
            let kind = match byte {
                b'-' | b'0'..=b'9' => ValueKind::Number,
                b't' | b'f' | b'n' | b'N' | b'I' => ValueKind::Word,
                _ => return None,
            };
            let length = bytes[at..]
                .iter()
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
                })
                .count();
            Some((at, at + length, kind, at + length))
        }
    }
}

/// The place of the quote that ends a text that begins at `at`.
pub(crate) fn text_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

/// The place after a nested object or array; a loop, so that depth costs no stack.
fn nested_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match bytes.get(at)? {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'"' => at = text_end(bytes, at + 1)?,
            _ => {}
        }
        at += 1;
    }
}

fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// A JSON text without its escapes, with the place in `raw` of each byte of the result and one
/// place more for its end.
pub(crate) fn unescape(raw: &str) -> (String, Vec<u32>) {
    let mut text = String::with_capacity(raw.len());
    let mut places: Vec<u32> = Vec::with_capacity(raw.len() + 1);
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        let (character, length) = match rest.as_bytes() {
            [b'\\', ..] => escape(rest),
            _ => rest.chars().next().map_or(('\0', 1), |first| (first, first.len_utf8())),
        };
        text.push(character);
        places.resize(text.len(), u32::try_from(at).unwrap_or(u32::MAX));
        at += length;
    }
    places.push(u32::try_from(raw.len()).unwrap_or(u32::MAX));
    (text, places)
}

fn escape(rest: &str) -> (char, usize) {
    let simple = match rest.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return unicode_escape(rest),
        Some(other) if other.is_ascii() => char::from(*other),
        _ => return ('\\', 1),
    };
    (simple, 2)
}

fn unicode_escape(rest: &str) -> (char, usize) {
    let unit = |at: usize| u16::from_str_radix(rest.get(at..at + 4)?, 16).ok();
    let Some(first) = unit(2) else { return ('\\', 1) };
    let second = if rest.get(6..8) == Some("\\u") { unit(8) } else { None };
    let pair = second.and_then(|second| {
        char::decode_utf16([first, second])
            .next()
            .and_then(Result::ok)
            .filter(|character| character.len_utf16() == 2)
    });
    match pair {
        Some(character) => (character, 12),
        None => (char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
    }
}
