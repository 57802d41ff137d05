//! Rules are versions, a bundle says by which it was redacted, and every look stands in the timeline.

use mainstay_core::bundle::{Command, IdentityRevealed, Redacted};
use mainstay_core::redaction::RulesUsed;

use crate::fixture::{Desk, case_id, read};
use crate::store_suite;

store_suite! { redaction:
    rules_are_versions,
    a_bundle_says_how_it_was_redacted,
}

async fn rules_are_versions(desk: Desk) {
    assert_eq!(desk.store.redaction_rules(None).await.expect("asked"), None);
    desk.publish_rules("version: 1\n").await;
    desk.publish_rules("version: 1 # the second\n").await;
    let newest = desk.store.redaction_rules(None).await.expect("asked").expect("published");
    assert_eq!((newest.version, newest.text.as_str()), (2, "version: 1 # the second\n"));
    assert_eq!((newest.reason.as_str(), newest.published_by.login.as_str()), ("a project", "ann"));
    let first = desk.store.redaction_rules(Some(1)).await.expect("asked").expect("published");
    assert_eq!(first.text, "version: 1\n");
    assert_eq!(desk.store.redaction_rules(Some(3)).await.expect("asked"), None);
    let history = desk.store.redaction_history(9).await.expect("asked");
    assert_eq!(history.iter().map(|rules| rules.version).collect::<Vec<_>>(), [2, 1]);
    desk.assert_whole().await;
}

async fn a_bundle_says_how_it_was_redacted(desk: Desk) {
    desk.open_case(1, "Checkout 502s").await;
    let bundle = desk.attach(case_id(1), 1).await;
    let rules = RulesUsed { version: 2, profile: Some("shop".to_owned()) };
    let kinds = [("email".to_owned(), 3)].into();
    let redacted = Redacted { rules: Some(rules.clone()), kinds, identities: Some(3) };
    desk.bundle_command(bundle, Command::NoteRedaction(redacted)).await;
    desk.bundle_command(bundle, Command::Finish(read())).await;
    let kept = desk.store.bundle(bundle).await.expect("asked").expect("a bundle");
    assert_eq!((kept.rules, kept.identities), (Some(rules), Some(3)));
    let look = IdentityRevealed {
        pseudonym: "<user-abcdefghijkl>".to_owned(),
        reason: "whom to call back".to_owned(),
        found: true,
    };
    desk.bundle_command(bundle, Command::Reveal(look)).await;
    let page = desk.store.timeline(case_id(1), 0, 50).await.expect("asked");
    let last = page.entries.last().expect("an entry");
    assert_eq!((last.kind.as_str(), last.bundle), ("identity_revealed", Some(bundle)));
    assert_eq!(last.title.as_deref(), Some("<user-abcdefghijkl>"));
    assert_eq!(last.text.as_deref(), Some("whom to call back"));
    desk.assert_whole().await;
}
