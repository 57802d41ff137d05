//! Small questions about bytes that several detectors ask.

/// Part of a word: a value that continues is not the value that was looked for.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The byte before `at`, unless it is the letter of an escape such as the `n` of `\n` in JSON.
pub(super) fn before(bytes: &[u8], at: usize) -> Option<u8> {
    let byte = *bytes.get(at.checked_sub(1)?)?;
    let escaped =
        at >= 2 && bytes[at - 2] == b'\\' && matches!(byte, b'n' | b't' | b'r' | b'b' | b'f');
    (!escaped).then_some(byte)
}

/// Where a run that ends at `end` begins, going back at most `most` bytes while `belongs`.
pub(super) fn run_start(
    bytes: &[u8],
    end: usize,
    most: usize,
    belongs: impl Fn(u8) -> bool,
) -> usize {
    let mut start = end;
    while start > 0 && end - start < most && belongs(bytes[start - 1]) {
        start -= 1;
    }
    // the letter of an escape belongs to the backslash
    if start < end && start > 0 && bytes[start - 1] == b'\\' && !escaped_backslash(bytes, start - 1)
    {
        start += 1;
    }
    start
}

/// Is the backslash at `at` itself escaped?
fn escaped_backslash(bytes: &[u8], at: usize) -> bool {
    let run = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
    run % 2 == 1
}

/// Where a run that starts at `start` ends, at most `most` bytes on.
pub(super) fn run_end(
    bytes: &[u8],
    start: usize,
    most: usize,
    belongs: impl Fn(u8) -> bool,
) -> usize {
    let rest = &bytes[start..bytes.len().min(start.saturating_add(most))];
    start + rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len())
}

/// Does it look drawn at random rather than written by a person?
pub(super) fn looks_random(value: &str) -> bool {
    if value.len() < 8 || !value.is_ascii() {
        return false;
    }
    let bytes = value.as_bytes();
    let has = |test: fn(&u8) -> bool| bytes.iter().any(test);
    let (lower, upper, digit) =
        (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase), has(u8::is_ascii_digit));
    let changes = bytes
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
        .count();
    (digit && lower && upper)
        || (digit && (lower || upper) && (changes >= 4 || has_long_run(bytes)))
        || (lower && upper && bytes.len() >= 20)
}

/// Letters of one case that nobody can say: `xjoksfzpkkqsvcyqvmjg`.
pub(super) fn is_unpronounceable(value: &str) -> bool {
    let bytes = value.as_bytes();
    let vowels = bytes.iter().filter(|byte| b"aeiouyAEIOUY".contains(byte)).count();
    bytes.len() >= 16
        && bytes.iter().all(u8::is_ascii_alphabetic)
        && (vowels * 4 < bytes.len() || bytes.len() >= 24)
}

/// The first part between separators is such a run.
pub(super) fn starts_with_long_run(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    has_long_run(&bytes[..end])
}

/// Sixteen letters and digits on end, both among them: names have separators.
fn has_long_run(bytes: &[u8]) -> bool {
    bytes.split(|byte| !byte.is_ascii_alphanumeric()).any(|run| {
        run.len() >= 16
            && run.iter().any(u8::is_ascii_digit)
            && run.iter().any(u8::is_ascii_alphabetic)
    })
}

/// Eight, four, four, four and twelve hexadecimal digits: an id, whatever stands beside it.
pub(super) fn is_uuid(value: &str) -> bool {
    let lengths: Vec<usize> = value.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12]
        && value.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
