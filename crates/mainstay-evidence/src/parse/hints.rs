//! One pass over a line for two questions: may an id stand in it, and does its message speak of an
//! error? Most lines have nothing of either, so the pass is one of vector instructions.

use std::sync::LazyLock;

use aho_corasick::packed;
use aho_corasick::{AhoCorasick, MatchKind};

/// Words that speak of an error, in the three ways they are written: a search in any case of letters
/// is not one of vector instructions.
const ERROR_WORDS: [&str; 18] = [
    "error",
    "Error",
    "ERROR",
    "exception",
    "Exception",
    "EXCEPTION",
    "failed",
    "Failed",
    "FAILED",
    "failure",
    "Failure",
    "FAILURE",
    "fatal",
    "Fatal",
    "FATAL",
    "panic",
    "Panic",
    "PANIC",
];

/// The parts of the names of ids that do not change with their spelling. They come after the words,
/// of which one begins with one of them.
pub(super) const ID_STEMS: [&str; 5] = ["race", "pan", "equest", "req", "orrelation"];

/// What a line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hints {
    /// From where on a part of a name of an id stands.
    pub(super) id: Option<usize>,
    /// A word that speaks of an error, in the message or in what follows it.
    pub(super) error: bool,
}

/// Looks through a line whose message stands at `body`.
pub(super) fn look(line: &str, body: (usize, usize)) -> Hints {
    let mut hints = Hints::default();
    // a word may cover the beginning of a part
    let mut first = None;
    search(line, &mut |pattern, start, end| {
        let first = *first.get_or_insert(start);
        if pattern >= ERROR_WORDS.len() {
            hints.id.get_or_insert(first);
            return;
        }
        let across = start < body.1 && end > body.1;
        hints.error |= start >= body.0 && !across;
        // `panic` begins like a name of an id
        if line[start..].starts_with("pan") {
            hints.id.get_or_insert(first);
        }
    });
    hints
}

/// Does the text speak of an error?
pub(super) fn mentions_error(text: &str) -> bool {
    look(text, (0, text.len())).error
}

fn search(text: &str, see: &mut dyn FnMut(usize, usize, usize)) {
    static PATTERNS: LazyLock<(Option<packed::Searcher>, AhoCorasick)> = LazyLock::new(|| {
        let patterns = || ERROR_WORDS.iter().chain(&ID_STEMS);
        let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).to_owned();
        let automaton = builder.build(patterns()).expect("short literals build an automaton");
        let packed = packed::Config::new()
            .match_kind(packed::MatchKind::LeftmostFirst)
            .builder()
            .extend(patterns())
            .build();
        (packed, automaton)
    });
    match &*PATTERNS {
        (Some(packed), _) => {
            for hit in packed.find_iter(text) {
                see(hit.pattern().as_usize(), hit.start(), hit.end());
            }
        }
        // a processor without the instructions
        (None, automaton) => {
            for hit in automaton.find_iter(text) {
                see(hit.pattern().as_usize(), hit.start(), hit.end());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, body: (usize, usize), expect: (bool, bool)) {
        let Hints { id, error } = look(line, body);
        assert_eq!((id.is_some(), error), expect, "{line}");
    }

    #[test]
    fn only_the_message_and_what_follows_speak_of_an_error() {
        check("ERROR nothing to see", (6, 20), (false, false));
        check("INFO it failed", (5, 14), (false, true));
        check("INFO it was an err|or after all", (5, 18), (false, false));
        check("INFO an error", (5, 10), (false, false));
        check("INFO an (error)", (5, 7), (false, true));
    }

    #[test]
    fn a_part_of_a_name_is_found_beside_the_words() {
        check("TraceID: 4bf92f3577b34da6", (0, 25), (true, false));
        check("a span and a panic", (0, 18), (true, true));
        check("kernel panic", (0, 12), (true, true));
        check("Panic! request failed", (0, 21), (true, true));
        check("nothing here", (0, 12), (false, false));
    }
}
