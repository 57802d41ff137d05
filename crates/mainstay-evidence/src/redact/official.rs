//! Numbers that a state or a bank gave to a person: tax, passport, insurance, licence. Their
//! shapes are those of any id, so a word for them must stand right before.

use std::ops::Range;

use super::text::{is_word, run_end};

/// Words for such a number; the prefilter looks for them. `_`, `-` and a blank are the same. The
/// flag: a word of other meanings too, so it must be the name of a field.
pub(super) const WORDS: [(&str, bool); 66] = [
    ("passport", false),
    ("passeport", false),
    ("pasaporte", false),
    ("reisepass", false),
    ("national_id", false),
    ("national id", false),
    ("national-id", false),
    ("identity_card", false),
    ("identity card", false),
    ("id_card", false),
    ("id card", false),
    ("personalausweis", false),
    ("identity number", false),
    ("identity_number", false),
    ("driver_license", false),
    ("driver license", false),
    ("driver's license", false),
    ("driving_licence", false),
    ("driving licence", false),
    ("drivers license", false),
    ("license_plate", false),
    ("license plate", false),
    ("licence plate", false),
    ("vehicle_registration", false),
    ("vehicle registration", false),
    ("kennzeichen", false),
    ("plaka", false),
    ("tax_id", false),
    ("tax id", false),
    ("tax-id", false),
    ("taxpayer", false),
    ("steuer-id", false),
    ("steuernummer", false),
    ("steuerid", false),
    ("fiscal_code", false),
    ("codice fiscale", false),
    ("health_insurance", false),
    ("health insurance", false),
    ("insurance number", false),
    ("egk-nummer", false),
    ("krankenversicherten", false),
    ("nhs", false),
    ("nino", false),
    ("national insurance", false),
    ("pesel", false),
    ("tckn", false),
    ("kimlik", false),
    ("nric", false),
    ("aadhaar", false),
    ("cpf", true),
    ("bsn", true),
    ("nif", true),
    ("nie", true),
    ("tfn", true),
    ("abn", true),
    ("tin", true),
    ("frn", true),
    ("brn", true),
    ("routing_number", false),
    ("routing number", false),
    ("bank_number", false),
    ("bank account", false),
    ("account_number", false),
    ("medical_record", false),
    ("mrn", true),
    ("dni", true),
];
/// How far behind its word a number may stand.
const REACH: usize = 48;
const DIGITS_MIN: usize = 4;
const LETTERS: std::ops::RangeInclusive<usize> = 6..=22;

/// The number that belongs to the word at `hit`.
pub(super) fn number_after(
    line: &str,
    hit: Range<usize>,
    is_field_only: bool,
) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let starts_word = hit.start == 0 || !bytes[hit.start - 1].is_ascii_alphanumeric();
    let ends_word = bytes.get(hit.end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    if !starts_word || (is_field_only && !(ends_word && is_field(&bytes[hit.end..]))) {
        return None;
    }
    let mut end = (hit.end + REACH).min(line.len());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let mut at = hit.end;
    while at < end {
        let byte = bytes[at];
        let is_next_field = bytes[at..].starts_with(b"\",") || bytes[at..].starts_with(b"\\\",");
        let is_far = at > hit.end + 8;
        if is_next_field || (is_far && matches!(byte, b'{' | b'}' | b'<' | b'=' | b';')) {
            return None;
        }
        if byte.is_ascii_alphanumeric() && !is_word(bytes[at - 1]) {
            let stop = candidate_end(bytes, at);
            if is_number(&line[at..stop]) {
                return Some(at..stop);
            }
            at = run_end(bytes, at, REACH, |byte| byte.is_ascii_alphanumeric());
            continue;
        }
        at += 1;
    }
    None
}

/// `=`, `":"`, `: `: the word is the name of a field.
fn is_field(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let quotes = rest.iter().take_while(|byte| matches!(byte, b'"' | b'\\' | b'\'')).count();
    matches!(rest[quotes..].trim_ascii_start().first(), Some(b'=' | b':'))
}

/// Groups of letters and digits; every group but the first has a digit or only capitals.
fn candidate_end(bytes: &[u8], start: usize) -> usize {
    let group = |at: usize| run_end(bytes, at, 24, |byte| byte.is_ascii_alphanumeric());
    let has_digit = |text: &[u8]| text.iter().any(u8::is_ascii_digit);
    let mut end = group(start);
    if !has_digit(&bytes[start..end]) && !(bytes[start..end].iter().all(u8::is_ascii_uppercase)) {
        return end;
    }
    while matches!(bytes.get(end), Some(b' ' | b'-' | b'.' | b'/')) {
        let next = group(end + 1);
        let text = &bytes[end + 1..next];
        let is_suffix = text.len() <= 3 && text.iter().all(u8::is_ascii_uppercase);
        if text.is_empty() || next - start > *LETTERS.end() || !(has_digit(text) || is_suffix) {
            break;
        }
        end = next;
    }
    end
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_date = {
        let groups: Vec<usize> = text.split(['-', '.', '/']).map(str::len).collect();
        matches!(groups.as_slice(), [4, 2, 2] | [2, 2, 4])
    };
    LETTERS.contains(&text.len()) && digits >= DIGITS_MIN && !is_date
}
