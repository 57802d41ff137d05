//! Where one record of a file ends whose records are not lines: elements of a JSON array, JSON
//! documents one after the other, Windows events in XML, and syslog messages that state their
//! length. Runs over single bytes, so it needs nothing but its own few words of state.

use crate::recognise::Framing;

/// Nesting that is told apart; deeper containers count as objects.
const DEPTH_MAX: usize = 128;
/// The tag that ends a Windows event.
const EVENT_END: &[u8] = b"</Event>";

/// Finds the ends of records.
#[derive(Debug, Clone, Default)]
pub(super) struct Framer {
    json: Json,
    /// Bytes of `EVENT_END` that the last bytes spelled.
    matched: usize,
    octets: Octets,
    journal: Journal,
}

/// An entry of `journalctl -o export` ends at an empty line, but for fields of bytes, which state
/// their length in eight bytes after a line with their name.
#[derive(Debug, Clone, Copy, Default)]
struct Journal {
    /// Bytes of the line so far, and whether a `=` was among them.
    line: u32,
    named: bool,
    /// Bytes of a length that are still to come, and the length so far.
    length_left: u32,
    length: u64,
    data_left: u64,
}

#[derive(Debug, Clone, Default)]
struct Json {
    depth: usize,
    /// One bit for each open container: is it an array?
    arrays: u128,
    in_text: bool,
    escaped: bool,
}

#[derive(Debug, Clone, Copy, Default)]
enum Octets {
    #[default]
    Start,
    Length(u32),
    Left(u32),
}

impl Framer {
    /// Takes a byte on; does a record end after it?
    pub(super) fn ends_after(&mut self, framing: Framing, byte: u8) -> bool {
        match framing {
            Framing::JsonElements(depth) => self.json.ends_after(depth, byte),
            Framing::XmlEvents => self.event_ends_after(byte),
            Framing::CountedOctets => self.octets.ends_after(byte),
            Framing::JournalExport => self.journal.ends_after(byte),
            Framing::Lines => byte == b'\n',
        }
    }

    fn event_ends_after(&mut self, byte: u8) -> bool {
        self.matched = match () {
            () if EVENT_END[self.matched] == byte => self.matched + 1,
            () => usize::from(byte == EVENT_END[0]),
        };
        let ends = self.matched == EVENT_END.len();
        if ends {
            self.matched = 0;
        }
        ends
    }
}

impl Json {
    fn ends_after(&mut self, element_depth: u8, byte: u8) -> bool {
        if self.in_text {
            let ends = byte == b'"' && !self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            self.in_text = !ends;
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => {
                if self.depth < DEPTH_MAX {
                    let bit = 1_u128 << self.depth;
                    self.arrays = if byte == b'[' { self.arrays | bit } else { self.arrays & !bit };
                }
                self.depth += 1;
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                let inside = self.depth;
                let in_array = inside > 0
                    && inside <= DEPTH_MAX
                    && self.arrays & (1_u128 << (inside - 1)) != 0;
                return byte == b'}'
                    && inside == usize::from(element_depth)
                    && (inside == 0 || in_array);
            }
            _ => {}
        }
        false
    }
}

/// Between the fields of an entry that was made one line.
pub(super) const JOURNAL_SEPARATOR: &str = " ";
/// What begins the last of them.
pub(super) const JOURNAL_MESSAGE: &str = " MESSAGE=";
/// Bytes of a length in the journal's export.
const JOURNAL_LENGTH_BYTES: u32 = 8;

impl Journal {
    fn ends_after(&mut self, byte: u8) -> bool {
        if self.length_left > 0 {
            let place = JOURNAL_LENGTH_BYTES - self.length_left;
            self.length |= u64::from(byte) << (8 * place);
            self.length_left -= 1;
            if self.length_left == 0 {
                self.data_left = self.length;
            }
            return false;
        }
        if self.data_left > 0 {
            self.data_left -= 1;
            self.line = 1;
            self.named = true;
            return false;
        }
        if byte != b'\n' {
            self.line = self.line.saturating_add(1);
            self.named |= byte == b'=';
            return false;
        }
        let (empty, binary) = (self.line == 0, self.line > 0 && !self.named);
        *self = Self::default();
        if binary {
            self.length_left = JOURNAL_LENGTH_BYTES;
        }
        empty
    }
}

impl Octets {
    /// A message that breaks the framing ends with its line.
    fn ends_after(&mut self, byte: u8) -> bool {
        let (next, ends) = match (*self, byte) {
            (Self::Start, b'0'..=b'9') => (Self::Length(u32::from(byte - b'0')), false),
            (Self::Start, _) => (Self::Start, byte == b'\n'),
            (Self::Length(length), b'0'..=b'9') if length < 1 << 20 => {
                (Self::Length(length * 10 + u32::from(byte - b'0')), false)
            }
            (Self::Length(length), b' ') if length > 0 => (Self::Left(length), false),
            (Self::Length(_), _) => (Self::Start, byte == b'\n'),
            (Self::Left(left), _) if left <= 1 => (Self::Start, true),
            (Self::Left(left), _) => (Self::Left(left - 1), false),
        };
        *self = next;
        ends
    }
}

/// The text of one record: without what only frames it, in one line.
pub(super) fn unframed(framing: Framing, text: &str) -> String {
    match framing {
        Framing::Lines => text.to_owned(),
        Framing::JsonElements(depth) => element(text, depth),
        Framing::XmlEvents => event(text),
        Framing::CountedOctets => message(text),
        Framing::JournalExport => journal_entry(text),
    }
}

/// The fields of an entry with their separator between them, the message last.
fn journal_entry(text: &str) -> String {
    let mut fields = Vec::new();
    let mut message = String::new();
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, value.to_owned()),
            None if line.is_empty() => continue,
            None => {
                // the length stands in front of the bytes; a line of them may look like a field
                let data = lines.next().unwrap_or_default();
                let mut value: String = data.chars().skip(JOURNAL_LENGTH_BYTES as usize).collect();
                while let Some(more) = lines.next_if(|more| !is_journal_field(more)) {
                    value.push_str("#012");
                    value.push_str(more);
                }
                (line, value)
            }
        };
        if name == "MESSAGE" {
            message = value;
        } else {
            fields.push(format!("{name}={value}"));
        }
    }
    if fields.is_empty() && message.is_empty() {
        return String::new();
    }
    format!("{}{JOURNAL_MESSAGE}{message}", fields.join(JOURNAL_SEPARATOR))
}

/// `_PID=…`: capital letters, digits and underscores.
fn is_journal_field(line: &str) -> bool {
    let name = line.split('=').next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    line.is_empty() || (!name.is_empty() && name.bytes().all(plain))
}

/// An object without blanks between its tokens. What stands before it belongs to the document.
fn element(text: &str, depth: u8) -> String {
    // the last element's closing brackets, or nothing
    let punctuation = |byte: u8| byte.is_ascii_whitespace() || b",[]{}".contains(&byte);
    if text.bytes().all(punctuation) {
        return String::new();
    }
    let start = opening(text, depth).unwrap_or(0);
    let mut compact = String::with_capacity(text.len() - start);
    let (mut in_text, mut escaped) = (false, false);
    for character in text[start..].chars() {
        if in_text {
            in_text = character != '"' || escaped;
            escaped = character == '\\' && !escaped;
        } else if character == '"' {
            in_text = true;
        } else if character.is_ascii_whitespace() {
            continue;
        }
        // a text may not hold a line break, but a broken one does
        compact.push(if character == '\n' || character == '\r' { ' ' } else { character });
    }
    compact
}

/// The place of the element's own brace: the last one that opens with only the document around it.
fn opening(text: &str, depth: u8) -> Option<usize> {
    let trimmed = text
        .trim_start_matches(|character: char| character.is_ascii_whitespace() || character == ',');
    let skipped = text.len() - trimmed.len();
    if !text.trim_start().starts_with(',') && depth > 0 {
        // the first element: the document opens before it
        return first_opening(text, depth);
    }
    trimmed.starts_with('{').then_some(skipped)
}

fn first_opening(text: &str, depth: u8) -> Option<usize> {
    let mut json = Json::default();
    for (place, byte) in text.bytes().enumerate() {
        let in_array = json.depth > 0
            && json.depth <= DEPTH_MAX
            && json.arrays & (1_u128 << (json.depth - 1)) != 0;
        if byte == b'{' && !json.in_text && json.depth == usize::from(depth) && in_array {
            return Some(place);
        }
        json.ends_after(depth, byte);
    }
    None
}

/// An event from its tag on, with one blank for each run of line break and indentation.
fn event(text: &str) -> String {
    let rest = text.trim();
    if matches!(rest, "" | "</Events>") {
        return String::new();
    }
    let start = memchr::memmem::rfind(rest.as_bytes(), b"<Event ")
        .or_else(|| memchr::memmem::rfind(rest.as_bytes(), b"<Event>"));
    let mut line = String::with_capacity(rest.len());
    for part in rest[start.unwrap_or(0)..].split(['\n', '\r']) {
        let part = part.trim();
        if !line.is_empty() && !part.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// A message without its length; a line break inside is written as a syslog daemon would.
fn message(text: &str) -> String {
    let text = text.trim_matches(['\n', '\r']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let inner = text[digits..].strip_prefix(' ').unwrap_or(text);
    inner.replace("\r\n", "#012").replace('\n', "#012").trim_end_matches("#012").to_owned()
}
