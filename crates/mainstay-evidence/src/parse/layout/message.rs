//! Where the message of a record stands after its header, and where it ends.

use super::text;

/// What a format does with the rest of the header's line and the lines after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Message {
    /// It is the rest of the line; where nothing is left, the next line.
    #[default]
    Rest,
    /// The rest of the line up to a logger in parentheses: Kafka.
    BeforeLogger,
    /// The rest up to a line break that a syslog daemon escaped as `#012`.
    BeforeEscapedBreak,
    /// The rest up to fields in JSON after a tab: zap's console.
    BeforeFields,
    /// Lines of settings, then a statement: MySQL's slow log.
    AfterPreamble,
}

impl Message {
    /// Where the message begins after a header that ends at `cut`.
    pub(crate) fn start(self, line: &str, cut: usize) -> usize {
        match self {
            Self::AfterPreamble => line.len(),
            _ => cut,
        }
    }

    /// Which process wrote a line, where every line of a stack trace has a header of its own.
    pub(crate) fn process(self, header: &str) -> u64 {
        if self != Self::BeforeEscapedBreak {
            return 0;
        }
        // `host program[pid]: ` or `app procid msgid …`; the time before them changes
        let words = header.trim_end().rsplit([' ', '\t']);
        words.take(2).fold(1, |hash, word| number_of(word, hash))
    }

    /// Where a message that begins at `start` ends.
    pub(crate) fn end(self, line: &str, start: usize) -> usize {
        let end = match self {
            Self::Rest | Self::AfterPreamble => None,
            Self::BeforeFields => memchr::memmem::find(&line.as_bytes()[start..], b"\t{"),
            Self::BeforeLogger => before_logger(&line[start..]),
            Self::BeforeEscapedBreak => memchr::memmem::find(&line.as_bytes()[start..], b"#012"),
        };
        end.map_or(line.len(), |end| start + end)
    }
}

/// `text (kafka.server.KafkaServer)`.
fn before_logger(message: &str) -> Option<usize> {
    let inside = message.strip_suffix(')')?;
    let open = inside.rfind(" (")?;
    let name = &inside.as_bytes()[open + 2..];
    (text::logger(name, None) == Some(name.len())).then_some(open)
}

/// A name as a number: FNV-1a, the same in every run.
pub(crate) fn number_of(name: &str, seed: u64) -> u64 {
    name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
