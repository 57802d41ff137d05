//! Base64 of a document that holds something to hide: `eyJwYXNzd29yZCI6…`. The whole of it goes,
//! because a part of base64 cannot be replaced.

use std::ops::Range;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::text::{run_end, run_start};

/// How base64 of `{"`, `[{`, `{` and a new line, and `{` and a blank begins.
pub(super) const HEADS: [&str; 5] = ["eyJ", "W3si", "ewog", "ewoJ", "eyAi"];
/// A shorter one holds no name and no value.
const BYTES_MIN: usize = 24;
/// Of a longer one only so much is looked at.
const BYTES_MAX: usize = 64 << 10;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// The place and the text of a document in base64 that begins at the hit. A JSON web token has parts
/// with dots between them and a rule of its own.
pub(super) fn document_at(line: &str, hit: Range<usize>) -> Option<(Range<usize>, String)> {
    let bytes = line.as_bytes();
    let belongs =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    let starts_here = run_start(bytes, hit.start, 1, belongs) == hit.start;
    let is_head = HEADS.iter().any(|head| bytes[hit.clone()] == *head.as_bytes());
    if !starts_here || !is_head || (hit.start > 0 && bytes[hit.start - 1] == b'.') {
        return None;
    }
    let letters_end = run_end(bytes, hit.start, usize::MAX, belongs);
    if letters_end - hit.start < BYTES_MIN || bytes.get(letters_end) == Some(&b'.') {
        return None;
    }
    let end = run_end(bytes, letters_end, 2, |byte| byte == b'=');
    let head = &bytes[hit.start..letters_end.min(hit.start + BYTES_MAX)];
    // a cut in the middle of four letters is none of the text's
    let head = if letters_end - hit.start > BYTES_MAX { &head[..head.len() / 4 * 4] } else { head };
    let is_url_safe = head.iter().any(|byte| matches!(byte, b'-' | b'_'));
    let decoded = if is_url_safe { URL_SAFE.decode(head) } else { STANDARD.decode(head) };
    let text = String::from_utf8_lossy(&decoded.ok()?).into_owned();
    Some((hit.start..end, text))
}
