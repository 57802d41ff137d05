//! Kafka, with its logger at the end of the line: `[time] LEVEL [context] text (logger)`.

use super::Message;
use super::known::KnownFormat;

pub(super) const KAFKA: KnownFormat = KnownFormat {
    message: Message::BeforeLogger,
    ..KnownFormat::new("Kafka", &["[{time}] {level} ({bracket} )?"])
};
