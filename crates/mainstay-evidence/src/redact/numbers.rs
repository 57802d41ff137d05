//! Payment cards, IBAN, social security and phone numbers: checked by checksum, shape and context.

use super::identity::Asked;
use super::kind::Kind;
use super::pseudonym::placeholders;
use super::resolve::Candidate;
use super::text::{is_word, run_end, run_start};

/// Digits in groups, as people write long numbers: the digits and the end.
fn grouped(bytes: &[u8], start: usize, separators: &[u8]) -> (String, usize) {
    let mut digits = String::new();
    let (mut at, mut end) = (start, start);
    while digits.len() < 24 && at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            digits.push(char::from(bytes[at]));
            at += 1;
            end = at;
        } else if at == end && separators.contains(&bytes[at]) {
            at += 1;
        } else {
            break;
        }
    }
    (digits, end)
}

fn ends_cleanly(bytes: &[u8], end: usize) -> bool {
    let next = bytes.get(end).copied();
    let fraction = next == Some(b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    !next.is_some_and(|byte| is_word(byte) || byte == b'-') && !fraction
}

pub(super) fn card<'l>(
    line: &'l str,
    start: usize,
    found: &mut Vec<Candidate<'l>>,
) -> Option<usize> {
    let bytes = line.as_bytes();
    let length = run_end(bytes, start, 13, |byte| byte.is_ascii_digit() || b" -".contains(&byte));
    if length - start < 13 {
        return None;
    }
    let (digits, end) = grouped(bytes, start, b" -");
    let plain = end - start == digits.len();
    let groups_fit = plain || has_card_groups(&line[start..end]);
    let fits = groups_fit && is_card(&digits) && ends_cleanly(bytes, end);
    if !fits || is_named_id(line, start) {
        return None;
    }
    found.push(Candidate::shape(start..end, Kind::Card, digits));
    Some(end)
}

/// Digits of a card, with its checksum.
pub(super) fn is_card(digits: &str) -> bool {
    is_card_number(digits) && luhn(digits)
}

fn has_card_groups(text: &str) -> bool {
    let separator = if text.contains('-') { '-' } else { ' ' };
    let lengths: Vec<usize> = text.split(separator).map(str::len).collect();
    matches!(
        lengths.as_slice(),
        [4, 4, 4, 4] | [4, 6, 5] | [4, 6, 4] | [4, 4, 4, 4, 3] | [4, 4, 4, 1]
    )
}

fn is_card_number(digits: &str) -> bool {
    let head =
        |length: usize| digits.get(..length).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    match digits.len() {
        13 => head(1) == 4,
        14 => (300..=305).contains(&head(3)) || matches!(head(2), 36 | 38 | 39),
        15 => matches!(head(2), 34 | 37) || matches!(head(4), 2131 | 1800),
        16 => {
            head(1) == 4
                || (51..=55).contains(&head(2))
                || (2221..=2720).contains(&head(4))
                || matches!(head(2), 35 | 50 | 56..=58 | 60 | 62 | 64 | 65 | 67)
        }
        17..=19 => matches!(head(2), 60 | 62 | 63 | 67) || (head(1) == 4 && digits.len() == 19),
        _ => false,
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let value = u32::from(digit - b'0') << (index % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// `order=…`, `"txnId":…`: one number in ten fits the checksum of a card by chance.
pub(super) fn is_named_id(line: &str, start: usize) -> bool {
    let head = line[..start].trim_end_matches(['"', '\'', '\\', ' ']);
    let Some(name) = head.strip_suffix(['=', ':', '#']) else { return false };
    let name = name.trim_end_matches(['"', '\'', '\\', ' ']);
    let name_start =
        run_start(name.as_bytes(), name.len(), 32, |byte| is_word(byte) || byte == b'-');
    let name = name.get(name_start..).unwrap_or_default().to_ascii_lowercase();
    [
        "id", "order", "ref", "seq", "offset", "txn", "trace", "span", "time", "ts", "number",
        "count", "size", "bytes",
    ]
    .iter()
    .any(|ending| name.ends_with(ending))
        && !name.contains("card")
}

pub(super) fn ssn<'l>(
    line: &'l str,
    start: usize,
    found: &mut Vec<Candidate<'l>>,
) -> Option<usize> {
    let bytes = line.as_bytes();
    // the cheap question first: most numbers of a log are short
    let length = run_end(bytes, start, 12, |byte| byte.is_ascii_digit() || b"- .".contains(&byte));
    if length - start < 9 {
        return None;
    }
    let (digits, end) = grouped(bytes, start, b"- .");
    if digits.len() != 9 || !ends_cleanly(bytes, end) {
        return None;
    }
    let head = head(line, start);
    if !SSN_WORDS.iter().any(|word| head.contains(word)) {
        return None;
    }
    let (area, group, serial) = (&digits[..3], &digits[3..5], &digits[5..]);
    let is_given = !matches!(area, "000" | "666")
        && !area.starts_with('9')
        && group != "00"
        && serial != "0000";
    if !is_given {
        return None;
    }
    found.push(Candidate::shape(start..end, Kind::Ssn, digits));
    Some(end)
}

/// The forty bytes before `start`, in lower case. The letters of a pseudonym are no words.
fn head(line: &str, start: usize) -> String {
    let mut from = start.saturating_sub(2 * HEAD_BYTES);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let window = &line[from..start];
    let told = placeholders(window).last().map_or(0, |last| last.end);
    let mut head_start = told.max(window.len().saturating_sub(HEAD_BYTES));
    while !window.is_char_boundary(head_start) {
        head_start += 1;
    }
    window[head_start..].to_ascii_lowercase()
}

/// How far before a number its word stands.
const HEAD_BYTES: usize = 40;
/// What the prefilter looks for: without one of these no number is a social security number.
pub(super) const SSN_WORDS: [&str; 4] = ["ssn", "social sec", "social_sec", "socialsec"];
/// Words for a telephone, for the prefilter too.
pub(super) const PHONE_WORDS: [&str; 10] =
    ["phone", "telephone", "tel", "mobile", "fax", "cell", "handy", "telefon", "msisdn", "call"];

/// Seven digits.
const PHONE_BYTES_MIN: usize = 7;

pub(super) fn phone<'l>(
    line: &'l str,
    start: usize,
    asked: Asked,
    found: &mut Vec<Candidate<'l>>,
) -> Option<usize> {
    let bytes = line.as_bytes();
    let is_international = bytes[start] == b'+';
    // without a word for it in the line only two shapes are one
    if !asked.phone && !is_international && !is_north_american(&bytes[start..]) {
        return None;
    }
    if is_international && !matches!(bytes.get(start + 1), Some(b'1'..=b'9')) {
        return None;
    }
    let mut end = run_end(bytes, start + 1, 24, |byte| {
        byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'(' | b')' | b'.' | b'/')
    });
    while end > start && !bytes[end - 1].is_ascii_digit() {
        end -= 1;
    }
    if end - start < PHONE_BYTES_MIN {
        return None;
    }
    let is_shaped = is_international || is_north_american(&bytes[start..]);
    if !is_shaped && !is_called_phone(&head(line, start)) {
        return None;
    }
    let text = &line[start..end];
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let lengths = if is_international { 9..=15 } else { 7..=15 };
    if !lengths.contains(&digits.len()) || !ends_cleanly(bytes, end) || has_fraction(text) {
        return None;
    }
    found.push(Candidate::shape(start..end, Kind::Phone, digits));
    Some(end)
}

/// The name of the value is a word for a phone: `phone: `, `"tel":"`, `my mobile number is `. A
/// word further away says nothing: every browser on a telephone calls itself `Mobile`.
fn is_called_phone(head: &str) -> bool {
    const FILLERS: [&str; 14] = [
        "number", "no", "nr", "num", "is", "at", "me", "on", "my", "the", "us", "under", "value",
        "first",
    ];
    let is_closed_string = head.trim_end().ends_with(['"', '\'']) && {
        let before = head.trim_end().trim_end_matches(['"', '\'', '\\']).trim_end();
        !before.ends_with([':', '=', ',', '(']) || head.ends_with(' ')
    };
    if is_closed_string {
        return false;
    }
    head.rsplit(|letter: char| !letter.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .find(|word| !FILLERS.contains(word))
        .is_some_and(|word| {
            PHONE_WORDS.contains(&word) || ["phone", "mobile"].iter().any(|end| word.ends_with(end))
        })
}

/// `608 0.305` are a size and a time: in a phone number the dot stands between all groups.
fn has_fraction(text: &str) -> bool {
    text.contains('.') && (text.contains(' ') || text.split('.').count() < 3)
}

/// `(212) 555-0123`: nothing else is written like this.
fn is_north_american(bytes: &[u8]) -> bool {
    let shape = b"(ddd) ddd-dddd";
    bytes.len() >= shape.len()
        && shape.iter().zip(bytes).all(|(expect, byte)| match expect {
            b'd' => byte.is_ascii_digit(),
            _ => byte == expect,
        })
}

pub(super) fn iban<'l>(
    line: &'l str,
    start: usize,
    found: &mut Vec<Candidate<'l>>,
) -> Option<usize> {
    let bytes = line.as_bytes();
    let head = bytes.get(start..start + 4)?;
    if !head[1].is_ascii_uppercase() || !head[2].is_ascii_digit() || !head[3].is_ascii_digit() {
        return None;
    }
    let length = iban_length(&line[start..start + 2])?;
    let mut normal = String::with_capacity(length);
    let mut at = start;
    while normal.len() < length {
        let byte = *bytes.get(at)?;
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' => normal.push(char::from(byte)),
            b' ' | b'-' if at > start + 3 && bytes[at - 1].is_ascii_alphanumeric() => {}
            _ => return None,
        }
        at += 1;
    }
    let cut_word = bytes.get(at).copied().is_some_and(is_word);
    if cut_word || !mod97(&normal) {
        return None;
    }
    found.push(Candidate::shape(start..at, Kind::Iban, normal));
    Some(at)
}

fn mod97(iban: &str) -> bool {
    let (head, body) = iban.split_at(4);
    let rest = body.chars().chain(head.chars()).filter_map(|letter| letter.to_digit(36)).fold(
        0_u32,
        |rest, value| {
            if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 }
        },
    );
    rest == 1
}

/// The length of an IBAN of a country, from the register of SWIFT.
fn iban_length(country: &str) -> Option<usize> {
    Some(match country {
        "NO" => 15,
        "BE" => 16,
        "DK" | "FI" | "FK" | "FO" | "GL" | "NL" | "SD" => 18,
        "MK" | "SI" => 19,
        "AT" | "BA" | "EE" | "KZ" | "LT" | "LU" | "MN" | "XK" => 20,
        "CH" | "HR" | "LI" | "LV" => 21,
        "BG" | "BH" | "CR" | "DE" | "GB" | "GE" | "IE" | "ME" | "RS" | "VA" => 22,
        "AE" | "GI" | "IL" | "IQ" | "OM" | "SO" | "TL" => 23,
        "AD" | "CZ" | "ES" | "MD" | "PK" | "RO" | "SA" | "SE" | "SK" | "TN" | "VG" => 24,
        "LY" | "PT" | "ST" => 25,
        "IS" | "TR" => 26,
        "BI" | "DJ" | "FR" | "GR" | "IT" | "MC" | "MR" | "SM" => 27,
        "AL" | "AZ" | "BY" | "CY" | "DO" | "GT" | "HN" | "HU" | "LB" | "NI" | "PL" | "SV" => 28,
        "BR" | "EG" | "PS" | "QA" | "UA" => 29,
        "JO" | "KW" | "MU" | "YE" => 30,
        "MT" | "SC" => 31,
        "LC" => 32,
        "RU" => 33,
        _ => return None,
    })
}
