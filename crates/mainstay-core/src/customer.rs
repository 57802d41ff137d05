//! A customer: whose problems the cases are, what they were promised and what they run.
//!
//! A case remembers the customer's name and tier as they were when the customer was chosen
//! (`case::CustomerSet`), so that a changed tier moves no running clock by itself.

use serde::{Deserialize, Serialize};

use crate::Context;
use crate::case::{LABEL_CHARACTERS_MAX, check_length};
use crate::id::CustomerId;
use crate::refusal::Refusal;

/// More entitlements than this are a contract, and the contract is elsewhere.
pub const ENTITLEMENTS_MAX: usize = 50;
/// One line per product, version and environment that somebody looks after by hand.
pub const USES_MAX: usize = 200;
/// People who call; a directory of a whole company is elsewhere.
pub const CONTACTS_MAX: usize = 200;

/// A customer as folded from its stream; `None` before it was added.
pub type State = Option<Customer>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub profile: Profile,
}

/// What is known of a customer: one document, changed as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub name: String,
    /// `platinum`, `gold`: whatever the policies call it.
    #[serde(default)]
    pub tier: String,
    /// Where their data may be.
    #[serde(default)]
    pub residency: String,
    #[serde(default)]
    pub entitlements: Vec<String>,
    #[serde(default)]
    pub uses: Vec<Use>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// A product that runs there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    pub product: String,
    #[serde(default)]
    pub version: String,
    /// `production`, `staging`, ...
    #[serde(default)]
    pub environment: String,
}

/// Somebody there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: String,
    #[serde(default)]
    pub email: String,
    /// What they are asked about.
    #[serde(default)]
    pub role: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Add { customer: CustomerId, profile: Profile },
    Change { profile: Profile },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Added(Added),
    Changed(Changed),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    pub customer: CustomerId,
    pub profile: Profile,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    pub profile: Profile,
}

/// Which events follow from the command. That no two customers have one name is the desk's to see.
///
/// # Errors
/// `invalid` names the field, `conflict` for a customer that is there, `not_found` for one that is
/// not.
pub fn decide(state: &State, command: Command, _context: &Context) -> Result<Vec<Event>, Refusal> {
    match (state, command) {
        (None, Command::Add { customer, profile }) => {
            profile.check()?;
            Ok(vec![Event::Added(Added { customer, profile })])
        }
        (Some(_), Command::Add { .. }) => Err(Refusal::conflict("the customer was added before")),
        (None, Command::Change { .. }) => Err(Refusal::not_found("no such customer")),
        (Some(customer), Command::Change { profile }) => {
            profile.check()?;
            let unchanged = customer.profile == profile;
            Ok(if unchanged { vec![] } else { vec![Event::Changed(Changed { profile })] })
        }
    }
}

/// The customer after the event.
#[must_use]
pub fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (_, Event::Added(added)) => {
            Some(Customer { id: added.customer, profile: added.profile.clone() })
        }
        (Some(customer), Event::Changed(changed)) => {
            Some(Customer { profile: changed.profile.clone(), ..customer })
        }
        (None, Event::Changed(_)) => None,
    }
}

/// What two spellings of one name have in common.
#[must_use]
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Profile {
    /// The fields in which two profiles differ, for whoever edited an older one.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("name", self.name != other.name),
            ("tier", self.tier != other.tier),
            ("residency", self.residency != other.residency),
            ("entitlements", self.entitlements != other.entitlements),
            ("uses", self.uses != other.uses),
            ("contacts", self.contacts != other.contacts),
        ];
        pairs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
    }

    fn check(&self) -> Result<(), Refusal> {
        require("name", &self.name)?;
        check_line("tier", &self.tier)?;
        check_line("residency", &self.residency)?;
        check_count("entitlements", self.entitlements.len(), ENTITLEMENTS_MAX)?;
        check_count("uses", self.uses.len(), USES_MAX)?;
        check_count("contacts", self.contacts.len(), CONTACTS_MAX)?;
        for entitlement in &self.entitlements {
            require("entitlement", entitlement)?;
        }
        for Use { product, version, environment } in &self.uses {
            require("product", product)?;
            check_line("version", version)?;
            check_line("environment", environment)?;
        }
        for Contact { name, email, role } in &self.contacts {
            require("name of a contact", name)?;
            check_line("role of a contact", role)?;
            check_line("e-mail of a contact", email)?;
            let parts: Vec<&str> = email.split('@').collect();
            let is_address = parts.len() == 2 && parts.iter().all(|part| !part.is_empty());
            if !email.is_empty() && (!is_address || email.contains(char::is_whitespace)) {
                return Err(Refusal::invalid(
                    "an e-mail of a contact is no address; write name@example.com or leave it out",
                ));
            }
        }
        Ok(())
    }
}

pub(crate) fn require(field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::invalid(format!("{field} is empty")));
    }
    check_line(field, text)
}

/// One line of a list: a sign that is not seen would let two names look alike.
pub(crate) fn check_line(field: &str, text: &str) -> Result<(), Refusal> {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.contains(unseen) {
        return Err(Refusal::invalid(format!("{field} holds a sign that cannot be seen")));
    }
    check_length(field, text, LABEL_CHARACTERS_MAX)
}

pub(crate) fn check_count(field: &str, count: usize, max: usize) -> Result<(), Refusal> {
    if count > max {
        return Err(Refusal::invalid(format!("more than {max} {field}")));
    }
    Ok(())
}
