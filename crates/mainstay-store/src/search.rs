//! What the words of a case are found by: a set of words per case, folded from its texts in the
//! transaction of each event, and indexed by the engine (FTS5 or `tsvector`). The words are cut here
//! and not by the engines, so that both find the same.
//!
//! A word of the search is the beginning of a word of the case: of a piece between blanks, or of the
//! rest of a piece from any change between letters and signs. `pool` finds `db.pool:down`, and so does
//! `db.pool`. Words of one or two characters are found as a whole, and signs are words too. What is
//! *not* here: order by relevance, and other forms of a word.

use std::collections::BTreeSet;

use mainstay_core::CaseNumber;

use crate::connection::Connection;
use crate::error::StoreError;
use crate::statement::queue as statement;
use crate::value::values;

/// Longer words are cut, in the case and in the search: whoever types more has long found it.
const WORD_CHARACTERS_MAX: usize = 40;
/// Up to here a word is only found as a whole: too much begins with it.
const WHOLE_CHARACTERS_MAX: usize = 2;
/// A longer text is a pasted log; logs are evidence and are searched there.
const TEXT_CHARACTERS_MAX: usize = 20_000;
/// The words of thousands of notes; each new note would take longer to index otherwise.
const CASE_BYTES_MAX: usize = 256 << 10;
/// More words only narrow what sixteen have found.
const SEARCH_WORDS_MAX: usize = 16;
/// Signs that end a sentence and not a name.
const SENTENCE_ENDS: [char; 6] = ['.', ',', ';', ':', '!', '?'];

/// One word of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    text: String,
    whole: bool,
}

/// The words of a search; none for a text without any.
pub(crate) fn search_words(text: &str) -> Vec<Word> {
    let text = text.to_lowercase();
    let word = |piece: &str| {
        let bare = piece.trim_end_matches(SENTENCE_ENDS);
        let kept = if bare.is_empty() { piece } else { bare };
        let whole = kept.chars().nth(WHOLE_CHARACTERS_MAX).is_none();
        Word { text: first_characters(kept, WORD_CHARACTERS_MAX).to_owned(), whole }
    };
    pieces(&text).take(SEARCH_WORDS_MAX).map(word).collect()
}

/// All words, as FTS5 reads them.
pub(crate) fn match_expression(words: &[Word]) -> String {
    let term = |word: &Word| {
        let rest = if word.whole { "" } else { "*" };
        format!("\"{}\"{rest}", word.text.replace('"', "\"\""))
    };
    words.iter().map(term).collect::<Vec<_>>().join(" AND ")
}

/// All words, as PostgreSQL reads a `tsquery`.
pub(crate) fn tsquery(words: &[Word]) -> String {
    let term = |word: &Word| {
        let rest = if word.whole { "" } else { ":*" };
        format!("'{}'{rest}", word.text.replace('\\', r"\\").replace('\'', "''"))
    };
    words.iter().map(term).collect::<Vec<_>>().join(" & ")
}

/// Adds the words of these texts to those of the case.
pub(crate) async fn add_words(
    connection: &mut Connection<'_>,
    case: CaseNumber,
    texts: &[&str],
) -> Result<(), StoreError> {
    let mut found = BTreeSet::new();
    for text in texts {
        collect_words(text, &mut found);
    }
    if found.is_empty() {
        return Ok(());
    }
    let row = connection.row(statement::WORDS_OF_CASE, values![case]).await?;
    let known: Option<String> = row.map(|row| row.get("words")).transpose()?;
    let (words, sql) = match &known {
        None => (union("", &found), statement::INSERT_WORDS),
        Some(known) => (union(known, &found), statement::UPDATE_WORDS),
    };
    if known.as_ref() != Some(&words) {
        connection.execute(sql, values![case, words]).await?;
    }
    Ok(())
}

/// Both in order, up to what a case may have.
fn union(known: &str, found: &BTreeSet<String>) -> String {
    let mut words: BTreeSet<&str> = known.split(' ').filter(|word| !word.is_empty()).collect();
    let mut bytes = known.len();
    for word in found {
        if words.contains(word.as_str()) {
            continue;
        }
        bytes += word.len() + 1;
        if bytes > CASE_BYTES_MAX {
            tracing::warn!("a case has all the words it may have; new ones will not find it");
            break;
        }
        words.insert(word);
    }
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// What stands between blanks; a control character is one.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|piece| !piece.is_empty())
}

fn first_characters(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Letters and digits, with the marks on them.
    Letter,
    /// Of a script that puts no blanks between words: a word may begin at each.
    Ideograph,
    Sign(char),
}

fn kind_of(c: char) -> Kind {
    match c {
        '\u{300}'..='\u{36F}' => Kind::Letter,
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Kind::Ideograph,
        _ if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Sign(c),
    }
}

fn collect_words(text: &str, words: &mut BTreeSet<String>) {
    let text = first_characters(text, TEXT_CHARACTERS_MAX).to_lowercase();
    for piece in pieces(&text) {
        let mut last = None;
        for (start, c) in piece.char_indices() {
            let kind = kind_of(c);
            if last != Some(kind) || kind == Kind::Ideograph {
                words.extend(words_from(&piece[start..], kind).map(str::to_owned));
            }
            last = Some(kind);
        }
    }
}

/// The words that begin here: the rest of the piece, and what is short enough to be typed whole.
fn words_from(rest: &str, kind: Kind) -> impl Iterator<Item = &str> {
    let run = match kind {
        Kind::Letter => {
            let end = rest.char_indices().find(|(_, c)| kind_of(*c) != Kind::Letter);
            &rest[..end.map_or(rest.len(), |(end, _)| end)]
        }
        Kind::Ideograph | Kind::Sign(_) => first_characters(rest, 1),
    };
    let short = run.chars().nth(WHOLE_CHARACTERS_MAX).is_none().then_some(run);
    let pair = (kind == Kind::Ideograph).then(|| first_characters(rest, WHOLE_CHARACTERS_MAX));
    // a search leaves the end of a sentence away, and what is left may be short
    let bare = rest.trim_end_matches(SENTENCE_ENDS);
    let is_short = !bare.is_empty() && bare.chars().nth(WHOLE_CHARACTERS_MAX).is_none();
    let bare = is_short.then_some(bare);
    [Some(first_characters(rest, WORD_CHARACTERS_MAX)), short, pair, bare].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> String {
        let mut words = BTreeSet::new();
        collect_words(text, &mut words);
        words.into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_begin_where_letters_and_signs_change() {
        assert_eq!(words("Checkout 502s"), "502s checkout");
        assert_eq!(words("db.Pool:DOWN"), ". .pool:down : :down db db.pool:down down pool:down");
        assert_eq!(words("P1, now"), ", now p1 p1,");
        assert_eq!(words("-----"), "- -----");
        assert_eq!(words("tab\tand\u{0}nul"), "and nul tab");
        assert_eq!(
            words("支払い失敗"),
            "い い失 い失敗 失 失敗 払 払い 払い失敗 支 支払 支払い失敗 敗"
        );
        assert_eq!(words(" "), "");
    }

    #[test]
    fn a_search_is_written_for_each_engine() {
        let found = search_words("Down. c'est\\ \"x y 100%");
        assert_eq!(
            match_expression(&found),
            r#""down"* AND "c'est\"* AND """x" AND "y" AND "100%"*"#
        );
        assert_eq!(tsquery(&found), r#"'down':* & 'c''est\\':* & '"x' & 'y' & '100%':*"#);
        assert_eq!(search_words(" \n\u{0} "), vec![]);
        assert_eq!(search_words(&"many ".repeat(99)).len(), SEARCH_WORDS_MAX);
    }

    #[test]
    fn a_case_has_bounded_words() {
        let found: BTreeSet<String> = (0..100_000).map(|n| format!("word{n:06}")).collect();
        let words = union("known", &found);
        assert!(words.len() <= CASE_BYTES_MAX && words.len() > CASE_BYTES_MAX - 20);
        assert_eq!(union(&words, &found), words, "nothing more fits");
    }

    proptest! {
        /// Whoever copies a piece of a text finds the text.
        #[test]
        fn every_piece_of_a_text_finds_it(text in "\\PC{0,60}") {
            let mut words = BTreeSet::new();
            collect_words(&text, &mut words);
            for word in search_words(&text) {
                let hit = words.iter().any(|known| match word.whole {
                    true => *known == word.text,
                    false => known.starts_with(&word.text),
                });
                prop_assert!(hit, "{:?} is not among {:?}", word, words);
            }
        }

        #[test]
        fn words_are_apart(text in any::<String>()) {
            let mut words = BTreeSet::new();
            collect_words(&text, &mut words);
            for word in words {
                prop_assert!(!word.is_empty() && pieces(&word).eq([word.as_str()]));
            }
        }
    }
}
