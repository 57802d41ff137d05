//! r01: a process that dies at any moment loses nothing that it acknowledged, on both engines, and
//! the store opens again by itself. The dying process is this test binary, started once more.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use mainstay_core::event::{Event, Stream};
use mainstay_core::{Severity, case};
use mainstay_store::testing::Cluster;
use mainstay_store::{Cursor, Store, StoreUrl};

use crate::fixture::{MORNING, case_id, context, meta, note, run};

/// Tells the second process what to write to; without it, that test has nothing to do.
const CHILD: &str = "MAINSTAY_CRASH_CHILD";
/// Acknowledgements before each kill; the moment after them is up to the scheduler.
const ROUNDS: [usize; 6] = [1, 7, 2, 19, 4, 11];

/// Writers at the same time: on SQLite they share commits, and the kill falls between any two steps.
const WRITERS: usize = 6;

/// Writes notes as fast as it can and says so after each commit, until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_writes_until_killed() {
    let Ok(address) = std::env::var(CHILD) else {
        return;
    };
    let store = Store::open(&address.parse().expect("an address")).await.expect("opens");
    if store.case(case_id(1)).await.expect("loads").version == 0 {
        let mut write = store.begin(&meta(MORNING)).await.expect("a writer");
        run(&mut write, case_id(1), case::Command::Open(opened())).await;
        write.commit().await.expect("committed");
        acknowledge(1);
    }
    let writers: Vec<_> =
        (0..WRITERS).map(|_| tokio::spawn(write_until_killed(store.clone()))).collect();
    for writer in writers {
        writer.await.expect("it was killed, or its database was");
    }
}

async fn write_until_killed(store: Store) {
    let id = case_id(1);
    loop {
        let Ok(mut write) = store.begin(&meta(MORNING)).await else {
            return;
        };
        let Ok(loaded) = write.load_case(id).await else {
            return;
        };
        let version = loaded.version + 1;
        let command = note(u128::from(version), &format!("note {version}"));
        let events = case::decide(&loaded.state, command, &context()).expect("allowed");
        let events: Vec<Event> = events.into_iter().map(Event::Case).collect();
        let appended = write.append(Stream::Case(id), loaded.version, &events).await;
        if appended.is_err() || write.commit().await.is_err() {
            return;
        }
        acknowledge(version);
    }
}

fn acknowledge(version: u64) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "\nacknowledged {version}").expect("the parent reads");
    output.flush().expect("the parent reads");
}

fn opened() -> case::Opened {
    case::Opened {
        case: case_id(1),
        number: mainstay_core::CaseNumber(1001),
        subject: "Slow search".to_owned(),
        severity: Severity::P3,
        customer: String::new(),
        product: String::new(),
        version: String::new(),
        description: String::new(),
        sample: false,
    }
}

fn start_child(address: &str) -> Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "crash::child_writes_until_killed", "--nocapture"])
        .env(CHILD, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this test starts again")
}

/// Reads acknowledgements, kills after some, and reads what was still said: versions.
fn acknowledged_until(address: &str, wanted: usize, kill: &dyn Fn(&mut Child)) -> Vec<u64> {
    let mut child = start_child(address);
    let output = child.stdout.take().expect("it is piped");
    let mut versions = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line.expect("text");
        if let Some(version) = line.strip_prefix("acknowledged ") {
            versions.push(version.parse().expect("a number"));
            if versions.len() == wanted {
                kill(&mut child);
            }
        }
    }
    child.wait().expect("it ended");
    assert!(versions.len() >= wanted, "it wrote until it was killed");
    versions
}

async fn assert_nothing_lost(address: &str, acknowledged: &[u64]) {
    let url: StoreUrl = address.parse().expect("an address");
    let store = Store::open(&url).await.expect("it opens without help");
    let report = store.verify().await.expect("verified");
    assert_eq!(report.broken, vec![]);
    assert!(store.rebuild_check().await.expect("checked").is_equal());
    let changes = store.changes_after(Cursor::default(), u32::MAX).await.expect("asked");
    for version in acknowledged {
        let present = changes.iter().any(|change| {
            let text = match &change.event {
                Some(Event::Case(case::Event::Noted(noted))) => noted.text.clone(),
                _ => "note 1".to_owned(),
            };
            change.version == *version && text == format!("note {version}")
        });
        assert!(present, "version {version} was acknowledged and is lost");
    }
    let in_doubt = report.events - acknowledged.len() as u64;
    assert!(in_doubt <= (ROUNDS.len() * WRITERS) as u64, "each writer had one on the way");
    store.close().await;
}

fn kill_the_process(child: &mut Child) {
    child.kill().expect("killed");
}

async fn survive(address: &str, kill: &dyn Fn(&mut Child), rounds: &[usize]) {
    let mut acknowledged = Vec::new();
    for wanted in rounds {
        acknowledged.extend(acknowledged_until(address, *wanted, kill));
        assert_nothing_lost(address, &acknowledged).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r01_a_killed_process_loses_nothing_on_sqlite() {
    let folder = tempfile::tempdir().expect("made");
    let address = StoreUrl::file(folder.path().join("mainstay.db")).to_string();
    survive(&address, &kill_the_process, &ROUNDS).await;
}

/// Also r05: the server is stopped at once under load and comes back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r01_a_killed_process_or_server_loses_nothing_on_postgres() {
    let cluster = Cluster::start();
    let StoreUrl::Postgres(address) = cluster.new_database().await else {
        unreachable!("a cluster's databases are PostgreSQL's")
    };
    survive(&address, &kill_the_process, &ROUNDS).await;
    let crash = |child: &mut Child| {
        cluster.crash();
        kill_the_process(child);
    };
    let folder_of_its_own = cluster.new_database().await;
    let StoreUrl::Postgres(address) = folder_of_its_own else {
        unreachable!("a cluster's databases are PostgreSQL's")
    };
    survive(&address, &crash, &ROUNDS[..2]).await;
}
