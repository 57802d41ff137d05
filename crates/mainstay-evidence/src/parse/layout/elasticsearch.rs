//! Elasticsearch and OpenSearch: server, deprecation and slow logs. Of a slow log the index and the
//! shard stand in a pair of brackets each and belong to the message.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "Elasticsearch",
    &[
        "[{time}][{level}~][{word}~]~[{word}] ~{[}",
        "[{time}][{level}~][{word}~]~({bracket} ~)?",
        "[{time}][{level}~][{word}~]~",
    ],
)];
