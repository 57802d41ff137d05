//! Amazon S3's server access log: owner, bucket, time, requester and key before the request.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "S3 access",
    &["{word} {word} [{time}] {word} {word} {word} {word} {word} {\"}"],
)
.one_line()
.http_status()];
