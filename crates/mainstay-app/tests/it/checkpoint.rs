//! A served desk signs its log every day without being told, and keeps a copy outside the database.

use std::time::Duration;

use mainstay_app::account::AccountDraft;
use mainstay_app::checkpoint::{Beliefs, Checkpoint};
use mainstay_app::request::Origin;
use mainstay_core::Role;
use mainstay_store::{CheckpointFault, Store};
use secrecy::SecretString;

use crate::desk::{self, Desk};

async fn signs_by_itself(desk: Desk) {
    let app = &desk.app;
    let draft = AccountDraft {
        login: "kim".to_owned(),
        name: "Kim".to_owned(),
        role: Role::Senior,
        password: SecretString::from("correct horse battery"),
    };
    app.create_account_here(draft, Origin::Cli).await.expect("an account");
    let beliefs = Beliefs::default();
    assert_eq!(app.audit_here(&beliefs).await.expect("an audit").log.checkpoints, 0);

    app.start_worker();
    let signed = async {
        loop {
            let audit = app.audit_here(&beliefs).await.expect("an audit");
            assert!(audit.is_clean(), "{:?}", audit.log);
            if audit.log.checkpoints > 0 {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), signed).await.expect("it signs at its start");
    app.close().await;

    let store = Store::open(&desk.store).await.expect("opens");
    let kept = store.checkpoints().await.expect("asked");
    let copy = desk.folder.path().join("checkpoints/00000001.checkpoint");
    let copy = std::fs::read_to_string(copy).expect("a copy outside the database");
    assert_eq!(kept, [Checkpoint::from_file(&copy).expect("ours")]);
    let tomorrow = store.next_job_at().await.expect("asked");
    assert!(tomorrow.is_some(), "the next one is planned");
    store.close().await;

    // another key is not believed, whoever brings it
    let folder = desk.folder.path().join("checkpoint.key");
    std::fs::write(folder, "08".repeat(32)).expect("written");
    let app = desk.again().await;
    let audit = app.audit_here(&beliefs).await.expect("an audit");
    let found: Vec<CheckpointFault> = audit.log.mismatches.iter().map(|it| it.what).collect();
    assert_eq!(found, [CheckpointFault::Key]);
    app.close().await;
}

#[tokio::test]
async fn a_served_desk_signs_its_log_on_sqlite() {
    signs_by_itself(desk::on_sqlite().await).await;
}

#[tokio::test]
async fn a_served_desk_signs_its_log_on_postgresql() {
    signs_by_itself(desk::on_postgres().await).await;
}
