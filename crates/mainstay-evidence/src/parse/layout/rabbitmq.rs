//! RabbitMQ: one line since 3.7, a banner and a block before.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "RabbitMQ",
    &[
        "{time} [{level}] <{word}> ",
        "={product-level} REPORT==== {time} ==={end}",
        "={word} REPORT==== {time} ==={end}",
    ],
)];
