//! A log while it is made: entries in any order, written in the order of their times.

use super::clock::Micros;

#[derive(Default)]
pub(crate) struct Log {
    entries: Vec<(Micros, String)>,
}

impl Log {
    /// One record; `text` may have several lines and ends without a line break.
    pub(crate) fn push(&mut self, time: Micros, text: String) {
        self.entries.push((time, text));
    }

    /// The records of `from..until` as text.
    pub(crate) fn between(&self, from: Micros, until: Micros) -> String {
        let mut kept: Vec<&(Micros, String)> =
            self.entries.iter().filter(|(time, _)| (from..until).contains(time)).collect();
        // stable: records of one moment keep the order in which they were made
        kept.sort_by_key(|(time, _)| *time);
        let mut text = String::new();
        for (_, record) in kept {
            text.push_str(record);
            text.push('\n');
        }
        text
    }

    /// All records as text.
    pub(crate) fn all(&self) -> String {
        self.between(Micros::MIN, Micros::MAX)
    }
}
