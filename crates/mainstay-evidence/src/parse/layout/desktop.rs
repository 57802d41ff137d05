//! Programs of desktops and phones: Proxifier, Windows servicing, macOS's unified log as text.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new("Proxifier", &["[{time}] {word}( *{number})? - "]).one_line(),
    KnownFormat::new("Windows servicing", &["{time}, {level} {word} "]),
    KnownFormat::new(
        "macOS unified",
        &[
            "{time} 0x{word} {level} 0x{word} {number} {number} {program}: ",
            "{time} 0x{word} {word} 0x{word} {number} {number} {program}: ",
        ],
    ),
];
