//! Amazon S3's server access log: owner, bucket, time, requester and key before the request.

use super::LevelSource;
use super::known::KnownFormat;

pub(super) const S3: KnownFormat = KnownFormat {
    one_line: true,
    level_source: LevelSource::HttpStatus,
    ..KnownFormat::new(
        "S3 access",
        &["{word} {word} [{time}] {word} {word} {word} {word} {word} {\"}"],
    )
};
