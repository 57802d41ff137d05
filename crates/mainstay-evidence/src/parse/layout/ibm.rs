//! IBM: WebSphere's system log with its own letters for levels, and DB2's diagnostic log, whose
//! records are blocks of named lines.

use mainstay_core::Level;

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new("WebSphere", &["[{time}] {hex8} {word} {websphere-letter} "]),
    KnownFormat::new("DB2 diagnostics", &["{time} {word} LEVEL: {product-level}"]),
];

/// The level of a letter that stands alone.
pub(super) fn level(text: &[u8]) -> Option<Level> {
    Some(match text {
        [b'F', b' ', ..] => Level::Fatal,
        [b'E', b' ', ..] => Level::Error,
        // what a program wrote to its two streams
        [b'R', b' ', ..] => Level::Warn,
        [b'O', b' ', ..] => Level::Info,
        [b'W', b' ', ..] => Level::Warn,
        [b'A', b' ', ..] => Level::Notice,
        [b'I' | b'C', b' ', ..] => Level::Info,
        [b'D' | b'>' | b'<', b' ', ..] => Level::Debug,
        _ => return None,
    })
}
