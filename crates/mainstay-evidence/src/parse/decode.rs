//! From the bytes of one physical line to its text: decoded, without line end, NULs and ANSI
//! sequences. What a line needs is in its own bytes, so any thread may do it.

use std::borrow::Cow;

use super::framing;
use crate::recognise::{Charset, Encoding, Framing};

const ESCAPE: u8 = 0x1b;

/// What was wrong with the bytes of some lines, with the line and the offset of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flaws {
    pub(super) nul_bytes: u64,
    pub(super) invalid_sequences: u64,
    pub(super) first_nul: Option<(u64, u64)>,
    pub(super) first_invalid: Option<(u64, u64)>,
}

impl Flaws {
    /// Adds those of later lines.
    pub(crate) fn merge(&mut self, later: &Self) {
        self.nul_bytes += later.nul_bytes;
        self.invalid_sequences += later.invalid_sequences;
        self.first_nul = self.first_nul.or(later.first_nul);
        self.first_invalid = self.first_invalid.or(later.first_invalid);
    }
}

/// The text of a line whose number and offset are `place`.
pub(super) fn decode<'r>(
    raw: &'r [u8],
    encoding: Encoding,
    place: (u64, u64),
    flaws: &mut Flaws,
) -> Cow<'r, str> {
    let mut invalid = 0;
    let text = match encoding.charset {
        Charset::Utf16Le | Charset::Utf16Be => {
            Cow::Owned(units_to_text(raw, encoding.charset == Charset::Utf16Be, &mut invalid))
        }
        Charset::Latin1 => latin1_to_text(raw),
        Charset::Utf8 => utf8_to_text(raw, &mut invalid),
    };
    if invalid > 0 {
        flaws.invalid_sequences += invalid;
        flaws.first_invalid.get_or_insert(place);
    }
    let text = bare(text, encoding.framing, place.1 == 0);
    if memchr::memchr2(0, ESCAPE, text.as_bytes()).is_none() {
        return text;
    }
    let nul_bytes = memchr::memchr_iter(0, text.as_bytes()).count() as u64;
    if nul_bytes > 0 {
        flaws.nul_bytes += nul_bytes;
        flaws.first_nul.get_or_insert(place);
    }
    Cow::Owned(without_controls(&text))
}

/// Without its end, and without the byte order mark of the first line.
fn bare(text: Cow<'_, str>, framing: Framing, first: bool) -> Cow<'_, str> {
    let span = |text: &str| -> (usize, usize) {
        let start = if first && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let rest = &text[start..];
        let rest = rest.strip_suffix('\n').unwrap_or(rest);
        let rest = rest.strip_suffix('\r').unwrap_or(rest);
        (start, start + rest.len())
    };
    if framing != Framing::Lines {
        let text = if first { text.strip_prefix('\u{feff}').unwrap_or(&text) } else { &text };
        return Cow::Owned(framing::unframed(framing, text));
    }
    match text {
        Cow::Borrowed(text) => {
            let (start, end) = span(text);
            Cow::Borrowed(&text[start..end])
        }
        Cow::Owned(mut text) => {
            let (start, end) = span(&text);
            text.truncate(end);
            text.drain(..start);
            Cow::Owned(text)
        }
    }
}

/// Invalid sequences become U+FFFD; a character that the limit cut in two is dropped.
fn utf8_to_text<'r>(raw: &'r [u8], invalid: &mut u64) -> Cow<'r, str> {
    let error = match std::str::from_utf8(raw) {
        Ok(text) => return Cow::Borrowed(text),
        Err(error) => error,
    };
    if error.error_len().is_none() && !raw.ends_with(b"\n") {
        let valid = &raw[..error.valid_up_to()];
        *invalid += 1;
        return String::from_utf8_lossy(valid);
    }
    let mut text = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            *invalid += 1;
        }
    }
    Cow::Owned(text)
}

fn units_to_text(raw: &[u8], big_endian: bool, invalid: &mut u64) -> String {
    let units = raw.chunks(2).map(|pair| match (pair, big_endian) {
        ([first, second], true) => u16::from_be_bytes([*first, *second]),
        ([first, second], false) => u16::from_le_bytes([*first, *second]),
        // half a unit at the end of a cut file
        _ => 0xFFFD,
    });
    char::decode_utf16(units)
        .map(|decoded| {
            decoded.unwrap_or_else(|_| {
                *invalid += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect()
}

/// Latin-1, with Windows-1252's characters where Latin-1 has only controls.
fn latin1_to_text(raw: &[u8]) -> Cow<'_, str> {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match std::str::from_utf8(raw) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => Cow::Owned(
            raw.iter()
                .map(|byte| match byte {
                    0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
                    other => char::from(*other),
                })
                .collect(),
        ),
    }
}

/// The text without NULs and without ANSI sequences (`ESC [ … letter`, `ESC ] … BEL`, `ESC x`).
fn without_controls(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\0', '\u{1b}']) {
        clean.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        rest = if rest.as_bytes()[at] == 0 { after } else { after_escape(after) };
    }
    clean.push_str(rest);
    clean
}

fn after_escape(text: &str) -> &str {
    let body = text.get(1..).unwrap_or("");
    match text.bytes().next() {
        Some(b'[') => {
            let end = body.find(|character: char| ('\u{40}'..='\u{7e}').contains(&character));
            end.map_or("", |end| &body[end + 1..])
        }
        Some(b']') => {
            let end = body.find(['\u{7}', '\u{1b}']);
            end.map_or("", |end| body[end + 1..].strip_prefix('\\').unwrap_or(&body[end + 1..]))
        }
        Some(byte) if byte.is_ascii() => body,
        _ => text,
    }
}
