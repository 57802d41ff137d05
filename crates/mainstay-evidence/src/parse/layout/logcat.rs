//! Android logcat in its formats threadtime, time and brief.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "logcat",
    &[
        "{time} {number} {number} {letter} {text}: ",
        "{time} {word} {number} {number} {letter} {text}: ",
        "{time} {letter}/{text}\\(~{number}\\): ",
        "{letter}/{text}\\(~{number}\\): ",
    ],
)];
