//! Python's `logging` in the layouts that its documentation and its frameworks use.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new("OpenTelemetry Python", &["{time} {level} {bracket} {bracket} {bracket} - "]),
    KnownFormat::new(
        "Python logging",
        &["{time} - {word} - {level} - ", "{time} - {level} - ", "{level}:{module}:"],
    ),
    KnownFormat::new("Celery", &["[{time}: {level-part}/{word}] "]),
];
