//! Messages that two bundles share: templates of both that write the same event have one number.
//!
//! The same statement can come out as two templates when one bundle shows that a word varies and
//! the other does not. Templates that share an exact form are one message, so are those that
//! differ only in escapes of their wrapper, and those left over that begin with the same text.

use std::collections::{HashMap, HashSet};

use crate::mine::{Dictionary, FormId};

/// Messages by number.
#[derive(Default)]
pub(crate) struct Messages {
    texts: Vec<String>,
    of_id: HashMap<String, u32>,
    /// By text without what a wrapper escapes.
    of_plain: HashMap<String, u32>,
    of_form: HashMap<FormId, u32>,
}

impl Messages {
    /// The message of every template of a dictionary.
    pub(crate) fn align(&mut self, dictionary: &Dictionary) -> Vec<u32> {
        let mut votes: Vec<HashMap<u32, u64>> = vec![HashMap::new(); dictionary.templates.len()];
        for (form, stored) in &dictionary.forms {
            if let (Some(message), Some(votes)) =
                (self.of_form.get(form), votes.get_mut(stored.template as usize))
            {
                *votes.entry(*message).or_default() += stored.count;
            }
        }
        let templates = &dictionary.templates;
        let mut found: Vec<Option<u32>> = templates
            .iter()
            .zip(votes)
            .map(|(template, votes)| {
                let voted = votes.into_iter().max_by_key(|(message, count)| (*count, *message));
                let plain = self.of_plain.get(&plain(&template.text));
                self.of_id.get(&template.id).or(plain).copied().or(voted.map(|vote| vote.0))
            })
            .collect();
        self.pair_by_text(dictionary, &mut found);
        let of_template: Vec<u32> = found
            .into_iter()
            .zip(templates)
            .map(|(known, template)| {
                known.unwrap_or_else(|| self.add(&template.id, &template.text))
            })
            .collect();
        for (form, stored) in &dictionary.forms {
            if let Some(message) = of_template.get(stored.template as usize) {
                self.of_form.entry(*form).or_insert(*message);
            }
        }
        of_template
    }

    /// A template without partner in the other bundle is that one's template without partner that
    /// begins with the same text, or has the same words but a few.
    fn pair_by_text(&self, dictionary: &Dictionary, found: &mut [Option<u32>]) {
        let taken: HashSet<u32> = found.iter().flatten().copied().collect();
        let mut by_start: HashMap<String, u32> = HashMap::new();
        let mut by_words: HashMap<(String, usize), Vec<u32>> = HashMap::new();
        for (message, text) in (0_u32..).zip(&self.texts) {
            if taken.contains(&message) {
                continue;
            }
            if let Some(start) = start(text) {
                by_start.entry(start).or_insert(message);
            }
            by_words.entry(word_key(text)).or_default().push(message);
        }
        for (template, found) in dictionary.templates.iter().zip(found) {
            if found.is_some() {
                continue;
            }
            let text = &template.text;
            let begins = start(text).and_then(|start| by_start.get(&start).copied());
            let alike = || {
                let near = by_words.get(&word_key(text))?.iter().take(CANDIDATES_MAX);
                near.copied().find(|message| are_alike(self.text(*message), text))
            };
            *found = begins.or_else(alike);
        }
    }

    fn add(&mut self, id: &str, text: &str) -> u32 {
        let message = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.of_id.insert(id.to_owned(), message);
        self.of_plain.entry(plain(text)).or_insert(message);
        message
    }

    /// How many there are; their numbers are smaller.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(crate) fn text(&self, message: u32) -> &str {
        self.texts.get(message as usize).map_or("", String::as_str)
    }
}

/// Characters of a start that tell a statement from others.
const START_CHARACTERS: usize = 12;

/// The text as it was before a wrapper escaped it.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| *letter != '\\').collect()
}

/// The constant text before the first variable, if it is long enough.
fn start(text: &str) -> Option<String> {
    let start = plain(text.split("<*>").next().unwrap_or_default());
    (start.chars().count() >= START_CHARACTERS).then_some(start)
}

/// Templates of one first word and length that are looked at for a partner.
const CANDIDATES_MAX: usize = 64;

/// Of so many words one may differ.
const WORDS_PER_DIFFERENCE: usize = 6;

/// Words that turn the sense of a message.
const TURNING: [&str; 18] = [
    "fail",
    "failed",
    "failure",
    "error",
    "success",
    "successful",
    "succeeded",
    "ok",
    "not",
    "no",
    "null",
    "true",
    "false",
    "denied",
    "accepted",
    "rejected",
    "timeout",
    "exception",
];

fn words(text: &str) -> impl Iterator<Item = &str> {
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '<' | '*' | '>');
    text.split(move |letter| !inside(letter)).filter(|word| !word.is_empty())
}

fn word_key(text: &str) -> (String, usize) {
    (words(text).next().unwrap_or_default().to_owned(), words(text).count())
}

/// The same words but for a few, none of which turns the sense.
fn are_alike(left: &str, right: &str) -> bool {
    if words(left).count() != words(right).count() {
        return false;
    }
    let mut differences = 0;
    let mut count = 0;
    for (left, right) in words(left).zip(words(right)) {
        count += 1;
        if left != right {
            let turns = |word: &str| {
                let word = word.to_ascii_lowercase();
                TURNING.iter().any(|turning| word.contains(turning))
            };
            if left.len().abs_diff(right.len()) > 2 || turns(left) || turns(right) {
                return false;
            }
            differences += 1;
        }
    }
    differences <= count / WORDS_PER_DIFFERENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_turns_the_sense_tells_messages_apart() {
        let alike = |left: &str, right: &str| are_alike(left, right);
        assert!(alike(
            "check of <*> [Security][Date:Mon <*> CST]",
            "check of <*> [Security][Date:Sun <*> CST]"
        ));
        assert!(!alike("a b c d e f login accepted", "a b c d e f login rejected"));
        assert!(!alike("get order by id from order", "get order by id from other store"));
    }

    #[test]
    fn what_a_wrapper_escapes_is_the_same_message() {
        assert_eq!(plain(r#"data \\"x\\" of <*>"#), plain(r#"data "x" of <*>"#));
        assert_eq!(start("ready <*>"), None);
        assert_eq!(start("connected to the store <*>").as_deref(), Some("connected to the store "));
    }
}
