//! Where in a document a value stands, line by line: `users.0.email` in YAML and JSON, so that a rule
//! can name a place. What is *not* here: YAML's anchors and flow style, which need the whole document.

use std::ops::Range;

/// Deeper documents are followed so far and no further.
const DEPTH_MAX: usize = 128;

/// A place that a rule names: keys, numbers of list items, and `*` for any of them.
#[derive(Debug, Clone)]
pub(super) struct Pattern(Vec<String>);

impl Pattern {
    pub(super) fn parse(text: &str) -> Self {
        Self(text.split('.').map(str::to_owned).collect())
    }

    /// Is the value at this path, or anything below it, meant?
    fn covers(&self, path: &[Level]) -> bool {
        self.0.len() <= path.len()
            && self.0.iter().zip(path).all(|(expect, level)| {
                expect == "*"
                    || match &level.step {
                        Step::Key(key) => key == expect,
                        Step::Item(index) => expect.parse() == Ok(*index),
                    }
            })
    }
}

#[derive(Debug)]
enum Step {
    Key(String),
    Item(usize),
}

/// A step from the root, and in YAML how far in it stands.
#[derive(Debug)]
struct Level {
    rank: usize,
    step: Step,
}

/// The state between the lines of a file.
#[derive(Debug, Default)]
pub(super) struct Outline {
    levels: Vec<Level>,
    form: Option<Form>,
    /// In JSON: the next string is a key.
    wants_key: bool,
    /// In YAML: the rank of a key whose value is a block of lines.
    block: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Yaml,
}

impl Outline {
    /// Follows the next line and says which values of it a pattern means.
    pub(super) fn values(&mut self, line: &str, patterns: &[&Pattern]) -> Vec<Range<usize>> {
        let Some(first) = line.trim_start().bytes().next() else { return Vec::new() };
        let json_begins = matches!(first, b'{' | b'[');
        let form = *self.form.get_or_insert(if json_begins { Form::Json } else { Form::Yaml });
        let mut found = Vec::new();
        match form {
            Form::Json => self.json(line, patterns, &mut found),
            Form::Yaml => self.yaml(line, patterns, &mut found),
        }
        found
    }

    fn meant(&self, patterns: &[&Pattern]) -> bool {
        patterns.iter().any(|pattern| pattern.covers(&self.levels))
    }

    fn json(&mut self, line: &str, patterns: &[&Pattern], found: &mut Vec<Range<usize>>) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'{' | b'[' => {
                    let step = if *byte == b'{' { Step::Key(String::new()) } else { Step::Item(0) };
                    self.wants_key = *byte == b'{';
                    if self.levels.len() < DEPTH_MAX {
                        self.levels.push(Level { rank: 0, step });
                    }
                }
                b'}' | b']' => {
                    self.levels.pop();
                    self.wants_key = false;
                }
                b',' => match self.levels.last_mut().map(|level| &mut level.step) {
                    Some(Step::Item(index)) => *index += 1,
                    Some(Step::Key(_)) => self.wants_key = true,
                    None => {}
                },
                b'"' => {
                    let end = string_end(bytes, at + 1);
                    let text = &line[at + 1..end];
                    let level = self.levels.last_mut().map(|level| &mut level.step);
                    if let (Some(Step::Key(key)), true) = (level, self.wants_key) {
                        text.clone_into(key);
                        self.wants_key = false;
                    } else if self.meant(patterns) {
                        found.push(at + 1..end);
                    }
                    at = end;
                }
                b':' | b' ' | b'\t' | b'\r' => {}
                _ => {
                    let length = bytes[at..]
                        .iter()
                        .position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\r'))
                        .unwrap_or(bytes.len() - at);
                    if self.meant(patterns) {
                        found.push(at..at + length);
                    }
                    at += length;
                    continue;
                }
            }
            at += 1;
        }
    }

    fn yaml(&mut self, line: &str, patterns: &[&Pattern], found: &mut Vec<Range<usize>>) {
        let mut at = line.len() - line.trim_start().len();
        if line[at..].starts_with('#') {
            return;
        }
        if line.starts_with("---") {
            self.levels.clear();
            return;
        }
        let end = line.trim_end().len();
        if let Some(rank) = self.block {
            if 2 * at > rank {
                found.extend(Some(at..end).filter(|_| self.meant(patterns)));
                return;
            }
            self.block = None;
        }
        while line[at..].starts_with("- ") {
            let rank = 2 * at + 1;
            while self.levels.last().is_some_and(|level| level.rank > rank) {
                self.levels.pop();
            }
            match self.levels.last_mut() {
                Some(Level { rank: last, step: Step::Item(index) }) if *last == rank => *index += 1,
                _ => self.push(rank, Step::Item(0)),
            }
            at += 2;
            at += line[at..].len() - line[at..].trim_start().len();
        }
        let key = line[at..end].split_once(": ").or_else(|| {
            let key = line[at..end].strip_suffix(':')?;
            Some((key, ""))
        });
        let mut value_at = at;
        if let Some((key, value)) = key.filter(|(key, _)| !key.contains(['{', '[', '#'])) {
            let rank = 2 * at;
            while self.levels.last().is_some_and(|level| level.rank >= rank) {
                self.levels.pop();
            }
            self.push(rank, Step::Key(key.trim_matches(['"', '\'', ' ']).to_owned()));
            if matches!(value.trim(), "|" | ">" | "|-" | ">-" | "|+" | ">+") {
                self.block = Some(rank);
                return;
            }
            value_at = end - value.trim_start().len();
        }
        if value_at < end && self.meant(patterns) {
            found.push(unquoted(line, value_at..end));
        }
    }

    fn push(&mut self, rank: usize, step: Step) {
        if self.levels.len() < DEPTH_MAX {
            self.levels.push(Level { rank, step });
        }
    }
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn unquoted(line: &str, place: Range<usize>) -> Range<usize> {
    let text = &line[place.clone()];
    let is_quoted = text.len() > 2
        && ['"', '\''].iter().any(|quote| text.starts_with(*quote) && text.ends_with(*quote));
    if is_quoted { place.start + 1..place.end - 1 } else { place }
}

#[cfg(test)]
mod tests {
    use super::{Outline, Pattern};

    fn meant(text: &str, pattern: &str) -> Vec<String> {
        let pattern = Pattern::parse(pattern);
        let mut outline = Outline::default();
        text.lines()
            .flat_map(|line| {
                let places = outline.values(line, &[&pattern]);
                places.into_iter().map(|place| line[place].to_owned()).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn places_of_yaml_are_found() {
        let text = "# users\nusers:\n- name: a\n  mail: 'x'\n- name: b\n  mail: y\nother:\n  mail: z\n\
                    note: |\n  one\n  two\nlast: 1\n";
        assert_eq!(meant(text, "users.*.mail"), ["x", "y"]);
        assert_eq!(meant(text, "users.1.name"), ["b"]);
        assert_eq!(meant(text, "other"), ["z"]);
        assert_eq!(meant(text, "note"), ["one", "two"]);
        assert_eq!(meant(text, "*.mail"), ["z"]);
    }

    #[test]
    fn places_of_json_are_found_over_lines_and_on_one() {
        let text = "{\n \"users\": [\n  {\"name\": \"a\", \"mail\": \"x\\\"\"},\n  {\"name\": 7}\n ],\n \"n\": {\"m\": [1, 2]}\n}";
        for text in [text.to_owned(), text.replace('\n', "")] {
            assert_eq!(meant(&text, "users.*.mail"), ["x\\\""], "{text}");
            assert_eq!(meant(&text, "users.1.name"), ["7"]);
            assert_eq!(meant(&text, "n"), ["1", "2"]);
        }
    }
}
