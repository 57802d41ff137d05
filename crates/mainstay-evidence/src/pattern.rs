//! The pattern library: what a message says about its cause, the test that decides, what helps
//! safely. Patterns are data (`patterns/*.toml`, format in `docs/patterns.md`), matched on mined
//! templates: one pass for all their literals, then the few that hit are checked.
//!
//! What is *not* here: how much a match counts (`rank`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use serde::Deserialize;

use crate::rank::Kind;

/// The files of the library.
const FILES: [&str; 10] = [
    include_str!("../patterns/resource.toml"),
    include_str!("../patterns/network.toml"),
    include_str!("../patterns/lock.toml"),
    include_str!("../patterns/config.toml"),
    include_str!("../patterns/dependency.toml"),
    include_str!("../patterns/auth.toml"),
    include_str!("../patterns/runtime.toml"),
    include_str!("../patterns/exception.toml"),
    include_str!("../patterns/overload.toml"),
    include_str!("../patterns/storage.toml"),
];

/// A literal of fewer letters hits everywhere.
const LITERAL_BYTES_MIN: usize = 3;

static BUILT_IN: LazyLock<Library> = LazyLock::new(|| {
    let files = FILES.map(|text| parse(text).expect("the library is checked by a test"));
    Library::new(files.into_iter().flat_map(|file| file.pattern).collect())
});

/// One file of patterns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternFile {
    /// What its patterns have in common.
    pub family: String,
    pub pattern: Vec<Pattern>,
}

/// What a message says about its cause.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Short and stable.
    pub id: String,
    pub kind: Kind,
    /// Does the message state the cause, or only a symptom of it?
    #[serde(default = "states")]
    pub states: bool,
    /// At least one of these; a literal in capitals is a code: a whole word, case kept.
    pub any: Vec<String>,
    /// All of these as well.
    #[serde(default)]
    pub all: Vec<String>,
    /// None of these.
    #[serde(default)]
    pub none: Vec<String>,
    pub cause: String,
    /// The test that tells this cause from others.
    pub check: String,
    /// What helps and does no harm.
    pub fix: String,
    /// Where to read on.
    pub article: String,
    /// Lines it must match, and lines it must not: its own test.
    pub matches: Vec<String>,
    pub misses: Vec<String>,
}

fn states() -> bool {
    true
}

/// Reads a file of patterns.
///
/// # Errors
/// Says what of the file is not as `docs/patterns.md` describes.
pub fn parse(text: &str) -> Result<PatternFile, toml::de::Error> {
    toml::from_str(text)
}

/// What is wrong with a file of patterns, each with the pattern's id; nothing if all is well.
#[must_use]
pub fn lint(file: &PatternFile) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    let library = Library::new(file.pattern.clone());
    for (pattern, number) in file.pattern.iter().zip(0..) {
        let mut say = |what: String| wrong.push(format!("{}: {what}", pattern.id));
        if !ids.insert(&pattern.id) {
            say("the id is used twice".to_owned());
        }
        let id_is_plain = pattern
            .id
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
        if pattern.id.is_empty() || !id_is_plain {
            say("the id may hold a-z, 0-9 and -".to_owned());
        }
        let texts = [&pattern.cause, &pattern.check, &pattern.fix, &pattern.article];
        if texts.iter().any(|text| text.trim().is_empty()) {
            say("cause, check, fix and article must say something".to_owned());
        }
        if pattern.any.is_empty() || pattern.any.iter().any(|it| it.len() < LITERAL_BYTES_MIN) {
            say(format!("any needs literals of {LITERAL_BYTES_MIN} letters or more"));
        }
        if pattern.matches.is_empty() || pattern.misses.is_empty() {
            say("matches and misses need a line each".to_owned());
        }
        let hits = |line: &String| library.find(line).contains(&number);
        for line in pattern.matches.iter().filter(|line| !hits(line)) {
            say(format!("does not match its own line {line:?}"));
        }
        for line in pattern.misses.iter().filter(|line| hits(line)) {
            say(format!("matches the near-miss {line:?}"));
        }
    }
    wrong
}

/// Patterns ready to match.
pub struct Library {
    patterns: Vec<Pattern>,
    literals: AhoCorasick,
    /// By literal: its pattern and its text.
    owners: Vec<(usize, String)>,
}

impl Library {
    /// The patterns that come with the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn new(patterns: Vec<Pattern>) -> Self {
        let owners: Vec<(usize, String)> = patterns
            .iter()
            .enumerate()
            .flat_map(|(number, pattern)| pattern.any.iter().map(move |it| (number, it.clone())))
            .collect();
        let literals = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .build(owners.iter().map(|owner| owner.1.as_str()))
            .expect("the literals of a file fit the automaton");
        Self { patterns, literals, owners }
    }

    /// A pattern by its number.
    #[must_use]
    pub fn get(&self, number: usize) -> &Pattern {
        &self.patterns[number]
    }

    /// A pattern by its id, which never changes.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Pattern> {
        self.patterns.iter().find(|pattern| pattern.id == id)
    }

    /// How many patterns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The numbers of the patterns a text matches, in order.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for hit in self.literals.find_overlapping_iter(text) {
            let (number, literal) = &self.owners[hit.pattern().as_usize()];
            if !found.contains(number) && stands_alone(text, hit.start(), hit.end(), literal) {
                found.insert(*number);
            }
        }
        let holds = |number: &usize| {
            let pattern = &self.patterns[*number];
            let lower = text.to_ascii_lowercase();
            let has = |literal: &String| lower.contains(&literal.to_ascii_lowercase());
            pattern.all.iter().all(has) && !pattern.none.iter().any(has)
        };
        found.into_iter().filter(holds).collect()
    }
}

/// A literal begins a word; one in capitals is a whole word in the same case.
fn stands_alone(text: &str, start: usize, end: usize, literal: &str) -> bool {
    let bytes = text.as_bytes();
    let letter =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let begins_word = literal.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    let glued_before = letter(start.checked_sub(1)) && begins_word;
    let is_code = !literal.bytes().any(|it| it.is_ascii_lowercase());
    if is_code {
        return text[start..end] == *literal && !glued_before && !letter(Some(end));
    }
    // exception classes stand behind their package, camel case behind another word
    let own_word = literal.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
        && bytes[start..end].first().is_some_and(u8::is_ascii_uppercase);
    !glued_before || own_word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_sound() {
        let mut ids = BTreeSet::new();
        let mut wrong = Vec::new();
        for text in FILES {
            let file = parse(text).expect("a file of patterns");
            assert!(file.pattern.len() >= 10, "{} has too few patterns", file.family);
            wrong.extend(lint(&file).into_iter().map(|what| format!("{}: {what}", file.family)));
            for pattern in &file.pattern {
                assert!(ids.insert(pattern.id.clone()), "{} is used twice", pattern.id);
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(Library::built_in().len() >= 100);
    }

    #[test]
    fn an_ordinary_line_matches_nothing() {
        for line in [
            "item <*> added to cart <*>",
            "payment accepted",
            "GET /health 200 in 3 ms",
            "user <*> signed in from <*>",
        ] {
            assert!(Library::built_in().find(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn the_linter_says_what_is_wrong() {
        let text = r#"
            family = "x"
            [[pattern]]
            id = "A b"
            kind = "disk"
            any = ["x"]
            cause = ""
            check = "c"
            fix = "f"
            article = "a"
            matches = ["yyy"]
            misses = []
        "#;
        let wrong = lint(&parse(text).expect("a file")).join("\n");
        for what in ["may hold", "must say something", "letters or more", "own line", "a line each"]
        {
            assert!(wrong.contains(what), "{what}: {wrong}");
        }
    }
}
