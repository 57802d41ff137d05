//! Names of people, only where something beside them says so: the name of the field, a greeting,
//! a title. What is *not* here: names in free text, which need a model of the language.

use std::ops::Range;

/// Greetings and titles, for the prefilter; a name follows. The flag: only if the line holds
/// another thing about a person.
pub(super) const INTRODUCTIONS: [(&str, bool); 14] = [
    ("my name is ", false),
    ("mr. ", false),
    ("mrs. ", false),
    ("ms. ", false),
    ("herr ", false),
    ("frau ", false),
    ("dear ", false),
    ("kind regards, ", false),
    ("best regards, ", false),
    ("i am ", true),
    ("i'm ", true),
    ("this is ", true),
    ("hi ", true),
    ("hello ", true),
];
/// `…, Mia Sample here`.
pub(super) const HERE: &str = " here";
const WORDS_MAX: usize = 4;
const WORD_BYTES: std::ops::RangeInclusive<usize> = 2..=24;

/// The name after a greeting or a title.
pub(super) fn after(line: &str, hit: Range<usize>) -> Option<Range<usize>> {
    let before = line[..hit.start].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let place = words(line, hit.end);
    let is_title = line[hit].trim_end().ends_with('.') || {
        let head = &line[..place.start];
        head.ends_with("Herr ") || head.ends_with("Frau ")
    };
    let least = if is_title { 1 } else { 2 };
    is_name(&line[place.clone()], least).then_some(place)
}

/// The name before ` here`.
pub(super) fn before(line: &str, at: usize) -> Option<Range<usize>> {
    let start = line[..at].rfind([',', '.', '!', ':', '-', '\n', '"']).map_or(0, |end| end + 1);
    let start = start + (line[start..at].len() - line[start..at].trim_start().len());
    is_name(&line[start..at], 2).then_some(start..at)
}

/// The capitalised words that start at `start`.
pub(super) fn words(line: &str, start: usize) -> Range<usize> {
    let mut end = start;
    for (count, word) in line[start..].split(' ').enumerate() {
        let letters = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
        if count == WORDS_MAX || !is_name_word(letters) {
            break;
        }
        end += usize::from(count > 0) + letters.len();
        if letters.len() < word.len() {
            break;
        }
    }
    start..end
}

/// `Mia Sample`, `Jörg van der Muster`, `O'Neil`: at least `least` words that begin with a capital.
pub(super) fn is_name(text: &str, least: usize) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let particle = |word: &str| matches!(word, "van" | "der" | "de" | "von" | "la" | "di" | "bin");
    let capitals = words.iter().filter(|word| is_name_word(word)).count();
    capitals >= least
        && words.len() <= WORDS_MAX
        && words.iter().all(|word| is_name_word(word) || particle(word))
}

fn is_name_word(word: &str) -> bool {
    const NO_NAMES: [&str; 40] = [
        "the",
        "team",
        "support",
        "customer",
        "all",
        "sir",
        "madam",
        "hello",
        "please",
        "error",
        "warning",
        "info",
        "debug",
        "system",
        "service",
        "server",
        "client",
        "user",
        "admin",
        "default",
        "test",
        "unknown",
        "null",
        "none",
        "true",
        "false",
        "internal",
        "bad",
        "not",
        "request",
        "everyone",
        "everybody",
        "there",
        "again",
        "colleagues",
        "desk",
        "help",
        "windows",
        "linux",
        "apache",
    ];
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && WORD_BYTES.contains(&word.len())
        && letters.all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '-' | '’'))
        && word.chars().skip(1).any(char::is_lowercase)
        && !NO_NAMES.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_capitalised_words() {
        for (text, expect) in [
            ("Mia Sample", true),
            ("Jörg Müller-Lüdenscheidt", true),
            ("Ana de la Cruz", true),
            ("mia sample", false),
            ("Support Team", false),
            ("HTTP Server", false),
            ("Checkout", false),
            ("worker-3 Pool", false),
        ] {
            assert_eq!(is_name(text, 2), expect, "{text}");
        }
    }
}
