//! A desk for a test: a store of its own on either engine, people, and cases made by the core's
//! own rules, with ids and times that are the same in every run.

use std::time::Duration;

use mainstay_core::case::{self, Command, Opened, Place, Seen, Then};
use mainstay_core::event::{Event, Stream};
use mainstay_core::redaction;
use mainstay_core::sla::{self, PolicySetForm};
use mainstay_core::{
    Actor, BundleId, CaseId, CaseNumber, Context, EvidenceNumber, Level, NoteId, Role, Severity,
    UserId, UtcMicros, bundle,
};
use mainstay_store::{Change, Cursor, Meta, NewAccount, Origin, Store, StoreUrl, Write};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) url: StoreUrl,
    pub(crate) engine: Engine,
    /// Goes with the desk.
    _folder: tempfile::TempDir,
}

/// 2026-11-24T09:00:00Z
pub(crate) const MORNING: UtcMicros = UtcMicros(1_795_510_800_000_000);

impl Desk {
    pub(crate) async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => StoreUrl::file(folder.path().join("mainstay.db")),
            Engine::Postgres => mainstay_store::testing::cluster().new_database().await,
        };
        let store = Store::open(&url).await.expect("a new store opens");
        let desk = Self { store, url, engine, _folder: folder };
        desk.hire(ANN, "ann", "Ann Agent", Role::Senior).await;
        desk.hire(BOB, "bob", "Bob Boss", Role::Manager).await;
        desk
    }

    async fn hire(&self, who: u128, login: &str, name: &str, role: Role) {
        let mut write = self.write().await;
        let (login, name) = (login.to_owned(), name.to_owned());
        let account = NewAccount {
            id: user(who),
            login,
            name,
            role,
            password_hash: Some("argon".to_owned()),
        };
        write.create_account(&account).await.expect("a free login");
        write.commit().await.expect("committed");
    }

    pub(crate) async fn write(&self) -> Write {
        self.store.begin(&meta(MORNING)).await.expect("a writer")
    }

    /// Opens a case and tells its id.
    pub(crate) async fn open_case(&self, key: u128, subject: &str) -> CaseId {
        let mut write = self.write().await;
        let number = CaseNumber(write.next_number("case").await.expect("a number"));
        let id = case_id(key);
        let opened = Opened {
            case: id,
            number,
            subject: subject.to_owned(),
            severity: Severity::P2,
            customer: "Acme".to_owned(),
            product: "Shop".to_owned(),
            version: "7.4".to_owned(),
            description: "It **fails**".to_owned(),
            sample: false,
        };
        run(&mut write, id, Command::Open(opened)).await;
        write.commit().await.expect("committed");
        id
    }

    /// Decides and appends one command in a write of its own.
    pub(crate) async fn command(&self, id: CaseId, command: Command) {
        let mut write = self.write().await;
        run(&mut write, id, command).await;
        write.commit().await.expect("committed");
    }

    /// A bundle received and attached in one write.
    pub(crate) async fn attach(&self, id: CaseId, key: u128) -> BundleId {
        let bundle = bundle_id(key);
        let mut write = self.write().await;
        write.lock(&[Stream::Case(id), Stream::Bundle(bundle)]).await.expect("locked");
        let received = bundle::Received {
            bundle,
            case: id,
            name: format!("bundle-{key}.tar.gz"),
            size_bytes: 4096,
            content_hash: "c0ffee".to_owned(),
        };
        run_bundle(&mut write, bundle, bundle::Command::Receive(received)).await;
        let name = format!("bundle-{key}.tar.gz");
        run(&mut write, id, Command::AttachBundle { bundle, name }).await;
        write.commit().await.expect("committed");
        bundle
    }

    /// Publishes the next version of the policies.
    pub(crate) async fn publish(&self, set: PolicySetForm) {
        let mut write = self.write().await;
        let version = write.load_version(Stream::Policies).await.expect("a version");
        let last = write.last_policies().await.expect("a number");
        let event = sla::event::publish(last, set, "a contract".to_owned()).expect("a good set");
        write.append(Stream::Policies, version, &[Event::Sla(event)]).await.expect("appended");
        write.commit().await.expect("committed");
    }

    /// Publishes the next version of the redaction rules.
    pub(crate) async fn publish_rules(&self, text: &str) {
        let mut write = self.write().await;
        let version = write.load_version(Stream::Redaction).await.expect("a version");
        let last = u32::try_from(version).expect("few versions");
        let reason = "a project".to_owned();
        let event = redaction::publish(last, text.to_owned(), reason).expect("a reason");
        write
            .append(Stream::Redaction, version, &[Event::Redaction(event)])
            .await
            .expect("appended");
        write.commit().await.expect("committed");
    }

    pub(crate) async fn bundle_command(&self, bundle: BundleId, command: bundle::Command) {
        let mut write = self.write().await;
        run_bundle(&mut write, bundle, command).await;
        write.commit().await.expect("committed");
    }

    /// Does to the database what only its owner can.
    pub(crate) async fn sabotage(&self, sql: &'static str) -> Result<u64, sqlx::Error> {
        match &self.url {
            StoreUrl::Sqlite(path) => {
                let options = SqliteConnectOptions::new().filename(path);
                let mut connection = options.connect().await?;
                Ok(sqlx::raw_sql(sql).execute(&mut connection).await?.rows_affected())
            }
            StoreUrl::Postgres(address) => {
                let mut connection = PgConnection::connect(address).await?;
                Ok(sqlx::raw_sql(sql).execute(&mut connection).await?.rows_affected())
            }
        }
    }

    /// Takes the lock off the log, so that it can be damaged.
    pub(crate) async fn unlock_log(&self) {
        let sql = match self.engine {
            Engine::Sqlite => {
                "drop trigger events_no_update; drop trigger events_no_delete; \
                 drop trigger stream_head_no_delete; drop trigger stream_head_grows"
            }
            Engine::Postgres => {
                "alter table events disable trigger all; alter table stream_head disable trigger all"
            }
        };
        self.sabotage(sql).await.expect("the owner may do it");
    }

    /// All changes so far. Other transactions of the cluster can hold the newest back for a moment.
    pub(crate) async fn changes(&self, after: Cursor, expected: usize) -> Vec<Change> {
        let looking = async {
            loop {
                let changes = self.store.changes_after(after, 1000).await.expect("changes");
                if changes.len() >= expected {
                    return changes;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), looking).await.expect("they appear")
    }

    /// The log as text.
    pub(crate) async fn exported(&self) -> String {
        let mut text = Vec::new();
        self.store.export(&mut text).await.expect("exported");
        String::from_utf8(text).expect("JSON is UTF-8")
    }

    /// What must be true after everything: the chain holds, and the read tables are its fold.
    pub(crate) async fn assert_whole(&self) {
        let report = self.store.verify().await.expect("verified");
        assert!(report.is_whole(), "{report:?}");
        let rebuilt = self.store.rebuild_check().await.expect("rebuilt");
        assert!(rebuilt.is_equal(), "{rebuilt:?}");
    }
}

pub(crate) async fn run(write: &mut Write, id: CaseId, command: Command) {
    let loaded = write.load_case(id).await.expect("the case loads");
    let events = case::decide(&loaded.state, command, &context()).expect("allowed");
    let events: Vec<Event> = events.into_iter().map(Event::Case).collect();
    write.append(Stream::Case(id), loaded.version, &events).await.expect("appended");
}

pub(crate) async fn run_bundle(write: &mut Write, id: BundleId, command: bundle::Command) {
    let loaded = write.load_bundle(id).await.expect("the bundle loads");
    let events = bundle::decide(&loaded.state, command, &context()).expect("allowed");
    let events: Vec<Event> = events.into_iter().map(Event::Bundle).collect();
    write.append(Stream::Bundle(id), loaded.version, &events).await.expect("appended");
}

pub(crate) const ANN: u128 = 0xA1;
pub(crate) const BOB: u128 = 0xB2;

pub(crate) fn user(key: u128) -> UserId {
    UserId::from_uuid(Uuid::from_u128(key))
}

pub(crate) fn case_id(key: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA5E_0000 + key))
}

pub(crate) fn bundle_id(key: u128) -> BundleId {
    BundleId::from_uuid(Uuid::from_u128(0xB0_0000 + key))
}

pub(crate) fn note_id(key: u128) -> NoteId {
    NoteId::from_uuid(Uuid::from_u128(0x0700_0000 + key))
}

/// The write that every test does unless it says otherwise: Ann, at nine, recorded at once.
pub(crate) fn meta(at: UtcMicros) -> Meta {
    Meta {
        actor: user(ANN),
        origin: Origin::Ui,
        at,
        recorded_at: Some(at),
        causation: None,
        correlation: "request-1".to_owned(),
        idempotency_key: None,
    }
}

pub(crate) fn context() -> Context {
    Context { actor: Actor { user: user(ANN), role: Role::Senior }, at: MORNING }
}

pub(crate) fn note(key: u128, text: &str) -> Command {
    let audience = case::Audience::Internal;
    Command::Note { note: note_id(key), audience, text: text.to_owned(), then: Then::default() }
}

pub(crate) fn pin(bundle: BundleId, line: u64) -> Command {
    let seen = Seen {
        source: "api".to_owned(),
        at: Some(MORNING),
        level: Some(Level::Error),
        excerpt: format!("pool exhausted at line {line}\nsecond line"),
    };
    Command::PinEvidence { place: Place { bundle, file: 3, line }, seen }
}

pub(crate) fn unpin(number: u32) -> Command {
    Command::UnpinEvidence { evidence: EvidenceNumber(number) }
}

pub(crate) fn read() -> bundle::Read {
    bundle::Read {
        address: "ab".repeat(32),
        files: 3,
        lines: 1200,
        records: 1100,
        templates: 40,
        errors: 7,
        problems: 1,
        redactions: 12,
        first: Some(MORNING),
        last: None,
    }
}

/// What is promised to everybody: an hour to the first word, eight to the solution.
pub(crate) fn policies() -> PolicySetForm {
    serde_json::from_str(
        r#"{"policies": [{"name": "all", "position": 1, "calendar": "24x7", "targets": [
            {"severity": "P1", "metric": "first_reply_time", "target_s": 900},
            {"severity": "P2", "metric": "first_reply_time", "target_s": 3600},
            {"severity": "P2", "metric": "agent_work_time", "target_s": 28800},
            {"severity": "P2", "metric": "pausable_update_time", "target_s": 7200}]}]}"#,
    )
    .expect("a form")
}
