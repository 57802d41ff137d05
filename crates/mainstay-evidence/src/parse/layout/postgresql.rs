//! PostgreSQL with the line prefixes that distributions and clouds set.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "PostgreSQL",
    &[
        "{time} {bracket} ({bracket} )?({word}@{word} )?{product-level}: ",
        "{time} {bracket}: ({bracket} )?({word} )?{product-level}: ",
        // Amazon's and Azure's
        "{time}:{text}:[{number}]:{product-level}: ",
        "{time}-{word}-{product-level}: ",
    ],
)];
