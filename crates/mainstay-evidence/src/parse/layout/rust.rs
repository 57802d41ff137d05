//! Rust: `tracing` for people, env_logger and two more.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "Rust tracing",
        &["{time} {level} {spans} {path}: ", "{time} {level} {path}: "],
    ),
    KnownFormat::new("env_logger", &["[{time} {level} {word}] "]),
    KnownFormat::new("level and target", &["{time} {level} [{word}] "]),
    KnownFormat::new("Zellij", &["{level}~|{text}| {time} {bracket} {bracket}: "]),
];
