//! Who hears of a case: everybody of it and of what was merged into it, each exactly once, and each
//! under the case that they know.

use std::collections::BTreeSet;

use crate::citation::CaseNumber;
use crate::customer::{Contact, name_key};
use crate::id::CustomerId;

/// One case with its people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    pub number: Option<CaseNumber>,
    pub customer: Option<CustomerId>,
    /// Whom the customer named.
    pub contacts: Vec<Contact>,
    /// Who wrote in the case, as they call themselves.
    pub writers: Vec<String>,
}

/// Somebody who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Informed {
    pub name: String,
    /// Empty when nobody told us.
    pub address: String,
    /// The case they answer to; a merged one leads on.
    pub replies_to: CaseNumber,
    pub customer: Option<CustomerId>,
}

/// Everybody who is told what is said in the first case; the others were merged into it. Who wrote in
/// a merged case keeps its number.
#[must_use]
pub fn informed(sides: &[Side]) -> Vec<Informed> {
    let mut all: Vec<Informed> = Vec::new();
    let mut told: BTreeSet<(Option<CustomerId>, String)> = BTreeSet::new();
    // who wrote is known by that case; who is only named hears under the first one
    for side in sides {
        for writer in &side.writers {
            let known = side.contacts.iter().find(|it| is_same(it, writer));
            let (name, address) = known.map_or((writer.clone(), String::new()), |contact| {
                (contact.name.clone(), contact.email.clone())
            });
            add(&mut all, &mut told, side, name, address);
        }
    }
    for side in sides {
        for contact in side.contacts.iter().filter(|contact| !contact.email.is_empty()) {
            add(&mut all, &mut told, side, contact.name.clone(), contact.email.clone());
        }
    }
    all
}

fn is_same(contact: &Contact, writer: &str) -> bool {
    let writer = name_key(writer);
    !writer.is_empty() && (name_key(&contact.name) == writer || name_key(&contact.email) == writer)
}

fn add(
    all: &mut Vec<Informed>,
    told: &mut BTreeSet<(Option<CustomerId>, String)>,
    side: &Side,
    name: String,
    address: String,
) {
    let Some(replies_to) = side.number else { return };
    let key = if address.is_empty() { name_key(&name) } else { name_key(&address) };
    if !key.is_empty() && told.insert((side.customer, key)) {
        all.push(Informed { name, address, replies_to, customer: side.customer });
    }
}

/// The people as somebody of one customer may see them: those of another have no address there.
#[must_use]
pub fn seen_by(viewer: Option<CustomerId>, all: &[Informed]) -> Vec<Informed> {
    let hides = |one: &Informed| viewer.is_none() || one.customer != viewer;
    all.iter()
        .map(|one| {
            let address = if hides(one) { String::new() } else { one.address.clone() };
            Informed { address, ..one.clone() }
        })
        .collect()
}
