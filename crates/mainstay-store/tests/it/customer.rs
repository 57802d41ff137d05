//! Customers are found by name, a case keeps what it was told of one, and its clocks follow the tier.

use mainstay_core::case::{Command, CustomerSet};
use mainstay_core::customer::{self, Profile};
use mainstay_core::event::{Event, Stream};
use mainstay_core::sla::PolicySetForm;
use mainstay_core::{CustomerId, UtcMicros};
use mainstay_store::StoreError;
use uuid::Uuid;

use crate::fixture::{Desk, MORNING, case_id, context};
use crate::store_suite;

store_suite! { customer:
    customers_are_listed_by_name,
    two_customers_never_have_one_name,
    the_tier_of_the_case_moves_its_clocks,
}

pub(crate) fn customer_id(key: u128) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(0xC057_0000 + key))
}

pub(crate) fn named(name: &str, tier: &str) -> Profile {
    Profile { name: name.to_owned(), tier: tier.to_owned(), ..Profile::default() }
}

/// Adds a customer or changes one.
pub(crate) async fn put(desk: &Desk, key: u128, profile: Profile) -> Result<(), StoreError> {
    let id = customer_id(key);
    let mut write = desk.write().await;
    let loaded = write.load_customer(id).await.expect("loads");
    let command = match &loaded.state {
        None => customer::Command::Add { customer: id, profile },
        Some(_) => customer::Command::Change { profile },
    };
    let events = customer::decide(&loaded.state, command, &context()).expect("allowed");
    let events: Vec<Event> = events.into_iter().map(Event::Customer).collect();
    write.append(Stream::Customer(id), loaded.version, &events).await?;
    write.commit().await.map(|_| ())
}

async fn names(desk: &Desk, text: &str, after: &str, limit: u32) -> (Vec<String>, Option<String>) {
    let page = desk.store.customers(text, after, limit).await.expect("a page");
    (page.customers.into_iter().map(|it| it.profile.name).collect(), page.next_cursor)
}

async fn customers_are_listed_by_name(desk: Desk) {
    for (key, name) in
        ["Zebra_1", "acme retail", "<b>Birch</b>", "100% Cotton", "Zebra 1"].into_iter().enumerate()
    {
        put(&desk, key as u128, named(name, "gold")).await.expect("added");
    }
    let (first, cursor) = names(&desk, "", "", 3).await;
    assert_eq!(first, ["100% Cotton", "<b>Birch</b>", "acme retail"]);
    let (rest, end) = names(&desk, "", &cursor.expect("more"), 3).await;
    assert_eq!((rest, end), (vec!["Zebra 1".to_owned(), "Zebra_1".to_owned()], None));
    assert_eq!(names(&desk, "0% ", "", 9).await.0, ["100% Cotton"]);
    assert_eq!(names(&desk, "_1", "", 9).await.0, ["Zebra_1"]);
    let found = desk.store.customer_by_name(" ACME  Retail ").await.expect("asked").expect("there");
    assert_eq!((found.version, found.cases, found.profile.tier.as_str()), (1, 0, "gold"));
    put(&desk, 1, named("Acme Retail", "platinum")).await.expect("changed");
    let changed = desk.store.customer(customer_id(1)).await.expect("asked").expect("there");
    assert_eq!((changed.version, changed.profile.tier.as_str()), (2, "platinum"));
    desk.assert_whole().await;
}

async fn two_customers_never_have_one_name(desk: Desk) {
    put(&desk, 1, named("Acme", "")).await.expect("added");
    let twin = put(&desk, 2, named("ACME ", "")).await;
    assert!(matches!(twin, Err(StoreError::Raced(_))), "{twin:?}");
    desk.assert_whole().await;
}

async fn the_tier_of_the_case_moves_its_clocks(desk: Desk) {
    let set: PolicySetForm = serde_json::from_str(
        r#"{"policies": [
            {"name": "platinum", "position": 1, "calendar": "24x7",
             "filter": {"all": [{"field": "tier", "is": ["Platinum"]}]},
             "targets": [{"severity": "P2", "metric": "first_reply_time", "target_s": 600}]},
            {"name": "rest", "position": 2, "calendar": "24x7",
             "targets": [{"severity": "P2", "metric": "first_reply_time", "target_s": 3600}]}]}"#,
    )
    .expect("a form");
    desk.publish(set).await;
    put(&desk, 1, named("Acme Retail", "platinum")).await.expect("added");
    desk.open_case(1, "Slow").await;
    desk.command(case_id(1), Command::PinPolicies { version: 1 }).await;
    let due = async || {
        let number = desk.store.case_number(case_id(1)).await.expect("asked").expect("a case");
        let case = desk.store.case_by_number(number).await.expect("asked").expect("a case");
        (case.summary.clock.expect("runs").due_at.0 - MORNING.0, case.summary)
    };
    assert_eq!(due().await.0, 3_600_000_000);
    let chosen = CustomerSet {
        customer: Some(customer_id(1)),
        name: "Acme Retail".to_owned(),
        tier: "platinum".to_owned(),
    };
    desk.command(case_id(1), Command::SetCustomer(chosen)).await;
    let (after, case) = due().await;
    assert_eq!(
        (after, case.customer.as_str(), case.tier.as_str()),
        (600_000_000, "Acme Retail", "platinum")
    );
    // what becomes of the customer later moves no clock of this case
    put(&desk, 1, named("Acme Retail", "bronze")).await.expect("changed");
    assert_eq!(due().await.0, 600_000_000);
    let theirs = desk.store.cases_of_customer(customer_id(1), 10).await.expect("asked");
    assert_eq!(theirs.iter().map(|case| case.id).collect::<Vec<_>>(), [case_id(1)]);
    let customer = desk.store.customer(customer_id(1)).await.expect("asked").expect("there");
    assert_eq!((customer.open_cases, customer.cases), (1, 1));
    assert_eq!(customer.added_at, UtcMicros(MORNING.0));
    desk.assert_whole().await;
}
