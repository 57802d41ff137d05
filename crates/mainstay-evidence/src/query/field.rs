//! The fields that every record has, for messages, for completion and for the page that explains.

/// A field and what may follow its colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldHelp {
    pub name: &'static str,
    pub explains: &'static str,
    pub example: &'static str,
}

const FIELDS: [FieldHelp; 14] = [
    help("level", "the level the record states", "level:error.."),
    help("time", "when it was written", "time:2026-11-24T10:00..10:05"),
    help("source", "who wrote it", "source:payments*"),
    help("file", "the file it is in", "file:*/app.log"),
    help("template", "the event it is", "template:T4kq*"),
    help("line", "the physical line it begins with", "line:100..200"),
    help("lines", "how many physical lines it has", "lines:>5"),
    help("confidence", "how its time is known", "confidence:inherited"),
    help("trace", "its trace id", "trace:4bf92f35*"),
    help("span", "its span id", "span:00f067aa*"),
    help("request", "its request id", "request:req-7*"),
    help("text", "words it holds", "text:\"connection reset\""),
    help("has", "a field it has", "has:trace"),
    help("is", "what it is", "is:multi-line"),
];

const fn help(name: &'static str, explains: &'static str, example: &'static str) -> FieldHelp {
    FieldHelp { name, explains, example }
}

/// The fields that every record has. Any other name asks the values that the text names.
#[must_use]
pub fn fields() -> &'static [FieldHelp] {
    &FIELDS
}

/// The one of `known` that was probably meant: at most two letters differ.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let far = 3.min(word.len().max(1));
    known
        .map(|name| (distance(word, name), name))
        .filter(|(distance, _)| *distance < far)
        .min()
        .map(|(_, name)| name)
}

/// Letters to change, add or drop. Words of the language are short; longer ones are none of them.
fn distance(left: &str, right: &str) -> usize {
    const WORD_BYTES_MAX: usize = 32;
    if left.len() > WORD_BYTES_MAX || right.len() > WORD_BYTES_MAX {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, byte) in left.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, other) in right.bytes().enumerate() {
            let changed = diagonal + usize::from(!byte.eq_ignore_ascii_case(&other));
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_named() {
        let names = || FIELDS.iter().map(|field| field.name);
        assert_eq!(nearest("levle", names()), Some("level"));
        assert_eq!(nearest("sorce", names()), Some("source"));
        assert_eq!(nearest("customer", names()), None);
    }
}
