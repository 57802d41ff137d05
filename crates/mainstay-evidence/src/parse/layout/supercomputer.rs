//! Event logs of large machines: a collector writes the epoch, the day and the node in front of what
//! the node wrote, which states its own local time once more.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "Blue Gene RAS",
        &["{word} {epoch} {day} {word} {same-time} {word} {word} {word} {product-level} "],
    ),
    KnownFormat::new(
        "cluster syslog",
        &[
            "{word} {epoch} {day} {word} {same-time} {word} {program}: ",
            "{word} {epoch} {day} {word} {same-time} {word} ",
        ],
    ),
    KnownFormat::new("cluster events", &["{number} {word} {word} {word} {epoch} {number} "]),
];
