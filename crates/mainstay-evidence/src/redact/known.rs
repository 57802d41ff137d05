//! Hosts and people that the bundle itself names (node lists, `/etc/hosts`, `passwd`): hidden
//! wherever they stand, whatever stands beside them.

use aho_corasick::{AhoCorasick, MatchKind};

use super::kind::Kind;
use super::resolve::Candidate;
use super::rule::Rule;
use super::words::is_user;

/// A shorter name is a word of everything: a host called `a` would eat the alphabet.
const NAME_BYTES_MIN: usize = 4;

/// The names, ready to be looked for in one pass.
#[derive(Debug)]
pub(super) struct Known {
    automaton: AhoCorasick,
    names: Vec<(Kind, String)>,
}

impl Known {
    /// `None` when no name is worth looking for.
    pub(super) fn new(hosts: &[String], users: &[String]) -> Option<Self> {
        let hosts = hosts.iter().filter(|name| is_host(name)).map(|name| (Kind::Host, name));
        let users = users.iter().filter(|name| is_user(name)).map(|name| (Kind::User, name));
        let mut names: Vec<(Kind, String)> = hosts
            .chain(users)
            .map(|(kind, name)| (kind, name.to_lowercase()))
            .filter(|(_, name)| name.len() >= NAME_BYTES_MIN)
            .collect();
        names.sort();
        names.dedup();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(_, name)| name))
            .ok()?;
        (!names.is_empty()).then_some(Self { automaton, names })
    }

    /// Every known name that stands as a word of its own.
    pub(super) fn find<'k>(&'k self, line: &str, found: &mut Vec<Candidate<'k>>) {
        let bytes = line.as_bytes();
        let joins = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        };
        for hit in self.automaton.find_iter(line) {
            let before = hit.start().checked_sub(1).and_then(|at| bytes.get(at));
            if joins(before) || joins(bytes.get(hit.end())) {
                continue;
            }
            let (kind, name) = &self.names[hit.pattern().as_usize()];
            found.push(Candidate {
                place: hit.range(),
                kind: *kind,
                rule: Rule::Listed,
                normal: name.as_str().into(),
            });
        }
    }
}

/// Not everybody's machine, and not a word of every log.
fn is_host(name: &str) -> bool {
    const EVERYBODY: [&str; 16] = [
        "localhost",
        "host",
        "node",
        "server",
        "client",
        "master",
        "worker",
        "default",
        "local",
        "computer",
        "linux",
        "windows",
        "ubuntu",
        "debian",
        "router",
        "gateway",
    ];
    !name.starts_with("localhost") && !EVERYBODY.contains(&name.to_lowercase().as_str())
}
