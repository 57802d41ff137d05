//! Kafka, with its logger at the end of the line: `[time] LEVEL [context] text (logger)`.

use super::Message;
use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("Kafka", &["[{time}] {level} ({bracket} )?"])
        .message(Message::BeforeLogger)];
