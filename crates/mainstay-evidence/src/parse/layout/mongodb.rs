//! MongoDB before 4.4; later ones write JSON.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("MongoDB", &["{time} {letter} {word} {bracket} "])];
