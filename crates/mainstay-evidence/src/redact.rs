//! Hides credentials and identities before anything is parsed, stored or shown.
//!
//! One prefilter pass finds the literals that a rule needs; an expression runs only where one of
//! its literals is. Credentials become a constant; identities become a pseudonym that is the same
//! for the same value in the whole bundle. The number of lines never changes, JSON stays JSON, and
//! redacting twice is redacting once. What is *not* here: names of people in free text, which need a
//! model of the language.

mod account;
mod address;
mod audit;
mod carry;
mod count;
mod encoded;
mod explain;
mod family;
mod find;
mod host;
mod identity;
mod identity_map;
mod invisible;
mod keyed;
mod kind;
mod known;
mod listed;
mod numbers;
mod official;
mod outline;
mod person;
mod policy;
mod private_key;
mod pseudonym;
mod resolve;
mod rule;
mod rules_file;
mod scan;
mod shown;
mod telling;
mod text;
mod tokens;
mod value;
mod vendor;
mod words;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde_json::Value;

pub use audit::{AuditEntry, AuditPlace};
pub use count::{KindCount, RedactionCounts};
pub use explain::Kept;
pub use identity_map::{AgeError, Collected, Identity, IdentityMap, IdentityMapError, Recipient};
pub use kind::Kind;
pub use policy::{Policy, RuleError};
pub use pseudonym::is_pseudonym;
pub use rule::Rule;
pub use rules_file::{Mistake, RulesError, RulesOutline};
pub use shown::{ShownHit, ShownLine, ShownPart};

pub(crate) use listed::{List, Listed};

use audit::Audit;
use carry::Carry;
use count::PLACES_MAX;
use find::{Findings, Search, find};
use known::Known;
use pseudonym::{Key, Pseudonyms};
use resolve::Hidden;
use scan::Marks;
use telling::Telling;

/// Hiding one value can lay bare the edge of the next; each round hides at least one byte more.
const ROUNDS_MAX: usize = 16;

/// Finds and hides. Cheap to make: the rules are compiled once for the process.
#[derive(Debug, Clone)]
pub struct Redactor {
    key: Key,
    known: Option<Arc<Known>>,
    policy: Option<Arc<Policy>>,
    /// Where every session leaves what stands behind its pseudonyms.
    collected: Option<Collected>,
}

/// A value found in a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub place: Range<usize>,
    pub kind: Kind,
    /// Why it is hidden.
    pub rule: Rule,
    pub replacement: String,
}

impl Redactor {
    /// A redactor whose pseudonyms belong to `pseudonym_key`.
    #[must_use]
    pub fn new(pseudonym_key: [u8; 32]) -> Self {
        Self { key: Key::new(&pseudonym_key), known: None, policy: None, collected: None }
    }

    /// Hides these names too, wherever they stand: what the bundle's own lists say about its hosts
    /// and its users. Names that everybody has (`root`, `localhost`) stay.
    #[must_use]
    pub fn with_identities(mut self, hosts: &[String], users: &[String]) -> Self {
        self.known = Known::new(hosts, users).map(Arc::new);
        self
    }

    /// Uses these rules besides our own.
    #[must_use]
    pub fn with_policy(mut self, policy: Arc<Policy>) -> Self {
        self.policy = Some(policy).filter(|policy| !policy.is_empty());
        self
    }

    /// Collects what stands behind the pseudonyms of every session there.
    #[must_use]
    pub fn with_collected(mut self, collected: Collected) -> Self {
        self.collected = Some(collected);
        self
    }

    /// Why something was hidden, in a word: the name of a rule of the user's, or the kind of ours.
    #[must_use]
    pub fn rule_name(&self, rule: Rule) -> &str {
        match (rule, &self.policy) {
            (Rule::Custom(index), Some(policy)) => {
                policy.rule_name(usize::from(index)).unwrap_or(rule.as_str())
            }
            _ => rule.as_str(),
        }
    }

    /// The state for the lines of one file, for the rules that name paths too.
    #[must_use]
    pub fn session_for(&self, path: &str) -> RedactSession<'_> {
        self.session_after(path, 0)
    }

    /// The state for the lines of one file, or for texts of their own.
    #[must_use]
    pub fn session(&self) -> RedactSession<'_> {
        self.session_at(None, 0)
    }

    /// The same for the lines after the first `line` of a file, if nothing in those tells about
    /// these.
    pub(crate) fn session_after(&self, path: &str, line: u64) -> RedactSession<'_> {
        self.session_at(Some(path), line)
    }

    fn session_at(&self, path: Option<&str>, line: u64) -> RedactSession<'_> {
        RedactSession {
            redactor: self,
            search: Search {
                known: self.known.as_deref(),
                pseudonyms: Pseudonyms::new(&self.key),
                marks: Marks::default(),
                policy: self.policy.as_deref(),
                policy_state: self.policy.as_ref().map(|policy| policy.state(path)),
                is_aside: false,
                is_inside: false,
            },
            carry: Carry::default(),
            line,
            counts: Default::default(),
            audit: None,
            identities: self.collected.as_ref().map(|_| IdentityMap::default()),
        }
    }

    /// What was looked at in a line and stays, and why. `hidden`: what [`Self::spans`] found.
    #[must_use]
    pub fn kept(&self, line: &str, hidden: &[Span]) -> Vec<Kept> {
        let places: Vec<Range<usize>> = hidden.iter().map(|span| span.place.clone()).collect();
        explain::kept(line, &places)
    }
}

impl Drop for RedactSession<'_> {
    fn drop(&mut self) {
        if let (Some(collected), Some(identities)) =
            (&self.redactor.collected, &mut self.identities)
        {
            collected.add(std::mem::take(identities));
        }
    }
}

/// Redacts one file line by line and counts.
#[derive(Debug)]
pub struct RedactSession<'r> {
    redactor: &'r Redactor,
    search: Search<'r>,
    carry: Carry,
    line: u64,
    /// By kind.
    counts: [KindCount; Kind::ALL.len()],
    /// Kept only where a record is asked for.
    audit: Option<Audit>,
    /// Kept only where somebody may look back.
    identities: Option<IdentityMap>,
}

impl<'r> RedactSession<'r> {
    /// Does what stood on the last lines tell about the next?
    pub(crate) fn tells_about_next(&self) -> bool {
        self.carry != Carry::default()
            || self.search.policy_state.as_ref().is_some_and(policy::PolicyState::remembers)
    }

    /// A session for the lines that follow, with counts of its own.
    pub(crate) fn following(&self) -> Self {
        let mut session = self.redactor.session_at(None, self.line);
        session.carry = self.carry.clone();
        session.search.policy_state = self.search.policy_state.clone();
        session
    }

    /// The other one, of the same redactor, remembers the pseudonyms that were made here.
    pub(crate) fn give_memory_to(&mut self, other: &mut Self) {
        debug_assert!(std::ptr::eq(self.redactor, other.redactor));
        self.search.pseudonyms.give_memory_to(&mut other.search.pseudonyms);
        std::mem::swap(&mut self.search.marks, &mut other.search.marks);
    }

    /// What was hidden so far.
    pub(crate) fn counts(&self) -> RedactionCounts {
        let counted = Kind::ALL.into_iter().zip(&self.counts);
        let kinds = counted
            .filter(|(_, counted)| counted.count > 0)
            .map(|(kind, counted)| (kind.as_str().to_owned(), counted.clone()))
            .collect();
        RedactionCounts { kinds }
    }

    /// The next line, without its line end.
    pub fn line<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.line += 1;
        let Some(visible) = invisible::strip(text) else {
            let first = self.find_in_line(text);
            return self.hide(text, first);
        };
        let first = self.find_in_line(&visible.text);
        self.hide_visible(text, &visible.text, first)
    }

    /// A text that is not a line of the file: a decoded value or a path. It may hold lines of its
    /// own.
    pub fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if memchr::memchr(b'\n', text.as_bytes()).is_none() {
            let Some(visible) = invisible::strip(text) else {
                let first = self.find_alone(text);
                return self.hide(text, first);
            };
            let first = self.find_alone(&visible.text);
            return self.hide_visible(text, &visible.text, first);
        }
        let mut inner = self.redactor.session();
        if let (Some(policy), Some(state)) = (&self.redactor.policy, &self.search.policy_state) {
            inner.search.policy_state = Some(policy.state_like(state));
        }
        let lines: Vec<Cow<'_, str>> = text.split('\n').map(|line| inner.line(line)).collect();
        if lines.iter().all(|line| matches!(line, Cow::Borrowed(_))) {
            return Cow::Borrowed(text);
        }
        for (counted, inner) in self.counts.iter_mut().zip(&inner.counts) {
            counted.count += inner.count;
        }
        Cow::Owned(lines.join("\n"))
    }

    /// Ends the file.
    #[must_use]
    pub fn finish(self) -> RedactionCounts {
        self.counts()
    }

    fn find_in_line(&mut self, text: &str) -> Findings {
        find(text, &mut self.carry, &mut self.search)
    }

    fn find_alone(&mut self, text: &str) -> Findings {
        self.search.is_aside = true;
        let found = find(text, &mut Carry::default(), &mut self.search);
        self.search.is_aside = false;
        found
    }

    /// Keeps a record of every place, for [`Self::finish_audited`].
    pub fn keep_record(&mut self) {
        self.audit = Some(Audit::default());
    }

    /// Keeps what stands behind each pseudonym, for [`Self::take_identities`].
    pub fn keep_identities(&mut self) {
        self.identities = Some(IdentityMap::default());
    }

    /// What stands behind the pseudonyms so far.
    #[must_use]
    pub fn take_identities(&mut self) -> IdentityMap {
        self.identities.take().unwrap_or_default()
    }

    /// Ends the file and gives the record of what was hidden where and why.
    #[must_use]
    pub fn finish_audited(mut self) -> (RedactionCounts, Vec<AuditEntry>) {
        let redactor = self.redactor;
        let audit = self.audit.take().unwrap_or_default();
        let entries = audit.finish(|rule| redactor.rule_name(rule).to_owned());
        (self.finish(), entries)
    }

    fn note(&mut self, one: &Hidden, offset: Option<usize>) {
        if let Some(audit) = &mut self.audit {
            audit.note(one.rule, one.kind, self.line, offset);
        }
        let counted = &mut self.counts[one.kind as usize];
        counted.count += 1;
        let is_new = counted.lines.last() != Some(&self.line);
        if self.line > 0 && counted.lines.len() < PLACES_MAX && is_new {
            counted.lines.push(self.line);
        }
    }

    /// A line with characters that nobody sees loses them if it holds anything.
    fn hide_visible<'t>(&mut self, whole: &'t str, visible: &str, first: Findings) -> Cow<'t, str> {
        if first.hidden.is_empty() {
            return Cow::Borrowed(whole);
        }
        Cow::Owned(self.hide(visible, first).into_owned())
    }

    fn hide<'t>(&mut self, text: &'t str, first: Findings) -> Cow<'t, str> {
        if first.hidden.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut found = first;
        let mut result = Cow::Borrowed(text);
        for round in 0.. {
            // what is not settled by now is made to break us: nothing of it is kept
            if round == ROUNDS_MAX {
                return Cow::Owned(format!("<{}>", Kind::Secret.as_str()));
            }
            for one in &found.hidden {
                if let Some(identities) = &mut self.identities {
                    identities.note(one.kind, &one.replacement, &result[one.place.clone()]);
                }
                self.note(one, (round == 0).then_some(one.place.start));
            }
            result = Cow::Owned(replace(&result, &found.hidden));
            if found.is_settled {
                break;
            }
            found = self.find_alone(&result);
            if found.hidden.is_empty() {
                break;
            }
        }
        if may_be_json(text) && !is_json(&result) && is_json(text) {
            return Cow::Owned(self.leaves(text));
        }
        result
    }

    /// The slow and certain way for a document that line mode would break: each decoded string by
    /// itself.
    fn leaves(&mut self, text: &str) -> String {
        let Ok(mut document) = serde_json::from_str::<Value>(text) else { return String::new() };
        self.leaf(&mut document, None);
        document.to_string()
    }

    fn leaf(&mut self, value: &mut Value, name: Option<&str>) {
        match value {
            Value::Object(fields) => {
                for (name, mut value) in std::mem::take(fields) {
                    self.leaf(&mut value, Some(&name));
                    fields.insert(self.text(&name).into_owned(), value);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.leaf(item, name)),
            Value::String(_) | Value::Number(_) => {
                let tells = name.and_then(telling::telling);
                let hidden = match (tells, &*value) {
                    (
                        Some(
                            Telling::Password
                            | Telling::Secret
                            | Telling::Session
                            | Telling::Authorization,
                        ),
                        _,
                    ) => "<secret>".to_owned(),
                    (_, Value::String(text)) => self.text(text).into_owned(),
                    (_, other) => self.text(&other.to_string()).into_owned(),
                };
                let is_number = value.is_number() && hidden.parse::<f64>().is_ok();
                if !is_number {
                    *value = Value::String(hidden);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}

fn may_be_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

fn replace(text: &str, hidden: &[Hidden]) -> String {
    let longer: usize = hidden.iter().map(|one| one.replacement.len()).sum();
    let mut result = String::with_capacity(text.len() + longer);
    let mut at = 0;
    for one in hidden {
        result.push_str(&text[at..one.place.start]);
        result.push_str(&one.replacement);
        at = one.place.end;
    }
    result.push_str(&text[at..]);
    result
}
