//! spdlog and its relatives in C++, Envoy's application log among them; other loggers that put
//! every field into brackets.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "spdlog",
        &[
            "[{time}][{number}][{level}][{word}] ({bracket} )?",
            "[{time}] [{word}] [{level}] ({bracket} )?",
        ],
    ),
    KnownFormat::new("bracketed", &["[{time}] [{level}] {bracket} ", "[{time}] [{level}]: "]),
];
