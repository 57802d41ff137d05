//! Syslog in files: RFC 5424 with its structured data, and the older form with or without its
//! priority. Daemons escape the line breaks of a message as `#012`.

use super::Message;
use super::known::KnownFormat;

pub(super) const RFC_5424: KnownFormat = KnownFormat {
    message: Message::BeforeEscapedBreak,
    ..KnownFormat::new(
        "RFC 5424 syslog",
        &[
            "<{priority}>{number} {time} {word} {word} {word} {word} {structured} (\u{feff})?",
            "<{priority}>{number} - {word} {word} {word} {word} {structured} (\u{feff})?",
        ],
    )
};

pub(super) const RFC_3164: KnownFormat = KnownFormat {
    message: Message::BeforeEscapedBreak,
    ..KnownFormat::new(
        "syslog",
        &["(<{priority}>)?{time} {host} {program}: ", "<{priority}>{time} {program}: "],
    )
};
