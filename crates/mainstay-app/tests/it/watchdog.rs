//! A bundle whose reader is gone does not stay "reading" for ever.

use mainstay_app::account::AccountDraft;
use mainstay_app::bundle::BundleState;
use mainstay_app::case::CaseDraft;
use mainstay_app::request::{Origin, Request};
use mainstay_core::bundle::{self, FailureReason, Received};
use mainstay_core::event::{Event, Stream};
use mainstay_core::{Actor, BundleId, Role, Severity, UtcMicros, case};
use mainstay_store::{Meta, NewJob, Store, StoreUrl};
use secrecy::SecretString;

use crate::desk::{self, Desk};

async fn marks_it(desk: Desk) {
    let app = &desk.app;
    let draft = AccountDraft {
        login: "kim".to_owned(),
        name: "Kim".to_owned(),
        role: Role::Senior,
        password: SecretString::from("correct horse battery"),
    };
    let user = app.create_account_here(draft, Origin::Cli).await.expect("an account");
    let actor = Actor { user, role: Role::Senior };
    let draft = CaseDraft {
        subject: "left alone".to_owned(),
        severity: Severity::P3,
        customer: String::new(),
        product: String::new(),
        version: String::new(),
        description: String::new(),
        sample: false,
    };
    let request = Request::new(actor, Origin::Cli);
    let number = app.open_case(&request, draft).await.expect("a case").number;
    let case = app.case(&actor, number).await.expect("the case").summary.id;
    let bundle = received_by_a_node_that_died(&desk.store, user, case).await;

    app.start_worker();
    let found = app.wait_for_bundle(&actor, bundle).await.expect("an end");
    assert_eq!(found.state, BundleState::Failed);
    assert_eq!(found.failure, Some(FailureReason::Interrupted));
    app.close().await;
}

/// What a node wrote before it was killed: the bundle is received, its watchdog is due.
async fn received_by_a_node_that_died(
    url: &StoreUrl,
    user: mainstay_core::UserId,
    case: mainstay_core::CaseId,
) -> BundleId {
    let store = Store::open(url).await.expect("a store");
    let id: BundleId = "01a20c39-04bb-7713-81ae-603724d19088".parse().expect("an id");
    let meta = Meta {
        actor: user,
        origin: Origin::Ui,
        at: UtcMicros(0),
        recorded_at: None,
        causation: None,
        correlation: "test".to_owned(),
        idempotency_key: None,
    };
    let mut write = store.begin(&meta).await.expect("a write");
    let loaded = write.load_case(case).await.expect("the case");
    let attached = case::BundleAttached { bundle: id, name: "lost.tar.gz".to_owned() };
    let received = Received {
        bundle: id,
        case,
        name: "lost.tar.gz".to_owned(),
        size_bytes: 1,
        content_hash: "00".to_owned(),
    };
    let received = Event::Bundle(bundle::Event::Received(received));
    write.append(Stream::Bundle(id), 0, &[received]).await.expect("appended");
    let attached = Event::Case(case::Event::BundleAttached(attached));
    write.append(Stream::Case(case), loaded.version, &[attached]).await.expect("appended");
    let job = NewJob {
        kind: "bundle.watchdog",
        key: format!("bundle.watchdog/{id}"),
        payload: format!("\"{id}\""),
        run_at: UtcMicros(0),
    };
    write.enqueue(&job).await.expect("enqueued");
    write.commit().await.expect("committed");
    store.close().await;
    id
}

#[tokio::test]
async fn a_bundle_without_its_reader_is_marked_on_sqlite() {
    marks_it(desk::on_sqlite().await).await;
}

#[tokio::test]
async fn a_bundle_without_its_reader_is_marked_on_postgresql() {
    marks_it(desk::on_postgres().await).await;
}
