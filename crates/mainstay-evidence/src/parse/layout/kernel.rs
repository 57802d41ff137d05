//! The kernel's own ring: `[ seconds.micros] text`, with the caller where that is configured. The
//! seconds count from the boot; `Clock` places them if the file states when that was.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("kernel", &["(<{priority}>)?[~{uptime}]([~{word}])? "])];
