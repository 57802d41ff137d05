//! nginx's error log; its access log is the combined one.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("nginx error", &["{time} [{level}] {number}#{number}: (*{number} )?"])];
