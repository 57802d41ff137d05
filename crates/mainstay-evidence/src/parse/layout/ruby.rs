//! Ruby's logger, as Rails writes it.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("Ruby logger", &["{letter}, [{time} #{number}] {level} -- {text}: "])];
