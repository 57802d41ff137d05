//! The table of all words of pass 2, so that a sequence of words is a list of numbers.

use std::collections::HashMap;

use super::dictionary::HOLE;
use super::word::{self, Word};

/// A sequence of words, as indexes into the table.
pub(super) type Sequence = Vec<u32>;

/// The words met so far.
#[derive(Default)]
pub(super) struct Table {
    words: Vec<Word>,
    /// For each word the index of its key in a column.
    keys: Vec<u32>,
    index: HashMap<String, u32>,
}

impl Table {
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if let Some(at) = self.index.get(text) {
            return *at;
        }
        let word = Word::new(text.to_owned());
        let at = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let key = word.column_key().to_owned();
        self.words.push(word);
        self.keys.push(at);
        self.index.insert(text.to_owned(), at);
        if key != text {
            self.keys[at as usize] = self.intern(&key);
        }
        at
    }

    pub(super) fn get(&self, at: u32) -> &Word {
        &self.words[at as usize]
    }

    /// What stands for the word where its column is left open.
    pub(super) fn key(&self, at: u32) -> u32 {
        self.keys[at as usize]
    }

    /// One word for several values of a variable.
    pub(super) fn merge(&mut self, words: &[u32]) -> u32 {
        let words: Vec<&Word> = words.iter().map(|at| self.get(*at)).collect();
        let text = word::merge(&words);
        self.intern(&text)
    }

    /// Two neighbouring variables as one, with the outer glue of both.
    pub(super) fn run(&mut self, first: u32, last: u32) -> u32 {
        let first = self.get(first).text.as_str();
        let last = self.get(last).text.as_str();
        let lead = &first[..first.find(HOLE).unwrap_or(0)];
        let tail = &last[last.rfind(HOLE).map_or(last.len(), |at| at + HOLE.len())..];
        let text = word::between(lead, tail);
        self.intern(&text)
    }

    /// Does the word say something that stays?
    pub(super) fn is_constant(&self, at: u32) -> bool {
        let word = self.get(at);
        (!word.hole || word.key > 0) && word.text.chars().any(char::is_alphanumeric)
    }
}
