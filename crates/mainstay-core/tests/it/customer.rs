//! Customers: given what is known of them, when this is asked, then that follows.

use mainstay_core::CustomerId;
use mainstay_core::customer::{self, Command, Contact, Profile, Use, decide, evolve, name_key};
use mainstay_core::event::Event;
use uuid::Uuid;

use crate::fixture::{context, told};

pub(crate) fn customer_id() -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(0xC057))
}

pub(crate) fn profile() -> Profile {
    Profile {
        name: "Acme Retail".to_owned(),
        tier: "platinum".to_owned(),
        residency: "EU".to_owned(),
        entitlements: vec!["24x7 for P1".to_owned()],
        uses: vec![Use {
            product: "Shop".to_owned(),
            version: "7.4.1".to_owned(),
            environment: "production".to_owned(),
        }],
        contacts: vec![Contact {
            name: "Dana".to_owned(),
            email: "dana@acme.example".to_owned(),
            role: "operations".to_owned(),
        }],
    }
}

fn with(change: impl FnOnce(&mut Profile)) -> Profile {
    let mut changed = profile();
    change(&mut changed);
    changed
}

fn add(profile: Profile) -> Command {
    Command::Add { customer: customer_id(), profile }
}

fn check(before: &[Command], when: Command, expect: &str) {
    let mut state = None;
    for command in before {
        for event in decide(&state, command.clone(), &context()).expect("given is allowed") {
            state = evolve(state, &event);
        }
    }
    let outcome = decide(&state, when, &context());
    let outcome = outcome.map(|events| events.into_iter().map(Event::Customer).collect());
    assert!(told(outcome).starts_with(expect), "expected {expect}");
}

#[test]
fn a_customer_is_added_once_and_changed_as_a_whole() {
    check(
        &[],
        add(profile()),
        "customer.added {\"customer\":\"00000000-0000-0000-0000-00000000c057\"",
    );
    check(&[add(profile())], add(profile()), "conflict: the customer was added before");
    let change = |profile| Command::Change { profile };
    check(&[], change(profile()), "not_found: no such customer");
    check(&[add(profile())], change(profile()), "nothing");
    let gold = with(|profile| profile.tier = "gold".to_owned());
    check(
        &[add(profile())],
        change(gold),
        "customer.changed {\"profile\":{\"name\":\"Acme Retail\",\"tier\":\"gold\"",
    );
}

#[test]
fn what_is_no_line_of_a_list_is_refused() {
    let refused = |change: fn(&mut Profile), expect: &str| check(&[], add(with(change)), expect);
    refused(|it| it.name = " \t".to_owned(), "invalid: name is empty");
    refused(|it| it.name = "x".repeat(121), "invalid: name has more than 120 characters");
    refused(
        |it| it.name = "Ac\u{200B}me".to_owned(),
        "invalid: name holds a sign that cannot be seen",
    );
    refused(
        |it| it.tier = "gold\u{202E}".to_owned(),
        "invalid: tier holds a sign that cannot be seen",
    );
    refused(|it| it.name = "Ac\nme".to_owned(), "invalid: name holds a sign that cannot be seen");
    refused(|it| it.uses[0].product = String::new(), "invalid: product is empty");
    refused(
        |it| it.contacts[0].email = "dana".to_owned(),
        "invalid: an e-mail of a contact is no address",
    );
    refused(
        |it| it.contacts[0].email = "a b@c".to_owned(),
        "invalid: an e-mail of a contact is no address",
    );
    refused(|it| it.contacts = vec![Contact::default(); 201], "invalid: more than 200 contacts");
    let markup = with(|it| it.name = "<script>alert(1)</script>".to_owned());
    check(&[], add(markup), "customer.added");
}

#[test]
fn spellings_of_one_name_meet() {
    assert_eq!(name_key("  ACME \u{A0} Retail "), name_key("Acme retail"));
    assert_ne!(name_key("Acme"), name_key("Acme Retail"));
}

#[test]
fn a_difference_is_named_by_its_fields() {
    assert_eq!(profile().differences(&profile()), [] as [&str; 0]);
    let other = with(|profile| {
        profile.tier = "gold".to_owned();
        profile.contacts.clear();
    });
    assert_eq!(profile().differences(&other), ["tier", "contacts"]);
}

#[test]
fn nothing_comes_of_an_event_without_its_customer() {
    let changed = customer::Event::Changed(customer::Changed { profile: profile() });
    assert_eq!(evolve(None, &changed), None);
}
