//! Syslog in files: RFC 5424 with its structured data, and the older form with or without its
//! priority, its facility and its program. Daemons escape the line breaks of a message as `#012`.

use super::Message;
use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "RFC 5424 syslog",
        &[
            "<{priority}>{number} {time} {word} {word} {word} {word} {structured} (\u{feff})?",
            "<{priority}>{number} - {word} {word} {word} {word} {structured} (\u{feff})?",
        ],
    )
    .message(Message::BeforeEscapedBreak),
    KnownFormat::new(
        "syslog",
        &[
            "(<{priority}>)?{time} {host} {program}: ",
            "(<{priority}>)?{time} {host} kernel: [~{uptime}] ",
            // gateways write facility and level
            "{time} {host} {word}.{level} kernel: [~{uptime}] ",
            "{time} {host} {word}.{level} {program}: ",
            "<{priority}>{time} {program}: ",
            "(<{priority}>)?{time} {host} {=last message repeated |--- last message repeated |message repeated }",
        ],
    )
    .message(Message::BeforeEscapedBreak),
];
