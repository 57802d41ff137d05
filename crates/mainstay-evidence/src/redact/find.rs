//! All detectors over one line, their overlaps resolved.

use std::borrow::Cow;
use std::ops::Range;

use super::carry::{self, Carry};
use super::identity::{self, Asked};
use super::keyed;
use super::kind::Kind;
use super::known::Known;
use super::policy::{Policy, PolicyState};
use super::pseudonym::{self, Pseudonyms};
use super::resolve::{Candidate, Hidden, resolve, touches};
use super::rule::Rule;
use super::scan::{Hits, Marks, Wanted};
use super::telling::{Telling, telling};
use super::words::{is_placeholder, is_user};
use super::{account, encoded, family, host, official, person, tokens};

/// What was found in a line.
#[derive(Default)]
pub(super) struct Findings {
    /// In order and without overlap.
    pub(super) hidden: Vec<Hidden>,
    /// A second search over the result would find nothing: each value stood alone between blanks or
    /// brackets, and nothing beside it asked for more.
    pub(super) is_settled: bool,
}

/// What a search needs besides the line: whose pseudonyms, what is known about the bundle, and
/// memory that is used again.
#[derive(Debug)]
pub(super) struct Search<'r> {
    pub(super) known: Option<&'r Known>,
    pub(super) pseudonyms: Pseudonyms<'r>,
    pub(super) marks: Marks,
    pub(super) policy: Option<&'r Policy>,
    pub(super) policy_state: Option<PolicyState>,
    /// Not the next line of a file: what the rules remember from line to line stays as it is.
    pub(super) is_aside: bool,
    /// In a document that was decoded.
    pub(super) is_inside: bool,
}

/// Looks for everything to hide in a line. `carry` goes on from line to line.
pub(super) fn find(line: &str, carry: &mut Carry, search: &mut Search<'_>) -> Findings {
    let mut finder = Finder {
        line,
        is_json: looks_like_json(line),
        done: pseudonym::placeholders(line),
        policy: search.policy,
        candidates: Vec::new(),
        maybe_people: Vec::new(),
        encoded: Vec::new(),
        asks_more: false,
    };
    finder.values_of_line_before(carry);
    let asked = finder.follow_words(carry, &mut search.marks);
    finder.documents(search);
    finder.identities(search.known, asked);
    if let (Some(policy), Some(state)) = (search.policy, &mut search.policy_state) {
        finder.wishes(policy, state, search.is_aside);
    }
    if finder.candidates.is_empty() {
        return Findings::default();
    }
    let is_quiet = !finder.asks_more && !finder.is_json && finder.done.is_empty();
    let hidden =
        resolve(line, finder.candidates, &finder.done, finder.is_json, &mut search.pseudonyms);
    let is_settled = is_quiet && hidden.iter().all(|hidden| stands_alone(line, hidden));
    Findings { hidden, is_settled }
}

/// More signs between two parts of a number are none.
const JOINT_BYTES_MAX: usize = 8;

/// An address or an account between blanks, brackets or commas: no other rule looks over such an edge.
fn stands_alone(line: &str, hidden: &Hidden) -> bool {
    let bytes = line.as_bytes();
    let before = hidden.place.start.checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(hidden.place.end);
    // a card, a telephone number: digits go on over a blank and a bracket
    let is_joint = |byte: &u8| matches!(byte, b' ' | b'(' | b')' | b'/' | b'-' | b'.');
    let last =
        bytes[..hidden.place.start].iter().rev().take(JOINT_BYTES_MAX).find(|b| !is_joint(b));
    let follows_number = last.is_some_and(u8::is_ascii_digit);
    !follows_number
        && matches!(hidden.kind, Kind::Ip | Kind::Mac | Kind::User)
        && hidden.rule == Rule::Shape
        && matches!(before, None | Some(b' ' | b'=' | b'(' | b'[' | b'/' | b','))
        && matches!(after, None | Some(b' ' | b':' | b')' | b']' | b'/' | b',' | b';'))
}

struct Finder<'l> {
    line: &'l str,
    is_json: bool,
    policy: Option<&'l Policy>,
    /// Placeholders of an earlier run.
    done: Vec<Range<usize>>,
    candidates: Vec<Candidate<'l>>,
    /// People only if the line tells more about them.
    maybe_people: Vec<Range<usize>>,
    /// Where base64 of a document may begin.
    encoded: Vec<Range<usize>>,
    /// A rule looked at more of the line than one value.
    asks_more: bool,
}

impl<'l> Finder<'l> {
    fn add(&mut self, place: Range<usize>, kind: Kind, rule: Rule) {
        // only identities are hashed; from a credential nothing is derived
        let normal =
            if kind.is_identity() { normal(&self.line[place.clone()], kind) } else { "".into() };
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
        if let Some(kind) = carry.wrapped.take()
            && let Some(place) = carry::continued_value(self.line)
        {
            if carry::is_wrapped(self.line, place.end) && !touches(&self.done, &place) {
                carry.wrapped = Some(kind);
            }
            self.add(place, kind, Rule::Name);
        }
        if let Some(telling) = carry.variable {
            if self.line.trim() == "}" {
                carry.variable = None;
            } else if let Some(found) = carry::default_value(self.line, telling) {
                self.add(found.place, found.kind, Rule::Name);
            }
        }
        if let Some(place) = carry.data_value(self.line) {
            self.add(place, Kind::Secret, Rule::SecretData);
        }
    }

    /// Everything that a literal leads to; what else the line has and asks for.
    fn follow_words(&mut self, carry: &mut Carry, marks: &mut Marks) -> Asked {
        let mut ask_block = carry.block.is_open();
        let mut tokens_asked = 0_u128;
        let mut named_until = 0;
        let mut asked = Asked::default();
        for hit in Hits::of(self.line, marks) {
            // the letters of a pseudonym mean nothing
            if !self.done.is_empty() && self.is_in_pseudonym(&hit.place) {
                continue;
            }
            match hit.wanted {
                Wanted::PrivateKey => ask_block = true,
                Wanted::Token(index) => {
                    if tokens::RULES[index].is_likely(self.line.as_bytes(), hit.place) {
                        tokens_asked |= 1 << index;
                    }
                }
                Wanted::Family(index) => {
                    let token = family::FAMILIES[index].token_at(self.line, hit.place);
                    if let Some(place) = token {
                        self.add(place, Kind::Token, Rule::Form);
                    }
                }
                Wanted::Encoded => self.encoded.push(hit.place),
                Wanted::Name if hit.place.start < named_until => {}
                Wanted::Name => named_until = self.named(hit.place, carry).max(named_until),
                Wanted::Host => {
                    if let Some(place) = host::host_at(self.line, hit.place) {
                        self.add(place, Kind::Host, Rule::Shape);
                    }
                }
                Wanted::SecretObject => asked.secret_object = true,
                Wanted::Official { is_field_only } => self.official(hit.place, is_field_only),
                Wanted::Introduction { needs_more } => self.introduced(hit.place, needs_more),
                Wanted::Account => {
                    if let Some(place) = account::name_after(self.line, hit.place) {
                        self.add(place, Kind::User, Rule::Shape);
                    }
                }
                Wanted::Home => asked.home = true,
                Wanted::DashedAddress => asked.dashed = true,
                Wanted::PhoneWord => asked.phone = true,
                Wanted::SsnWord => asked.ssn = true,
                Wanted::Here => {
                    self.maybe_people.extend(person::before(self.line, hit.place.start));
                }
            }
        }
        if ask_block {
            self.asks_more = true;
            for place in carry.block.find(self.line) {
                self.add(place, Kind::PrivateKey, Rule::KeyBlock);
            }
        }
        while tokens_asked != 0 {
            self.token(tokens_asked.trailing_zeros() as usize);
            tokens_asked &= tokens_asked - 1;
        }
        asked
    }

    /// Documents in base64 that hold something. One inside another is not looked at: it goes with
    /// the outer one if a name tells.
    fn documents(&mut self, search: &mut Search<'_>) {
        if search.is_inside {
            return;
        }
        let mut until = 0;
        for hit in std::mem::take(&mut self.encoded) {
            if hit.start < until {
                continue;
            }
            let Some((place, text)) = encoded::document_at(self.line, hit) else { continue };
            until = place.end;
            search.is_inside = true;
            let mut carry = Carry::default();
            let holds = text.lines().any(|line| !find(line, &mut carry, search).hidden.is_empty());
            search.is_inside = false;
            if holds {
                self.add(place, Kind::Secret, Rule::Encoded);
            }
        }
    }

    fn is_in_pseudonym(&self, place: &Range<usize>) -> bool {
        let next = self.done.partition_point(|done| done.end < place.end);
        self.done.get(next).is_some_and(|done| {
            done.start < place.start && pseudonym::has_letters(&self.line[done.clone()])
        })
    }

    fn official(&mut self, hit: Range<usize>, is_field_only: bool) {
        self.asks_more = true;
        if let Some(place) = official::number_after(self.line, hit, is_field_only) {
            self.add(place, Kind::OfficialNumber, Rule::Shape);
        }
    }

    fn introduced(&mut self, hit: Range<usize>, needs_more: bool) {
        match person::after(self.line, hit) {
            Some(place) if needs_more => self.maybe_people.push(place),
            Some(place) => self.add(place, Kind::Person, Rule::Person),
            None => {}
        }
    }

    fn token(&mut self, index: usize) {
        let rule = &tokens::RULES[index];
        if !rule.can_fit(self.line.as_bytes()) {
            return;
        }
        for found in tokens::expressions()[index].captures_iter(self.line.as_bytes()) {
            let Some(place) = found.get(1).or_else(|| found.get(0)) else { continue };
            // everybody's accounts and those of programs stay
            let Some(text) = self.line.get(place.range()) else { continue };
            if rule.kind != Kind::User || is_user(text) {
                self.add(place.range(), rule.kind, Rule::Form);
            }
        }
    }

    /// The user's rules, and what they say must stay.
    fn wishes(&mut self, policy: &Policy, state: &mut PolicyState, is_aside: bool) {
        self.asks_more = true;
        let line = self.line;
        let wishes = policy.find(line, self.is_json, state, is_aside).into_iter();
        self.candidates.extend(
            wishes
                .filter(|wish| line.get(wish.place.clone()).is_some())
                .map(|wish| wish.candidate(line)),
        );
        self.candidates.retain(|candidate| {
            line.get(candidate.place.clone()).is_some_and(|value| !policy.is_allowed(value))
        });
    }

    /// A word of a telling name: its value, here or on the next line. Where to go on.
    fn named(&mut self, hit: Range<usize>, carry: &mut Carry) -> usize {
        if let Some(place) = keyed::glued(self.line, hit.clone()) {
            let end = place.end;
            self.add(place, Kind::Secret, Rule::Name);
            return end;
        }
        let Some(place) = keyed::name_around(self.line, hit) else { return 0 };
        let mut until = place.end;
        if !keyed::may_hold(self.line, &place) {
            return 0;
        }
        let Some(telling) = telling(&self.line[place.clone()]) else { return 0 };
        self.asks_more |= may_hold_address(&self.line[place.end..]);
        if self.policy.is_some_and(|policy| policy.is_allowed_key(&self.line[place.clone()])) {
            return until;
        }
        let is_strong = matches!(telling, Telling::Password | Telling::Secret);
        if is_pair_name(self.line, &place) {
            self.asks_more = true;
            carry.pair = Some(telling);
        } else if is_strong && carry::is_dangling(self.line, &place) {
            carry.dangling = Some(telling);
        }
        if is_strong && carry::is_variable(self.line, &place) {
            carry.variable = Some(telling);
        }
        if matches!(telling, Telling::Password | Telling::Secret | Telling::Cookie)
            && let Some(place) = keyed::value_before(self.line, &place, self.is_json)
            && !is_placeholder(&self.line[place.clone()])
        {
            self.add(place, Kind::Secret, Rule::Name);
        }
        // a user's name may be an account or a person's
        if telling == Telling::User && self.line[place.clone()].ends_with(['e', 'E']) {
            let people = keyed::values(self.line, place.clone(), Telling::Name, self.is_json);
            self.maybe_people.extend(people.into_iter().map(|found| found.place));
        }
        for found in keyed::values(self.line, place, telling, self.is_json) {
            self.asks_more = true;
            until = until.max(found.place.end);
            let is_new = !touches(&self.done, &found.place);
            if is_strong && is_new && carry::is_wrapped(self.line, found.place.end) {
                carry.wrapped = Some(found.kind);
            }
            if telling == Telling::Name {
                self.maybe_people.push(found.place);
            } else {
                self.add(found.place, found.kind, Rule::Name);
            }
        }
        until
    }

    fn identities(&mut self, known: Option<&'l Known>, asked: Asked) {
        if asked.secret_object && self.is_json {
            for place in carry::inline_data(self.line) {
                self.add(place, Kind::Secret, Rule::SecretData);
            }
        }
        identity::find(self.line, asked, &mut self.candidates);
        if let Some(known) = known {
            known.find(self.line, &mut self.candidates);
        }
        let tells_more =
            |candidate: &Candidate| (Kind::Card..=Kind::Phone).contains(&candidate.kind);
        // a line that was redacted before tells as much
        let told = ["<email-", "<phone-", "<card-", "<iban-", "<ssn-", "<official-number-"];
        if self.maybe_people.is_empty() {
            return;
        }
        self.asks_more = true;
        if self.candidates.iter().any(tells_more)
            || told.iter().any(|word| self.line.contains(word))
        {
            for place in std::mem::take(&mut self.maybe_people) {
                self.add(place, Kind::Person, Rule::Person);
            }
        }
    }
}

/// Is the value behind a name perhaps an address? Then hiding the address changes the value.
fn may_hold_address(after_name: &str) -> bool {
    let value = after_name.trim_start_matches(['=', ':', ' ', '"', '\'', '\\']);
    let end = value.find(' ').unwrap_or(value.len());
    value[..end].contains(['.', ':', '"', '\''])
}

/// The one spelling that all spellings of a value share.
fn normal(text: &str, kind: Kind) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    match kind {
        Kind::OfficialNumber | Kind::Mac => text
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
            .into(),
        _ if text.bytes().all(is_lower) => text.into(),
        _ => text.to_lowercase().into(),
    }
}

/// `- name: API_TOKEN` of Kubernetes: the next line has the value.
fn is_pair_name(line: &str, place: &Range<usize>) -> bool {
    let tail = line[place.end..].trim_matches(['"', '\'', ',', ' ', '\r']);
    if tail == "</name>" {
        return line[..place.start].ends_with("<name>");
    }
    let head = line[..place.start].trim_end_matches(['"', '\'']).trim();
    let head = head.trim_start_matches(['-', ' ', '{']).trim_start_matches('"');
    tail.is_empty()
        && matches!(head.trim_end_matches([' ', ':', '"']), "name" | "key")
        && head.contains(':')
}

fn pair_value(line: &str, telling: Telling, is_json: bool) -> Option<(Range<usize>, Kind)> {
    let start = line.find("value")?;
    let before_is_blank = line[..start].trim_matches(['-', ' ', '\t', '"', '\'', '<']).is_empty();
    if !before_is_blank {
        return None;
    }
    let found = keyed::values(line, start..start + 5, telling, is_json).into_iter().next()?;
    Some((found.place, found.kind))
}

fn looks_like_json(line: &str) -> bool {
    let text = line.trim();
    // a line of a pretty-printed document begins with a quoted name; `[` begins many a plain log
    text.starts_with(['{', '"']) || (text.starts_with('[') && text.ends_with([']', '}', ',']))
}
