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
    ids: Vec<String>,
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
        self.pair_by_start(dictionary, &mut found);
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

    /// A statement begins with its own text. A template that has no partner in the other bundle is
    /// that one's template without partner that begins alike.
    fn pair_by_start(&self, dictionary: &Dictionary, found: &mut [Option<u32>]) {
        let taken: HashSet<u32> = found.iter().flatten().copied().collect();
        let mut free: HashMap<String, Vec<u32>> = HashMap::new();
        for (message, text) in (0_u32..).zip(&self.texts) {
            if let Some(start) = start(text).filter(|_| !taken.contains(&message)) {
                free.entry(start).or_default().push(message);
            }
        }
        for (template, found) in dictionary.templates.iter().zip(found) {
            if found.is_none()
                && let Some(start) = start(&template.text)
                && let Some([message, ..]) = free.get(&start).map(Vec::as_slice)
            {
                *found = Some(*message);
            }
        }
    }

    fn add(&mut self, id: &str, text: &str) -> u32 {
        let message = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.ids.push(id.to_owned());
        self.of_id.insert(id.to_owned(), message);
        self.of_plain.entry(plain(text)).or_insert(message);
        message
    }

    pub(crate) fn text(&self, message: u32) -> &str {
        self.texts.get(message as usize).map_or("", String::as_str)
    }

    /// The template id a message was first met under.
    pub(crate) fn id(&self, message: u32) -> &str {
        self.ids.get(message as usize).map_or("", String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
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
