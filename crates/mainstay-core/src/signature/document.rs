//! What a signature says: the features of a trouble and what helped, as one small text for people,
//! diffs and mail. The format is `docs/signatures.md`; this is its only reader and writer.
//!
//! ```text
//! mainstay-signature 2
//! name: pool of the payment database exhausted
//! kind: config
//! fixed in: 7.4.2
//! workaround: set maximumPoolSize back to 20
//!   and restart the ledger
//! message Tq2v5m3k4j6h7n4pa: pool exhausted: <*> in use
//! pattern pool-exhausted-jdbc
//! code ORA-00060
//! change setting maximumPoolSize
//! shape failures
//! ```

use std::collections::BTreeSet;
use std::fmt;

/// What the first line begins with.
const HEAD: &str = "mainstay-signature ";
/// What this version writes; older ones are read.
const VERSION: u32 = 2;

/// Bytes of one text; more is a log.
pub const TEXT_BYTES_MAX: usize = 64 << 10;
/// Features of one signature; more make it narrower than any trouble.
pub const FEATURES_MAX: usize = 100;
/// A name is one line in a list.
pub const NAME_CHARACTERS_MAX: usize = 200;
/// A cause or a fix is a paragraph.
pub const FIELD_CHARACTERS_MAX: usize = 10_000;
/// The words of a message beside its id; they are shown, not matched.
pub const MESSAGE_CHARACTERS_MAX: usize = 500;
/// Ids, codes, keys and names of components.
const WORD_CHARACTERS_MAX: usize = 120;
/// Mistakes told at once.
const MISTAKES_MAX: usize = 10;

/// One thing a bundle has or has not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// A template by its id, the same in every bundle.
    Message(String),
    /// A code as programs write it: `ORA-00060`, `ECONNREFUSED`.
    Code(String),
    /// A pattern of the library by its id.
    Pattern(String),
    /// What changed, by kind and by the name of the key or the component; never a value.
    Change(String, String),
    /// A group of signals that speaks against the first suspect, or a kind of finding.
    Shape(String),
    /// The kind of the first suspect.
    Kind(String),
}

/// A feature with the words that people know it by; only messages have some.
pub type Described = (Feature, String);

/// What is known of a trouble.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    /// As `inspect` names it; empty when nobody knows.
    pub kind: String,
    /// Versions that have the trouble, as the product calls them.
    pub affects: String,
    pub fixed_in: String,
    pub cause: String,
    pub workaround: String,
    pub fix: String,
    /// How to see that it is gone.
    pub verify: String,
    /// Without the kind, which is a line of its own.
    pub features: Vec<Described>,
}

/// The named lines, in the order they are written.
const FIELDS: [&str; 8] =
    ["name", "kind", "affects", "fixed in", "cause", "workaround", "fix", "verify"];

/// What is wrong with a text, line by line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Mistakes(pub Vec<Mistake>);

/// One mistake; line 0 is the text as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => out.write_str(&self.what),
            line => write!(out, "line {line}: {}", self.what),
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(id) => write!(out, "message {id}"),
            Self::Code(code) => write!(out, "code {code}"),
            Self::Pattern(id) => write!(out, "pattern {id}"),
            Self::Change(kind, name) => write!(out, "change {kind} {name}"),
            Self::Shape(word) => write!(out, "shape {word}"),
            Self::Kind(word) => write!(out, "kind {word}"),
        }
    }
}

impl Document {
    /// Everything that is matched: the features and the kind, where one is named.
    #[must_use]
    pub fn matched(&self) -> Vec<Feature> {
        let kind = (!self.kind.is_empty()).then(|| Feature::Kind(self.kind.clone()));
        self.features.iter().map(|(feature, _)| feature.clone()).chain(kind).collect()
    }

    /// The words of a feature, where it has some.
    #[must_use]
    pub fn words(&self, feature: &Feature) -> &str {
        let found = self.features.iter().find(|(own, _)| own == feature);
        found.map_or("", |(_, words)| words)
    }

    fn field(&self, name: &str) -> &str {
        match name {
            "name" => &self.name,
            "kind" => &self.kind,
            "affects" => &self.affects,
            "fixed in" => &self.fixed_in,
            "cause" => &self.cause,
            "workaround" => &self.workaround,
            "fix" => &self.fix,
            _ => &self.verify,
        }
    }

    fn field_mut(&mut self, name: &str) -> &mut String {
        match name {
            "name" => &mut self.name,
            "kind" => &mut self.kind,
            "affects" => &mut self.affects,
            "fixed in" => &mut self.fixed_in,
            "cause" => &mut self.cause,
            "workaround" => &mut self.workaround,
            "fix" => &mut self.fix,
            _ => &mut self.verify,
        }
    }
}

/// The text that `parse` reads back as the same document.
impl fmt::Display for Document {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{HEAD}{VERSION}")?;
        for name in FIELDS {
            let mut lines = self.field(name).lines();
            let Some(first) = lines.next() else { continue };
            writeln!(out, "{name}: {first}")?;
            for line in lines {
                // a line of dots only stands for one with a dot less: an empty line can be seen
                let dot = if line.bytes().all(|byte| byte == b'.') { "." } else { "" };
                writeln!(out, "  {dot}{line}")?;
            }
        }
        for (feature, words) in &self.features {
            match words.as_str() {
                "" => writeln!(out, "{feature}")?,
                words => writeln!(out, "{feature}: {words}")?,
            }
        }
        Ok(())
    }
}

/// Reads a signature; blank lines and lines that begin with `#` do not count, and a line that begins
/// with two blanks goes on with the field above it.
///
/// # Errors
/// Every mistake with its line, up to a few.
pub fn parse(text: &str) -> Result<Document, Mistakes> {
    let whole = |what: String| Mistakes(vec![Mistake { line: 0, what }]);
    if text.len() > TEXT_BYTES_MAX {
        return Err(whole(format!("the text has more than {TEXT_BYTES_MAX} bytes")));
    }
    let mut lines = (1..).zip(text.lines());
    let head = lines.next().map_or("", |(_, line)| line.trim());
    let first = |what: String| Mistakes(vec![Mistake { line: 1, what }]);
    match head.strip_prefix(HEAD).and_then(|number| number.parse::<u32>().ok()) {
        Some(1..=VERSION) => {}
        Some(newer) if newer > VERSION => {
            return Err(first(format!(
                "the format is {newer}, this version reads up to {VERSION}: update mainstay"
            )));
        }
        _ => return Err(first(format!("the first line is not \"{HEAD}{VERSION}\""))),
    }
    let mut reader = Reader::default();
    for (number, line) in lines {
        if let Err(what) = reader.line(line) {
            reader.mistakes.push(Mistake { line: number, what });
            if reader.mistakes.len() >= MISTAKES_MAX {
                break;
            }
        }
    }
    reader.end()
}

#[derive(Default)]
struct Reader {
    document: Document,
    mistakes: Vec<Mistake>,
    /// The field that a line with blanks in front goes on with.
    open: Option<&'static str>,
    fields: BTreeSet<&'static str>,
    features: BTreeSet<Feature>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let (Some(more), Some(name)) = (line.strip_prefix("  "), self.open) {
            let is_dots = !more.is_empty() && more.bytes().all(|byte| byte == b'.');
            return self.go_on(name, if is_dots { &more[1..] } else { more });
        }
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            self.open = None;
            return Ok(());
        }
        let field = FIELDS.into_iter().find_map(|name| {
            let rest = line.strip_prefix(name)?.strip_prefix(':')?;
            Some((name, rest.trim()))
        });
        if let Some((name, value)) = field {
            return self.begin(name, value);
        }
        self.open = None;
        let (feature, words) = feature(line)?;
        if self.document.features.len() >= FEATURES_MAX {
            return Err(format!("there are more than {FEATURES_MAX} features"));
        }
        if !self.features.insert(feature.clone()) {
            return Err(format!("\"{feature}\" stands there twice"));
        }
        self.document.features.push((feature, words));
        Ok(())
    }

    fn begin(&mut self, name: &'static str, value: &str) -> Result<(), String> {
        if !self.fields.insert(name) {
            return Err(format!("\"{name}\" stands there twice"));
        }
        match name {
            "name" if value.chars().count() > NAME_CHARACTERS_MAX => {
                return Err(format!("the name has more than {NAME_CHARACTERS_MAX} characters"));
            }
            "kind" if !value.is_empty() => {
                word("kind", value)?;
            }
            "affects" | "fixed in" if value.chars().count() > WORD_CHARACTERS_MAX => {
                return Err(format!("\"{name}\" has more than {WORD_CHARACTERS_MAX} characters"));
            }
            _ => {}
        }
        visible(value)?;
        // what names the trouble is one line, what explains it may be many
        self.open = (!matches!(name, "name" | "kind" | "affects" | "fixed in")).then_some(name);
        value.clone_into(self.document.field_mut(name));
        Ok(())
    }

    fn go_on(&mut self, name: &'static str, line: &str) -> Result<(), String> {
        visible(line)?;
        let field = self.document.field_mut(name);
        field.push('\n');
        field.push_str(line.trim_end());
        if field.chars().count() > FIELD_CHARACTERS_MAX {
            return Err(format!("\"{name}\" has more than {FIELD_CHARACTERS_MAX} characters"));
        }
        Ok(())
    }

    fn end(mut self) -> Result<Document, Mistakes> {
        for name in FIELDS {
            let field = self.document.field_mut(name);
            *field = field.trim().to_owned();
        }
        if self.mistakes.is_empty() {
            let whole = |what: &str| Mistake { line: 0, what: what.to_owned() };
            if self.document.name.is_empty() {
                self.mistakes.push(whole("there is no name; add a line \"name: ...\""));
            }
            let says = |feature: &Described| {
                matches!(feature.0, Feature::Message(_) | Feature::Code(_) | Feature::Pattern(_))
            };
            if !self.document.features.iter().any(says) {
                // a kind or a shape alone fits half of all troubles
                self.mistakes.push(whole("there is no message, code or pattern to know it by"));
            }
        }
        if self.mistakes.is_empty() { Ok(self.document) } else { Err(Mistakes(self.mistakes)) }
    }
}

fn feature(line: &str) -> Result<Described, String> {
    let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let bare = |feature: Feature| Ok((feature, String::new()));
    match kind {
        "message" => {
            let (id, words) = rest.split_once(':').unwrap_or((rest, ""));
            let id = id.trim();
            if !id.starts_with('T') || !id.bytes().all(|it| it.is_ascii_alphanumeric()) {
                return Err("a message has an id like Tq2v5m3k4j6h7n4pa".to_owned());
            }
            let words = words.trim();
            visible(words)?;
            if words.chars().count() > MESSAGE_CHARACTERS_MAX {
                return Err(format!("a message has more than {MESSAGE_CHARACTERS_MAX} characters"));
            }
            Ok((Feature::Message(token("message", id)?), words.to_owned()))
        }
        "code" => bare(Feature::Code(token("code", rest)?)),
        "pattern" => bare(Feature::Pattern(token("pattern", rest)?)),
        "shape" => bare(Feature::Shape(word("shape", rest)?)),
        "change" => {
            let (kind, name) = rest.split_once(' ').unwrap_or((rest, ""));
            let name = token("change", name.trim())?;
            bare(Feature::Change(word("change", kind)?, name))
        }
        _ => Err("it is no field and no message, code, pattern, change or shape".to_owned()),
    }
}

/// A name without blanks, which a person can see.
fn token(of: &str, text: &str) -> Result<String, String> {
    if text.is_empty() || text.chars().count() > WORD_CHARACTERS_MAX {
        return Err(format!("a {of} needs a name of 1 to {WORD_CHARACTERS_MAX} characters"));
    }
    if text.contains(char::is_whitespace) {
        return Err(format!("the name of a {of} holds a blank"));
    }
    visible(text)?;
    Ok(text.to_owned())
}

/// A word of ours: `out_of_memory`.
fn word(of: &str, text: &str) -> Result<String, String> {
    if !text.bytes().all(|it| it.is_ascii_lowercase() || it == b'_') {
        return Err(format!("a {of} is a word of a-z and _"));
    }
    token(of, text)
}

/// A sign that is not seen would let two texts look alike.
fn visible(text: &str) -> Result<(), String> {
    let unseen = |c: char| {
        (c.is_control() && c != '\t')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.contains(unseen) {
        Err("there is a sign that cannot be seen".to_owned())
    } else {
        Ok(())
    }
}
