//! .NET: the console logger, whose message is on the next line; Serilog and NLog as text.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(".NET console", &["({time} )?{level}: {module}[{number}]{end}"]),
    KnownFormat::new("Serilog", &["[{time} {level}] "]),
];
