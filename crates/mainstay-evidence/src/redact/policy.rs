//! Rules of a customer or a product, ready for use: what is hidden besides what we know, and what
//! stays whatever we think. What is *not* here: how they are written (`rules_file`).

mod cost;

use std::collections::HashSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Regex, RegexBuilder};

use super::keyed;
use super::kind::Kind;
use super::outline::{Outline, Pattern};
use super::resolve::Candidate;
use super::rule::Rule;
use super::telling::Telling;
use super::text::is_word;
use cost::{Cover, RULES_MAX};

/// A program of this size matches in memory that nobody notices; a larger one is a mistake.
const EXPRESSION_BYTES_MAX: usize = 1 << 20;
/// Why a rule is refused.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error("rule {rule}: the pattern is not valid: {reason}")]
    Pattern { rule: String, reason: String },
    #[error("rule {rule}: the pattern matches the empty text, so it would hide nothing everywhere")]
    Empty { rule: String },
    #[error(
        "rule {rule}: it would hide {percent} % of {what} ({hidden} of {bytes} bytes): make it \
         narrower"
    )]
    Everything { rule: String, what: &'static str, percent: usize, hidden: usize, bytes: usize },
    #[error(
        "all rules together would hide {percent} % of {what} ({hidden} of {bytes} bytes): make \
         them narrower"
    )]
    Together { what: &'static str, percent: usize, hidden: usize, bytes: usize },
    #[error("{count} rules: every line is asked by each of them; {RULES_MAX} are the most")]
    TooMany { count: usize },
    #[error("rule {rule}: {what} is empty")]
    Nothing { rule: String, what: &'static str },
    #[error("rule {rule}: there is no kind {kind}: leave it out, or name one of the documentation")]
    Kind { rule: String, kind: String },
}

/// What a rule looks for.
#[derive(Debug, Clone)]
enum Test {
    Words(AhoCorasick),
    Keys(AhoCorasick),
    Pattern {
        /// The line before must match this.
        after: Option<Regex>,
        expression: Regex,
        /// Groups to hide; empty: the whole match.
        hide: Vec<usize>,
        /// Groups to leave out altogether.
        drop: Vec<usize>,
    },
    Place(Pattern),
}

impl Test {
    fn looks_back(&self) -> bool {
        matches!(self, Self::Place(_) | Self::Pattern { after: Some(_), .. })
    }
}

/// A rule of the user's.
#[derive(Debug, Clone)]
struct Custom {
    name: String,
    kind: Kind,
    /// Only in files whose path matches.
    files: Option<Regex>,
    test: Test,
}

/// All rules of the user's.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    rules: Vec<Custom>,
    allowed_values: HashSet<String>,
    allowed_patterns: Vec<Regex>,
    allowed_keys: HashSet<String>,
}

/// Where in which files a rule applies and what comes out.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope<'r> {
    pub(super) name: &'r str,
    pub(super) kind: Option<&'r str>,
    pub(super) files: &'r [String],
}

/// What a session remembers for the rules.
#[derive(Debug, Default, Clone)]
pub(super) struct PolicyState {
    /// The rules for this file.
    active: Vec<usize>,
    /// One of them looks at the lines before.
    remembers: bool,
    /// Those whose line before matched.
    after: Vec<bool>,
    outline: Outline,
}

impl PolicyState {
    /// Do the lines before tell about the next?
    pub(super) fn remembers(&self) -> bool {
        self.remembers
    }
}

impl Policy {
    pub(super) fn hide_words(
        &mut self,
        scope: &Scope<'_>,
        words: &[String],
    ) -> Result<(), RuleError> {
        let test = Test::Words(automaton(scope, words, "words")?);
        self.push(scope, test)
    }

    pub(super) fn hide_keys(
        &mut self,
        scope: &Scope<'_>,
        keys: &[String],
    ) -> Result<(), RuleError> {
        let test = Test::Keys(automaton(scope, keys, "keys")?);
        self.push(scope, test)
    }

    pub(super) fn hide_place(&mut self, scope: &Scope<'_>, path: &str) -> Result<(), RuleError> {
        if path.is_empty() {
            return Err(RuleError::Nothing { rule: scope.name.to_owned(), what: "the path" });
        }
        self.push(scope, Test::Place(Pattern::parse(path)))
    }

    /// Groups named `mask` (or `hide`) are hidden and groups named `drop` left out; without them
    /// group 1, or else the whole match. `after`: only in a line whose line before matches it.
    pub(super) fn hide_pattern(
        &mut self,
        scope: &Scope<'_>,
        pattern: &str,
        after: Option<&str>,
    ) -> Result<(), RuleError> {
        let expression = compile(scope.name, pattern)?;
        let named = |words: [&str; 2]| -> Vec<usize> {
            let names = expression.capture_names().enumerate();
            let is_named = |name: Option<&str>| {
                name.is_some_and(|name| {
                    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
                    words.contains(&stem.trim_end_matches('_'))
                })
            };
            names.filter(|(_, name)| is_named(*name)).map(|(index, _)| index).collect()
        };
        let (mut hide, drop) = (named(["mask", "hide"]), named(["drop", "drop"]));
        if hide.is_empty() && drop.is_empty() && expression.captures_len() == 2 {
            hide.push(1);
        }
        let after = after.map(|after| compile(scope.name, after)).transpose()?;
        let test = Test::Pattern { after, expression, hide, drop };
        self.push(scope, test)
    }

    pub(super) fn allow_values(&mut self, values: &[String]) {
        self.allowed_values.extend(values.iter().map(|value| value.to_lowercase()));
    }

    pub(super) fn allow_keys(&mut self, keys: &[String]) {
        self.allowed_keys.extend(keys.iter().map(|key| key.to_lowercase()));
    }

    pub(super) fn allow_pattern(&mut self, name: &str, pattern: &str) -> Result<(), RuleError> {
        compile(name, pattern)?;
        // the whole value, or a part would let the rest pass
        self.allowed_patterns.push(compile(name, &format!("^(?:{pattern})$"))?);
        Ok(())
    }

    /// For a text of its own in the same file.
    pub(super) fn state_like(&self, other: &PolicyState) -> PolicyState {
        PolicyState {
            active: other.active.clone(),
            remembers: other.remembers,
            after: vec![false; self.rules.len()],
            outline: Outline::default(),
        }
    }

    fn push(&mut self, scope: &Scope<'_>, test: Test) -> Result<(), RuleError> {
        let kind = match scope.kind {
            None => Kind::Custom,
            Some(word) => {
                Kind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| {
                    RuleError::Kind { rule: scope.name.to_owned(), kind: word.to_owned() }
                })?
            }
        };
        let files = files_expression(scope)?;
        self.rules.push(Custom { name: scope.name.to_owned(), kind, files, test });
        if let Some(Cover { what, percent, hidden, bytes }) = self.cover(&[self.rules.len() - 1]) {
            self.rules.pop();
            let rule = scope.name.to_owned();
            return Err(RuleError::Everything { rule, what, percent, hidden, bytes });
        }
        Ok(())
    }

    /// How many rules there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Is there neither a rule nor an exception?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
            && self.allowed_values.is_empty()
            && self.allowed_patterns.is_empty()
            && self.allowed_keys.is_empty()
    }

    pub(super) fn rule_name(&self, index: usize) -> Option<&str> {
        self.rules.get(index).map(|rule| rule.name.as_str())
    }

    /// The state for a file; without a path only rules for every file apply.
    pub(super) fn state(&self, path: Option<&str>) -> PolicyState {
        let applies = |rule: &Custom| match (&rule.files, path) {
            (None, _) => true,
            (Some(files), Some(path)) => files.is_match(path),
            (Some(_), None) => false,
        };
        let active: Vec<usize> =
            (0..self.rules.len()).filter(|index| applies(&self.rules[*index])).collect();
        PolicyState {
            remembers: active.iter().any(|index| self.rules[*index].test.looks_back()),
            active,
            after: vec![false; self.rules.len()],
            outline: Outline::default(),
        }
    }

    pub(super) fn is_allowed_key(&self, name: &str) -> bool {
        !self.allowed_keys.is_empty() && self.allowed_keys.contains(&name.to_lowercase())
    }

    pub(super) fn is_allowed(&self, value: &str) -> bool {
        (!self.allowed_values.is_empty() && self.allowed_values.contains(&value.to_lowercase()))
            || self.allowed_patterns.iter().any(|pattern| pattern.is_match(value))
    }

    /// What the rules find in a line. `is_aside`: it is not the next line of a file, so rules that
    /// look at more than one line have nothing to say.
    pub(super) fn find(
        &self,
        line: &str,
        is_json: bool,
        state: &mut PolicyState,
        is_aside: bool,
    ) -> Vec<Wish> {
        let mut found = Vec::new();
        let mut patterns = Vec::new();
        let mut place_rule = None;
        for index in &state.active {
            let rule = &self.rules[*index];
            let mut add = |place: Range<usize>, is_dropped: bool| {
                found.push(Wish { place, kind: rule.kind, rule: *index, is_dropped });
            };
            match &rule.test {
                Test::Words(words) => {
                    for hit in words.find_iter(line).filter(|hit| stands_alone(line, &hit.range()))
                    {
                        add(hit.range(), false);
                    }
                }
                Test::Keys(keys) => {
                    for hit in keys.find_iter(line).filter(|hit| stands_alone(line, &hit.range())) {
                        for value in keyed::values(line, hit.range(), Telling::Password, is_json) {
                            add(value.place, false);
                        }
                    }
                }
                Test::Pattern { after: Some(_), .. } | Test::Place(_) if is_aside => {}
                Test::Pattern { after, expression, hide, drop } => {
                    let may = after.is_none() || state.after[*index];
                    if let Some(after) = after {
                        state.after[*index] = after.is_match(line);
                    }
                    if may {
                        matches(expression, hide, drop, line, &mut add);
                    }
                }
                Test::Place(pattern) => {
                    patterns.push(pattern);
                    place_rule = Some((*index, rule.kind));
                }
            }
        }
        if let Some((rule, kind)) = place_rule {
            let places = state.outline.values(line, &patterns);
            let wish = |place| Wish { place, kind, rule, is_dropped: false };
            found.extend(places.into_iter().map(wish));
        }
        found
    }
}

/// What a rule wants hidden.
pub(super) struct Wish {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
    rule: usize,
    pub(super) is_dropped: bool,
}

impl Wish {
    /// As a candidate with its normal spelling.
    pub(super) fn candidate(self, line: &str) -> Candidate<'static> {
        let normal = line[self.place.clone()].to_lowercase();
        let kind = if self.is_dropped { Kind::Dropped } else { self.kind };
        let rule = Rule::Custom(u16::try_from(self.rule).unwrap_or(u16::MAX));
        Candidate { place: self.place, kind, rule, normal: normal.into() }
    }
}

fn matches(
    expression: &Regex,
    hide: &[usize],
    drop: &[usize],
    line: &str,
    add: &mut impl FnMut(Range<usize>, bool),
) {
    for found in expression.captures_iter(line) {
        if hide.is_empty() && drop.is_empty() {
            let whole = found.get(0).map(|whole| whole.range()).filter(|place| !place.is_empty());
            whole.into_iter().for_each(|place| add(place, false));
        }
        for (groups, is_dropped) in [(hide, false), (drop, true)] {
            let places = groups.iter().filter_map(|group| found.get(*group));
            places
                .filter(|group| !group.is_empty())
                .for_each(|group| add(group.range(), is_dropped));
        }
    }
}

/// A word of its own: a rule for `ada` says nothing about `adapter`.
fn stands_alone(line: &str, place: &Range<usize>) -> bool {
    let bytes = line.as_bytes();
    let before = place.start.checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(place.end).copied();
    let joins = |outside: Option<u8>, inside: u8| outside.is_some_and(is_word) && is_word(inside);
    !joins(before, bytes[place.start]) && !joins(after, bytes[place.end - 1])
}

fn automaton(
    scope: &Scope<'_>,
    words: &[String],
    what: &'static str,
) -> Result<AhoCorasick, RuleError> {
    if words.is_empty() || words.iter().any(|word| word.trim().is_empty()) {
        return Err(RuleError::Nothing { rule: scope.name.to_owned(), what });
    }
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .map_err(|error| RuleError::Pattern {
            rule: scope.name.to_owned(),
            reason: error.to_string(),
        })
}

/// A linear expression of bounded size. Go lets several groups have one name; here each gets a
/// number.
fn compile(rule: &str, pattern: &str) -> Result<Regex, RuleError> {
    let mut numbered = String::with_capacity(pattern.len());
    for (count, part) in pattern.split("(?P<").enumerate() {
        match part.split_once('>').filter(|_| count > 0) {
            Some((name, rest)) => numbered.push_str(&format!("(?P<{name}_{count}>{rest}")),
            None if count > 0 => numbered.push_str(&format!("(?P<{part}")),
            None => numbered.push_str(part),
        }
    }
    let error = |reason: String| RuleError::Pattern { rule: rule.to_owned(), reason };
    let expression = RegexBuilder::new(&numbered)
        .size_limit(EXPRESSION_BYTES_MAX)
        .build()
        .map_err(|problem| error(problem.to_string().replace('\n', " ")))?;
    if expression.is_match("") && !pattern.contains("(?P<") {
        return Err(RuleError::Empty { rule: rule.to_owned() });
    }
    Ok(expression)
}

/// `**` is any path, `*` any name, `?` one letter, `{a,b}` one of these. A path may begin anywhere
/// behind a slash: bundles have a folder of their own around them.
fn files_expression(scope: &Scope<'_>) -> Result<Option<Regex>, RuleError> {
    if scope.files.is_empty() {
        return Ok(None);
    }
    let parts: Vec<String> = scope.files.iter().map(|glob| glob_expression(glob)).collect();
    compile(scope.name, &format!("(?:^|/)(?:{})$", parts.join("|"))).map(Some)
}

fn glob_expression(glob: &str) -> String {
    let mut expression = String::new();
    let mut letters = glob.chars().peekable();
    let mut is_open = false;
    while let Some(letter) = letters.next() {
        match letter {
            '*' if letters.next_if_eq(&'*').is_some() => expression.push_str(".*"),
            '*' => expression.push_str("[^/]*"),
            '?' => expression.push_str("[^/]"),
            '{' => {
                is_open = true;
                expression.push_str("(?:");
            }
            '}' if is_open => {
                is_open = false;
                expression.push(')');
            }
            ',' if is_open => expression.push('|'),
            other => expression.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    expression
}
