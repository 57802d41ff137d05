//! OpenStack, with or without the name of the file that a collector puts in front.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "OpenStack",
    &[
        "({word} )?{time} {number} {level} {logger} {bracket} ",
        "({word} )?{time} {number} {level} {logger} ",
    ],
)];
