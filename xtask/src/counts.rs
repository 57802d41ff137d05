//! The sum of what the test runners counted, from their own closing lines: nextest, cargo test,
//! vitest, node's runner, and the plain line `word: 9 passed, 1 failed` of our browser tests. A
//! runner that printed no closing line adds nothing, and a sum of nothing is an error: a run without
//! tests must not look like a good one.

use anyhow::{Result, ensure};

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// Reads the output of all runners.
pub(crate) fn count(output: &str) -> Result<Counts> {
    let mut counts = Counts::default();
    for line in output.lines().map(without_colours) {
        let line = line.trim();
        if is_closing(line) || is_plain(line) {
            counts.passed += number_before(line, "passed");
            counts.failed += number_before(line, "failed");
        }
        counts.passed += number_after(line, "pass");
        counts.failed += number_after(line, "fail");
    }
    ensure!(counts.passed + counts.failed > 0, "no runner counted a test");
    Ok(counts)
}

fn is_closing(line: &str) -> bool {
    let nextest = line.starts_with("Summary [");
    let cargo = line.starts_with("test result: ");
    // "Test Files 3 passed" is vitest's other line
    let vitest = line.starts_with("Tests ");
    nextest || cargo || vitest
}

/// `9 passed, 1 failed`, with at most one word and a colon before it and `, 2 skipped` after it.
fn is_plain(line: &str) -> bool {
    let counted = match line.split_once(": ") {
        Some((word, counted)) if !word.contains(' ') => counted,
        _ => line,
    };
    let parts: Vec<Option<(&str, &str)>> =
        counted.split(", ").map(|part| part.split_once(' ')).collect();
    let expected = ["passed", "failed", "skipped"];
    (2..=3).contains(&parts.len())
        && parts.iter().zip(expected).all(|(part, word)| {
            part.is_some_and(|(number, found)| found == word && number.parse::<u64>().is_ok())
        })
}

/// The number of node's runner, `ℹ pass 9`.
fn number_after(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split(' ').collect();
    match words.as_slice() {
        ["ℹ" | "#", found, number] if *found == word => number.parse().unwrap_or(0),
        _ => 0,
    }
}

/// The number in front of the first such word.
fn number_before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let place = words.iter().position(|found| *found == word);
    let number = place.and_then(|place| words.get(place.checked_sub(1)?)?.parse().ok());
    number.unwrap_or(0)
}

/// The line without ANSI colours.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added() {
        let output =
            "     Summary [  12.301s] 210 tests run: 208 passed (1 slow), 2 failed, 0 skipped
 Test Files  3 passed (3)
\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m14 passed\u{1b}[39m\u{1b}[22m (14)
browser: 9 passed, 1 failed
ℹ pass 4
ℹ fail 0
test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.69s
an order of 7 passed, 3 failed somewhere in a log
ℹ pass the salt";
        let counts = count(output).expect("tests were counted");
        assert_eq!(counts, Counts { passed: 208 + 14 + 9 + 4 + 5, failed: 3 });
    }

    #[test]
    fn a_run_without_tests_is_an_error() {
        assert!(count("Finished in 3 s").is_err());
    }
}
