//! PHP: Laravel's log and the log of the interpreter, which gives each line of a trace a header.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new("Laravel", &["[{time}] {word}.{level}: "]),
    KnownFormat::new(
        "PHP",
        &[
            "[{time}] PHP {goes-on}Stack trace:",
            "[{time}] PHP {goes-on}{number}. ",
            "[{time}] PHP {level} error: ",
            "[{time}] PHP {product-level}: ",
        ],
    ),
];
