//! Severity words, letters and numbers of the formats' own scales.

use mainstay_core::Level;

/// Words that mean a level wherever a header may hold one.
const WORDS: [(&str, Level); 35] = [
    ("trace", Level::Trace),
    ("trc", Level::Trace),
    ("finest", Level::Trace),
    ("finer", Level::Trace),
    ("fine", Level::Debug),
    ("verbose", Level::Debug),
    ("debug", Level::Debug),
    ("debug1", Level::Debug),
    ("debug2", Level::Debug),
    ("dbg", Level::Debug),
    ("info", Level::Info),
    ("inf", Level::Info),
    ("information", Level::Info),
    ("informational", Level::Info),
    ("notice", Level::Notice),
    ("warn", Level::Warn),
    ("wrn", Level::Warn),
    ("warning", Level::Warn),
    ("error", Level::Error),
    ("err", Level::Error),
    ("eror", Level::Error),
    ("severe", Level::Error),
    ("critical", Level::Error),
    ("crit", Level::Error),
    ("alert", Level::Error),
    ("fatal", Level::Fatal),
    ("ftl", Level::Fatal),
    ("emerg", Level::Fatal),
    ("emergency", Level::Fatal),
    ("panic", Level::Fatal),
    ("dpanic", Level::Fatal),
    ("vrb", Level::Debug),
    ("fail", Level::Error),
    ("trce", Level::Trace),
    ("dbug", Level::Debug),
];

/// Words that are levels in some products and ordinary words elsewhere.
const PRODUCT_WORDS: [(&str, Level); 21] = [
    ("log", Level::Info),
    ("note", Level::Info),
    ("status", Level::Info),
    ("system", Level::Info),
    ("config", Level::Debug),
    ("debug3", Level::Debug),
    ("debug4", Level::Debug),
    ("debug5", Level::Debug),
    ("audit", Level::Notice),
    ("notset", Level::Trace),
    // Erlang's reports
    ("crash", Level::Error),
    ("supervisor", Level::Error),
    ("progress", Level::Info),
    ("failure", Level::Error),
    ("deprecated", Level::Warn),
    ("fault", Level::Error),
    ("normal", Level::Info),
    // cut to four letters
    ("debu", Level::Debug),
    ("erro", Level::Error),
    ("fata", Level::Fatal),
    ("pani", Level::Fatal),
];

const WORD_LENGTH_MAX: usize = 13;

/// The level a whole word names.
#[must_use]
pub(crate) fn from_word(word: &str) -> Option<Level> {
    in_table(&WORDS, word.as_bytes())
}

/// The same, with the words that only some products use.
#[must_use]
pub(crate) fn from_product_word(word: &str) -> Option<Level> {
    from_word(word).or_else(|| in_table(&PRODUCT_WORDS, word.as_bytes()))
}

fn in_table(table: &[(&str, Level)], word: &[u8]) -> Option<Level> {
    table
        .iter()
        .find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(word))
        .map(|(_, level)| *level)
}

/// Reads a level word at the start of `text`; returns it and its length.
#[must_use]
pub(crate) fn scan(text: &[u8]) -> Option<(Level, usize)> {
    scan_with(text, from_word)
}

/// Reads a level word of a product at the start of `text`.
#[must_use]
pub(crate) fn scan_product(text: &[u8]) -> Option<(Level, usize)> {
    scan_with(text, from_product_word)
}

/// PostgreSQL's words that stand where a level stands and add to the message before.
const CONTINUATIONS: [&str; 6] = ["DETAIL", "HINT", "CONTEXT", "STATEMENT", "QUERY", "LOCATION"];

/// The length of such a word at the start of `text`.
pub(crate) fn scan_continuation(text: &[u8]) -> Option<usize> {
    CONTINUATIONS.iter().find(|word| text.starts_with(word.as_bytes())).map(|word| word.len())
}

fn scan_with(text: &[u8], read: fn(&str) -> Option<Level>) -> Option<(Level, usize)> {
    let length = text
        .iter()
        .take(WORD_LENGTH_MAX + 1)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    if !(3..=WORD_LENGTH_MAX).contains(&length) {
        return None;
    }
    let level = read(std::str::from_utf8(&text[..length]).ok()?)?;
    // `error-handler` or `info_bar` is a name
    let ends = text.get(length).is_none_or(|byte| !matches!(byte, b'-' | b'_' | b'.' | b'/'));
    ends.then_some((level, length))
}

/// The letter that glog, logcat, MongoDB and CUPS write for a level.
#[must_use]
pub(crate) fn from_letter(letter: u8) -> Option<Level> {
    Some(match letter {
        b'V' => Level::Debug,
        b'T' => Level::Trace,
        b'D' => Level::Debug,
        b'I' => Level::Info,
        b'N' => Level::Notice,
        b'W' => Level::Warn,
        b'E' => Level::Error,
        b'F' | b'A' | b'X' => Level::Fatal,
        b'C' => Level::Error,
        _ => return None,
    })
}

/// The mark that Redis writes for a level.
#[must_use]
pub(crate) fn from_redis_mark(mark: u8) -> Option<Level> {
    Some(match mark {
        b'.' | b'-' => Level::Debug,
        b'*' => Level::Notice,
        b'#' => Level::Warn,
        _ => return None,
    })
}

/// Syslog's severity, 0 to 7.
#[must_use]
pub(crate) fn from_syslog(severity: u64) -> Option<Level> {
    Some(match severity {
        0 => Level::Fatal,
        1..=3 => Level::Error,
        4 => Level::Warn,
        5 => Level::Notice,
        6 => Level::Info,
        7 => Level::Debug,
        _ => return None,
    })
}

/// A level written as a number: bunyan's and pino's tens. Smaller numbers mean opposite things in
/// different products and say nothing alone.
#[must_use]
pub(crate) fn from_number(number: u64) -> Option<Level> {
    Some(match number {
        10..20 => Level::Trace,
        20..30 => Level::Debug,
        30..40 => Level::Info,
        40..50 => Level::Warn,
        50..60 => Level::Error,
        60..70 => Level::Fatal,
        _ => return None,
    })
}

/// An access log's level: the server's fault and the client's fault have different owners.
#[must_use]
pub(crate) fn from_http_status(status: u16) -> Option<Level> {
    match status {
        500..600 => Some(Level::Error),
        400..500 => Some(Level::Warn),
        100..400 => Some(Level::Info),
        _ => None,
    }
}
