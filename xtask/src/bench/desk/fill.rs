//! Cases as a desk has them after some months, through the store's own writes: the same chain, the
//! same read tables, the same index of words. Only people, HTTP and the rules are left out, and
//! many events share a commit. Text is made of words as unevenly spread as words are.

use anyhow::{Context, Result};
use mainstay_core::event::{self, Event, Stream};
use mainstay_core::{CaseId, Role, UserId, UtcMicros};
use mainstay_store::{Meta, NewAccount, Origin, Store, StoreUrl, Write};
use serde_json::json;
use uuid::Uuid;

use crate::sample::random::Random;

/// Events in one commit while filling.
const EVENTS_PER_WRITE: u32 = 500;
const PEOPLE: u32 = 40;
/// A quarter of the cases is open, as on the desk that Request Tracker was measured with.
const OPEN_EVERY: u32 = 4;
const CUSTOMERS: i64 = 400;
/// Words that are written down; the first ones are in nearly every text.
const VOCABULARY: u64 = 20_000;
const WORDS_PER_TEXT: u32 = 25;
const FIRST_NUMBER: u32 = 1001;
/// 2026-08-01T00:00:00Z; an event every few seconds from here.
const BEGINNING_US: i64 = 1_785_542_400_000_000;

/// A word to search for in the n-th round.
type Word = fn(usize) -> String;

/// What is searched, and how common it is.
pub(super) const SEARCHES: [(&str, Word); 4] = [
    ("an id that one case has", |round| format!("req-{:06x}", 16 + round)),
    ("a word of some cases", |round| word(3_000 + round as u64)),
    ("a word of nearly every case", |_| word(0)),
    ("two common words, and a rare one", |round| {
        format!("{}+{}+{}", word(1), word(2), word(3_000 + round as u64))
    }),
];

/// What was made.
#[derive(Clone)]
pub(super) struct Filled {
    pub(super) cases: u32,
    pub(super) events: u32,
}

impl Filled {
    /// The number of some case.
    pub(super) fn case(&self, round: usize) -> u32 {
        let spread = (round as u64 * 7_919) % u64::from(self.cases);
        FIRST_NUMBER + u32::try_from(spread).unwrap_or_default()
    }

    /// The number of some case that is open.
    pub(super) fn open_case(&self, round: usize) -> u32 {
        let open = u64::from(self.cases / OPEN_EVERY);
        let spread = (round as u64 % open) * u64::from(OPEN_EVERY);
        FIRST_NUMBER + u32::try_from(spread).unwrap_or_default()
    }
}

/// The word of this rank.
fn word(rank: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "con", "der", "es", "fu", "gri", "hal", "ik", "jo", "ket", "lum", "mor", "nas", "op",
        "pra", "sto",
    ];
    let mut word = String::new();
    let mut rest = rank + 17;
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % 16) as usize]);
        rest /= 16;
    }
    word
}

/// Twenty-five words; common ones are common.
pub(super) fn sentence(seed: u64) -> String {
    let mut random = Random::new(seed);
    let words: Vec<String> = (0..WORDS_PER_TEXT)
        .map(|_| {
            // the logarithm of the rank is even, which is Zipf's law
            let share = (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
            word((VOCABULARY as f64).powf(share) as u64 - 1)
        })
        .collect();
    format!("{}.", words.join(" "))
}

fn case_id(case: u32) -> CaseId {
    // the time in front and random bits behind, like the ids of a real desk
    let bits = Random::new(u64::from(case)).next();
    CaseId::from_uuid(Uuid::from_u128(u128::from(case) << 80 | u128::from(bits)))
}

fn person(number: u32) -> UserId {
    UserId::from_uuid(Uuid::from_u128(0xBE4C_0000 + u128::from(number)))
}

/// Writes cases, then event after event to all of them in turn, until there are enough.
pub(super) async fn fill(url: &StoreUrl, cases: u32, events: u32) -> Result<Filled> {
    let store = Store::open(url).await?;
    hire(&store).await?;
    let mut filling = Filling { store, write: None, in_write: 0, written: 0 };
    let rounds = events / cases;
    for round in 0..rounds {
        for case in 0..cases {
            filling.append(case, round, rounds).await?;
        }
    }
    filling.commit().await?;
    filling.store.close().await;
    Ok(Filled { cases, events: filling.written })
}

async fn hire(store: &Store) -> Result<()> {
    let mut write = store.begin(&meta(0)).await?;
    for number in 0..PEOPLE {
        let account = NewAccount {
            id: person(number),
            login: format!("person{number}"),
            name: format!("Person {number}"),
            role: Role::Senior,
            password_hash: None,
        };
        write.create_account(&account).await?;
    }
    write.commit().await?;
    Ok(())
}

fn meta(event: u32) -> Meta {
    let at = UtcMicros(BEGINNING_US + i64::from(event) * 5_000_000);
    Meta {
        actor: person(event % PEOPLE),
        origin: Origin::Api,
        at,
        recorded_at: Some(at),
        causation: None,
        correlation: format!("bench-{event}"),
        idempotency_key: None,
    }
}

struct Filling {
    store: Store,
    write: Option<Write>,
    in_write: u32,
    written: u32,
}

impl Filling {
    async fn append(&mut self, case: u32, round: u32, rounds: u32) -> Result<()> {
        if self.in_write >= EVENTS_PER_WRITE {
            self.commit().await?;
        }
        if self.write.is_none() {
            self.write = Some(self.store.begin(&meta(self.written)).await?);
        }
        let write = self.write.as_mut().context("it was just begun")?;
        let number = if round == 0 { write.next_number("case").await? } else { 0 };
        let event = event_of(case, number, round, rounds)?;
        write.append(Stream::Case(case_id(case)), u64::from(round), &[event]).await?;
        self.in_write += 1;
        self.written += 1;
        Ok(())
    }

    async fn commit(&mut self) -> Result<()> {
        if let Some(write) = self.write.take() {
            write.commit().await?;
        }
        self.in_write = 0;
        Ok(())
    }
}

fn event_of(case: u32, number: u32, round: u32, rounds: u32) -> Result<Event> {
    let seed = u64::from(case) << 8 | u64::from(round);
    let mut random = Random::new(seed);
    let text = sentence(seed);
    // a tenth of the open cases has nobody
    let unowned = case.is_multiple_of(OPEN_EVERY * 10);
    let open = case.is_multiple_of(OPEN_EVERY);
    let (kind, body) = if round == 0 {
        let severity = random.pick(&["P1", "P2", "P2", "P2", "P3", "P3", "P3", "P3", "P3", "P4"]);
        let body = json!({
            "case": case_id(case), "number": number, "subject": text[..60.min(text.len())],
            "severity": severity, "customer": format!("Customer {}", random.between(0, CUSTOMERS)),
            "product": "Shop", "version": format!("7.{}", random.between(0, 20)),
            "description": format!("{text} Seen with req-{case:06x}."), "sample": false,
        });
        ("case.opened", body)
    } else if round == 1 && !unowned {
        let who = u32::try_from(random.between(0, i64::from(PEOPLE)))?;
        ("case.assigned", json!({ "assignee": person(who) }))
    } else if round + 1 == rounds && !open {
        ("case.resolved", json!({ "resolution": text }))
    } else {
        let note = Uuid::from_u128(u128::from(seed));
        let audience = if random.chance(40) { "public" } else { "internal" };
        ("case.noted", json!({ "note": note, "audience": audience, "text": text, "cites": [] }))
    };
    event::decode(kind, 1, &body.to_string()).context("an event of the bench")
}
