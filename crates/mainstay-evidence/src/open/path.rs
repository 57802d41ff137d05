//! Names from an archive made harmless: relative, '/' between parts, every odd sign visible.
//!
//! What is *not* here: redaction. A name may still hold a host or a person.

/// A name as it is shown and stored, and what was wrong with the one in the archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SafePath {
    pub(super) text: String,
    pub(super) unsafe_because: Option<&'static str>,
    pub(super) cut: bool,
}

/// Makes `raw` safe; `bytes_max` bounds the result.
pub(super) fn safe(raw: &[u8], bytes_max: usize) -> SafePath {
    let mut unsafe_because = None;
    // a hostile name can be as long as the archive: look at no more than could be kept
    let looked_at = &raw[..raw.len().min(bytes_max.saturating_mul(2))];
    let shown = visible(looked_at, &mut unsafe_because);
    let mut parts: Vec<&str> = Vec::new();
    if shown.starts_with('/') {
        unsafe_because = Some("an absolute path");
    }
    for (index, part) in shown.split('/').enumerate() {
        match part {
            "" | "." => {}
            ".." => unsafe_because = Some("a path that leaves its folder"),
            _ if index == 0 && is_drive(part) => {
                unsafe_because = Some("a path with a drive letter");
                let rest = part[2..].trim_matches([':', '.']);
                parts.extend(Some(rest).filter(|rest| !rest.is_empty()));
            }
            _ => parts.push(part),
        }
    }
    let mut text = parts.join("/");
    if text.is_empty() {
        text.push_str("unnamed");
    }
    let cut = raw.len() > bytes_max || text.len() > bytes_max;
    if cut {
        // the hash keeps two long names apart
        let mark = format!("…{}", &blake3::hash(raw).to_hex()[..12]);
        let mut end = bytes_max.saturating_sub(mark.len()).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push_str(&mark);
    }
    SafePath { text, unsafe_because, cut }
}

fn is_drive(part: &str) -> bool {
    let bytes = part.as_bytes();
    bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':'
}

/// Control, direction and zero-width characters become their escapes, backslashes become '/'.
fn visible(raw: &[u8], unsafe_because: &mut Option<&'static str>) -> String {
    let mut shown = String::with_capacity(raw.len());
    for piece in raw.utf8_chunks() {
        for letter in piece.valid().chars() {
            if letter == '\\' {
                *unsafe_because = Some("a backslash in the path");
                shown.push('/');
            } else if is_invisible(letter) {
                *unsafe_because = Some("an invisible character in the path");
                shown.extend(letter.escape_unicode());
            } else {
                shown.push(letter);
            }
        }
        for byte in piece.invalid() {
            *unsafe_because = Some("a path that is not UTF-8");
            shown.push_str(&format!("%{byte:02X}"));
        }
    }
    shown
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Removes what a terminal or a page would obey from the name of an input.
pub(super) fn safe_name(raw: &str) -> String {
    let name = raw.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or("input");
    safe(name.as_bytes(), 255).text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(raw: &[u8], text: &str, unsafe_because: Option<&str>) {
        let path = safe(raw, 4_096);
        assert_eq!((path.text.as_str(), path.unsafe_because), (text, unsafe_because));
    }

    #[test]
    fn names_are_made_harmless_and_stay_readable() {
        check(b"./logs/a.log", "logs/a.log", None);
        check("logs/grün.log".as_bytes(), "logs/grün.log", None);
        check(b"../../etc/passwd", "etc/passwd", Some("a path that leaves its folder"));
        check(b"/etc/passwd", "etc/passwd", Some("an absolute path"));
        check(b"C:/Windows/a.ini", "Windows/a.ini", Some("a path with a drive letter"));
        check(b"a\\..\\b.log", "a/b.log", Some("a path that leaves its folder"));
        check(b"a\\b.log", "a/b.log", Some("a backslash in the path"));
        check(b"a\0.log", "a\\u{0}.log", Some("an invisible character in the path"));
        check(
            "a\u{202e}gol.exe".as_bytes(),
            "a\\u{202e}gol.exe",
            Some("an invisible character in the path"),
        );
        check(b"a\xff.log", "a%FF.log", Some("a path that is not UTF-8"));
        check(b"..", "unnamed", Some("a path that leaves its folder"));
    }

    #[test]
    fn a_long_name_is_cut_and_stays_apart_from_its_neighbour() {
        let first = safe(format!("{}1", "a".repeat(9_000)).as_bytes(), 4_096);
        let second = safe(format!("{}2", "a".repeat(9_000)).as_bytes(), 4_096);
        assert!(first.cut && first.text.len() <= 4_096);
        assert_ne!(first.text, second.text);
    }

    proptest! {
        #[test]
        fn no_name_leaves_the_bundle(raw in proptest::collection::vec(
            prop_oneof![Just(b'.'), Just(b'/'), Just(b'\\'), Just(b':'), Just(b'C'), any::<u8>()], 0..40)) {
            let path = safe(&raw, 64);
            prop_assert!(!path.text.is_empty() && path.text.len() <= 64);
            prop_assert!(path.text.split('/').all(|part| !part.is_empty() && part != ".." && part != "."));
            prop_assert!(!path.text.chars().any(is_invisible));
        }
    }
}
