//! What a checkpoint says, as text: one fact per line, so that it is signed, printed and compared
//! as it is.

use std::fmt::Write as _;

use super::Heads;
use crate::chain::Hash;
use crate::log::Head;
use crate::transfer::{hex, unhex};

/// Says what it is, and which version of it.
const FIRST_LINE: &str = "mainstay.checkpoint.v1";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) number: u64,
    pub(crate) made_at_us: i64,
    /// Of all streams.
    pub(crate) events: u64,
    pub(crate) streams: u64,
    /// Over the heads of all streams.
    pub(crate) root: Hash,
    /// The hash of the checkpoint before it; zeros for the first one.
    pub(crate) previous: Hash,
    /// Those that moved since the checkpoint before it.
    pub(crate) heads: Heads,
}

impl Content {
    pub(crate) fn print(&self) -> String {
        let mut text = format!(
            "{FIRST_LINE}\nnumber {}\nmade_at_us {}\nevents {}\nstreams {}\nroot {}\nprevious {}\n",
            self.number,
            self.made_at_us,
            self.events,
            self.streams,
            hex(&self.root),
            hex(&self.previous),
        );
        for (stream, head) in &self.heads {
            // writing to a text never fails
            let _ = writeln!(text, "head {stream} {} {}", head.version, hex(&head.hash));
        }
        text
    }

    /// `None` for what `print` would not have written, byte for byte.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next()? == FIRST_LINE).then_some(())?;
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let mut content = Self {
            number: field("number")?.parse().ok()?,
            made_at_us: field("made_at_us")?.parse().ok()?,
            events: field("events")?.parse().ok()?,
            streams: field("streams")?.parse().ok()?,
            root: unhex(field("root")?)?,
            previous: unhex(field("previous")?)?,
            heads: Heads::new(),
        };
        for line in lines {
            let (rest, hash) = line.strip_prefix("head ")?.rsplit_once(' ')?;
            let (stream, version) = rest.rsplit_once(' ')?;
            let head = Head { version: version.parse().ok()?, hash: unhex(hash)? };
            content.heads.insert(stream.to_owned(), head);
        }
        (content.print() == text).then_some(content)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_printed_is_read(
            number: u64, made_at_us: i64, events: u64, streams: u64, root: Hash, previous: Hash,
            heads in prop::collection::btree_map("[a-z/0-9-]{1,9}", (any::<u64>(), any::<Hash>()), 0..5),
        ) {
            let head = |(stream, (version, hash))| (stream, Head { version, hash });
            let heads = heads.into_iter().map(head).collect();
            let content = Content { number, made_at_us, events, streams, root, previous, heads };
            prop_assert_eq!(Content::parse(&content.print()), Some(content));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(text: String) {
            prop_assert_eq!(Content::parse(&text), None);
        }
    }
}
