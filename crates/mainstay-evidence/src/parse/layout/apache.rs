//! Apache's error log: with modules, processes and microseconds since 2.4, without them before.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "Apache error",
    &[
        "[{time}] [{module}:{level}] [pid {number}(:tid {number})?] ",
        "[{time}] [:{level}] [pid {number}(:tid {number})?] ",
        "[{time}] [{level}] ",
    ],
)];
