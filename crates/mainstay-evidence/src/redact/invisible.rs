//! Characters without a width, which cut a name or a value in two for a program and for nobody else.

/// A text without them, and where they were.
pub(super) struct Visible {
    pub(super) text: String,
    /// Place in `text` and bytes left out before it, in order.
    gaps: Vec<(usize, usize)>,
}

/// `None` when there are none, which is nearly always.
pub(super) fn strip(text: &str) -> Option<Visible> {
    if text.is_ascii() || !text.contains(is_invisible) {
        return None;
    }
    let mut visible = Visible { text: String::with_capacity(text.len()), gaps: Vec::new() };
    let mut left_out = 0;
    for letter in text.chars() {
        if is_invisible(letter) {
            left_out += letter.len_utf8();
            visible.gaps.push((visible.text.len(), left_out));
        } else {
            visible.text.push(letter);
        }
    }
    Some(visible)
}

/// Blanks without width, joiners, marks of direction, the soft hyphen and the mark of byte order.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Visible {
    /// Where a place of the visible text begins in the whole one.
    pub(super) fn start(&self, place: usize) -> usize {
        place + self.left_out(self.gaps.partition_point(|(at, _)| *at <= place))
    }

    /// Where the text before a place ends in the whole one.
    pub(super) fn end(&self, place: usize) -> usize {
        place + self.left_out(self.gaps.partition_point(|(at, _)| *at < place))
    }

    fn left_out(&self, gaps: usize) -> usize {
        gaps.checked_sub(1).map_or(0, |last| self.gaps[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn places_are_those_of_the_whole_text() {
        let whole = "a\u{200b}b\u{feff}\u{200b}=gé\u{ad}heim!";
        let visible = strip(whole).expect("there are some");
        assert_eq!(visible.text, "ab=géheim!");
        let (start, end) = (visible.start(3), visible.end("ab=géheim".len()));
        assert_eq!(&whole[start..end], "gé\u{ad}heim");
        assert!(strip("größer").is_none());
    }
}
