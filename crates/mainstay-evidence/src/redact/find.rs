//! All detectors over one line, their overlaps resolved.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::bytes::Regex;

use super::carry::{self, Carry};
use super::identity::Identity;
use super::keyed;
use super::kind::Kind;
use super::known::Known;
use super::rule::Rule;
use super::telling::{self, Telling};
use super::{host, identity, official, person, pseudonym, tokens};

/// A place of a line and what stands there instead.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
    pub(super) rule: Rule,
    pub(super) replacement: String,
}

/// Whose pseudonyms, and what is known about the bundle.
#[derive(Clone, Copy)]
pub(super) struct Scope<'r> {
    pub(super) key: &'r [u8; 32],
    pub(super) known: Option<&'r Known>,
}

struct Candidate {
    place: Range<usize>,
    kind: Kind,
    rule: Rule,
    normal: String,
}

struct Rules {
    prefilter: AhoCorasick,
    /// What each literal of the prefilter asks for.
    wanted: Vec<Wanted>,
    expressions: Vec<Regex>,
}

#[derive(Clone, Copy)]
enum Wanted {
    Name,
    Token(usize),
    PrivateKey,
    Host,
    Official { is_field_only: bool },
    Introduction { needs_more: bool },
    Here,
    Home,
    DashedAddress,
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut asked = vec![("-----begin ", Wanted::PrivateKey), (person::HERE, Wanted::Here)];
        asked.push((identity::DASHED, Wanted::DashedAddress));
        asked.extend(identity::FOLDERS.iter().map(|folder| (*folder, Wanted::Home)));
        asked.extend(telling::WORDS.iter().map(|word| (*word, Wanted::Name)));
        asked.extend(host::ENDS.iter().map(|end| (*end, Wanted::Host)));
        asked.extend(official::WORDS.iter().map(|(word, is_field_only)| {
            (*word, Wanted::Official { is_field_only: *is_field_only })
        }));
        asked.extend(
            person::INTRODUCTIONS.iter().map(|(word, needs_more)| {
                (*word, Wanted::Introduction { needs_more: *needs_more })
            }),
        );
        for (index, rule) in tokens::RULES.iter().enumerate() {
            asked.extend(rule.literals.iter().map(|literal| (*literal, Wanted::Token(index))));
        }
        let prefilter = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            // four times the memory of the default and twice its speed; there is one per process
            .kind(Some(AhoCorasickKind::DFA))
            .build(asked.iter().map(|(literal, _)| literal))
            .expect("the literals are constants and far fewer than the automaton's limit");
        let wanted = asked.into_iter().map(|(_, wanted)| wanted).collect();
        Rules { prefilter, wanted, expressions: tokens::compile() }
    })
}

/// What to hide in a line, in order and without overlap. `carry` goes on from line to line.
pub(super) fn find(line: &str, scope: Scope<'_>, carry: &mut Carry) -> Vec<Hidden> {
    let is_json = looks_like_json(line);
    let mut finder = Finder { line, is_json, candidates: Vec::new(), maybe_people: Vec::new() };
    finder.values_of_line_before(carry);
    finder.follow_words(carry);
    finder.identities(scope.known);
    if finder.candidates.is_empty() {
        return Vec::new();
    }
    resolve(line, scope.key, finder.candidates, is_json)
}

struct Finder<'l> {
    line: &'l str,
    is_json: bool,
    candidates: Vec<Candidate>,
    /// People only if the line tells more about them.
    maybe_people: Vec<Range<usize>>,
}

impl Finder<'_> {
    fn add(&mut self, place: Range<usize>, kind: Kind, rule: Rule) {
        // only identities are hashed; from a credential nothing is derived
        let normal = if kind.is_identity() {
            normal(&self.line[place.clone()], kind)
        } else {
            String::new()
        };
        self.candidates.push(Candidate { place, kind, rule, normal });
    }

    /// Values whose names stood on the line before.
    fn values_of_line_before(&mut self, carry: &mut Carry) {
        if let Some(telling) = carry.pair.take()
            && let Some((place, kind)) = pair_value(self.line, telling, self.is_json)
        {
            self.add(place, kind, Rule::Name);
        }
        if let Some(telling) = carry.dangling.take()
            && let Some(place) = carry::lone_value(self.line)
        {
            let is_password = telling == Telling::Password;
            self.add(place, if is_password { Kind::Password } else { Kind::Secret }, Rule::Name);
        }
        if let Some(place) = carry.data_value(self.line) {
            self.add(place, Kind::Secret, Rule::SecretData);
        }
        if self.is_json && self.line.contains("\"kind\":\"Secret\"") {
            for place in carry::inline_data(self.line) {
                self.add(place, Kind::Secret, Rule::SecretData);
            }
        }
    }

    /// Everything that a literal of the prefilter leads to.
    fn follow_words(&mut self, carry: &mut Carry) {
        let rules = rules();
        let mut ask_block = carry.block.is_open();
        let mut tokens_asked = [false; tokens::RULES.len()];
        let mut named_until = 0;
        let (mut has_home, mut has_dashed) = (false, false);
        for hit in rules.prefilter.find_overlapping_iter(self.line) {
            match rules.wanted[hit.pattern().as_usize()] {
                Wanted::PrivateKey => ask_block = true,
                Wanted::Token(index) => tokens_asked[index] = true,
                Wanted::Name if hit.start() < named_until => {}
                Wanted::Name => named_until = self.named(hit.range(), carry).max(named_until),
                Wanted::Host => {
                    if let Some(place) = host::host_at(self.line, hit.range()) {
                        self.add(place, Kind::Host, Rule::Shape);
                    }
                }
                Wanted::Official { is_field_only } => {
                    let place = official::number_after(self.line, hit.range(), is_field_only);
                    if let Some(place) = place {
                        self.add(place, Kind::OfficialNumber, Rule::Shape);
                    }
                }
                Wanted::Introduction { needs_more } => {
                    match person::after(self.line, hit.range()) {
                        Some(place) if needs_more => self.maybe_people.push(place),
                        Some(place) => self.add(place, Kind::Person, Rule::Person),
                        None => {}
                    }
                }
                Wanted::Home => has_home = true,
                Wanted::DashedAddress => has_dashed = true,
                Wanted::Here => self.maybe_people.extend(person::before(self.line, hit.start())),
            }
        }
        if has_home || has_dashed {
            self.rare_identities(has_home, has_dashed);
        }
        if ask_block {
            for place in carry.block.find(self.line) {
                self.add(place, Kind::PrivateKey, Rule::KeyBlock);
            }
        }
        for index in (0..tokens::RULES.len()).filter(|index| tokens_asked[*index]) {
            for found in rules.expressions[index].captures_iter(self.line.as_bytes()) {
                if let Some(place) = found.get(1).or_else(|| found.get(0)) {
                    self.add(place.range(), tokens::RULES[index].kind, Rule::Form);
                }
            }
        }
    }

    /// A word of a telling name: its value, here or on the next line. Where to go on.
    fn named(&mut self, hit: Range<usize>, carry: &mut Carry) -> usize {
        if let Some(place) = keyed::glued(self.line, hit.clone()) {
            let end = place.end;
            self.add(place, Kind::Secret, Rule::Name);
            return end;
        }
        let Some((place, telling)) = keyed::name_at(self.line, hit) else { return 0 };
        let mut until = place.end;
        let is_strong = matches!(telling, Telling::Password | Telling::Secret);
        if is_pair_name(self.line, &place) {
            carry.pair = Some(telling);
        } else if is_strong && carry::is_dangling(self.line, &place) {
            carry.dangling = Some(telling);
        }
        for found in keyed::values(self.line, place, telling, self.is_json) {
            until = until.max(found.place.end);
            if telling == Telling::Name {
                self.maybe_people.push(found.place);
            } else {
                self.add(found.place, found.kind, Rule::Name);
            }
        }
        until
    }

    fn rare_identities(&mut self, has_home: bool, has_dashed: bool) {
        let mut found = Vec::new();
        if has_home {
            identity::home_folders(self.line, &mut found);
        }
        if has_dashed {
            identity::dashed_addresses(self.line, &mut found);
        }
        self.take(found, Rule::Shape);
    }

    fn take(&mut self, found: Vec<Identity>, rule: Rule) {
        self.candidates.extend(found.into_iter().map(|one| Candidate {
            place: one.place,
            kind: one.kind,
            rule,
            normal: one.normal,
        }));
    }

    fn identities(&mut self, known: Option<&Known>) {
        let mut found = Vec::new();
        identity::find(self.line, &mut found);
        self.take(found, Rule::Shape);
        if let Some(known) = known {
            let mut found = Vec::new();
            known.find(self.line, &mut found);
            self.take(found, Rule::Listed);
        }
        let tells_more =
            |candidate: &Candidate| (Kind::Card..=Kind::Phone).contains(&candidate.kind);
        // a line that was redacted before tells as much
        let told = ["<email-", "<phone-", "<card-", "<iban-", "<ssn-", "<official-number-"];
        if !self.maybe_people.is_empty()
            && (self.candidates.iter().any(tells_more)
                || told.iter().any(|word| self.line.contains(word)))
        {
            for place in std::mem::take(&mut self.maybe_people) {
                self.add(place, Kind::Person, Rule::Person);
            }
        }
    }
}

/// The one spelling that all spellings of a value share.
fn normal(text: &str, kind: Kind) -> String {
    match kind {
        Kind::OfficialNumber => text
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect::<String>()
            .to_lowercase(),
        _ => text.to_lowercase(),
    }
}

/// `- name: API_TOKEN` of Kubernetes: the next line has the value.
fn is_pair_name(line: &str, place: &Range<usize>) -> bool {
    let head = line[..place.start].trim_end_matches(['"', '\'']).trim();
    let tail = line[place.end..].trim_matches(['"', '\'', ',', ' ', '\r']);
    let head = head.trim_start_matches(['-', ' ', '{']).trim_start_matches('"');
    tail.is_empty()
        && matches!(head.trim_end_matches([' ', ':', '"']), "name" | "key")
        && head.contains(':')
}

fn pair_value(line: &str, telling: Telling, is_json: bool) -> Option<(Range<usize>, Kind)> {
    let start = line.find("value")?;
    let before_is_blank = line[..start].trim_matches(['-', ' ', '\t', '"', '\'']).is_empty();
    if !before_is_blank {
        return None;
    }
    let found = keyed::values(line, start..start + 5, telling, is_json).into_iter().next()?;
    Some((found.place, found.kind))
}

/// Joins what overlaps, leaves earlier placeholders alone, and makes the replacements.
fn resolve(
    line: &str,
    key: &[u8; 32],
    mut candidates: Vec<Candidate>,
    is_json: bool,
) -> Vec<Hidden> {
    let done = pseudonym::placeholders(line);
    if is_json {
        candidates.iter_mut().for_each(|candidate| whole_escapes(line, &mut candidate.place));
    }
    candidates.retain(|candidate| {
        let place = &candidate.place;
        place.start < place.end
            && line.get(place.clone()).is_some()
            && !done.iter().any(|other| other.start < place.end && place.start < other.end)
    });
    candidates.sort_by_key(|candidate| (candidate.place.start, candidate.kind));
    let mut joined: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match joined.last_mut() {
            Some(last) if candidate.place.start < last.place.end => {
                let end = last.place.end.max(candidate.place.end);
                if candidate.kind < last.kind {
                    last.kind = candidate.kind;
                    last.rule = candidate.rule;
                    last.normal = candidate.normal;
                }
                last.place.end = end;
            }
            _ => joined.push(candidate),
        }
    }
    let mut strings = Strings { bytes: line.as_bytes(), at: 0, inside: false };
    joined
        .into_iter()
        .map(|candidate| {
            let mut replacement = pseudonym::placeholder(key, candidate.kind, &candidate.normal);
            // a bare number in JSON: the placeholder must be a string
            if line[candidate.place.clone()].parse::<f64>().is_ok() {
                let is_bare = is_json && !strings.is_inside(candidate.place.start);
                let fallback = if is_bare { "\"" } else { "" };
                let quote = name_quote(line, candidate.place.start).unwrap_or(fallback);
                replacement = format!("{quote}{replacement}{quote}");
            }
            Hidden {
                place: candidate.place,
                kind: candidate.kind,
                rule: candidate.rule,
                replacement,
            }
        })
        .collect()
}

/// Moves the edges of a place out of the middle of an escape, or JSON would break.
fn whole_escapes(line: &str, place: &mut Range<usize>) {
    let bytes = line.as_bytes();
    let run = bytes[..place.start].iter().rev().take_while(|byte| **byte == b'\\').count();
    let is_escape = |byte: &u8| b"nrtbfu/\"\\".contains(byte);
    if run % 2 == 1 && bytes.get(place.start).is_some_and(is_escape) {
        place.start -= 1;
    }
    if matches!(bytes.get(place.end), Some(b'\\' | b'"')) {
        while place.end > place.start && bytes[place.end - 1] == b'\\' {
            place.end -= 1;
        }
    }
}

/// The quote, with its backslashes, of the name before a bare value: `\\"card\\": 4111…`.
fn name_quote(line: &str, value_start: usize) -> Option<&str> {
    let name = line[..value_start].trim_end().strip_suffix(':')?.trim_end();
    let body = name.strip_suffix('"')?.trim_end_matches('\\');
    Some(&name[body.len()..])
}

fn looks_like_json(line: &str) -> bool {
    let text = line.trim();
    // a line of a pretty-printed document begins with a quoted name; `[` begins many a plain log
    text.starts_with(['{', '"']) || (text.starts_with('[') && text.ends_with([']', '}', ',']))
}

/// Walks over a line of JSON and knows whether a place is inside a string.
struct Strings<'a> {
    bytes: &'a [u8],
    at: usize,
    inside: bool,
}

impl Strings<'_> {
    fn is_inside(&mut self, place: usize) -> bool {
        while self.at < place {
            match self.bytes[self.at] {
                b'\\' if self.inside => self.at += 1,
                b'"' => self.inside = !self.inside,
                _ => {}
            }
            self.at += 1;
        }
        self.inside
    }
}
