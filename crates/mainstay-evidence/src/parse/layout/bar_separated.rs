//! Headers whose fields are divided by bars without blanks: NLog and loggers of devices.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "bar-separated",
    &["{time}|{level}|{word}|", "{time}|{word}|{level}|", "{time}|{word}|{number}|"],
)];
