//! log4j without a thread. Stands behind Rust's `tracing`, whose targets look like its loggers.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("log4j", &["{time} {level} {logger}: "])];
