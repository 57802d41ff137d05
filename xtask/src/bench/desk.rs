//! `cargo xtask bench desk`: what the desk costs with many cases, on both engines. The served binary
//! is asked over HTTP on loopback, one connection kept open; its processor time and PostgreSQL's are
//! the kernel's. Request Tracker is not run: its figures in `docs/benchmarks.md` were published.

mod client;
mod fill;
mod process;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use mainstay_store::StoreUrl;
use mainstay_store::testing::Cluster;
use serde_json::json;

use super::table::{self, number};
use client::Client;
use process::{Served, Usage};

/// Cases and events of each round.
pub(crate) const SIZES: [(u32, u32); 2] = [(10_000, 100_000), (100_000, 1_000_000)];
/// Whoever signs in.
const LOGIN: &str = "bench";
const PASSWORD: &str = "correct horse battery staple";
/// Each question is asked so often; the hundredth slowest of the queue's is its p99.
const REQUESTS: usize = 300;
const QUEUE_REQUESTS: usize = 1_000;
/// Writers at the same time, each waiting for its own acknowledgement.
const WRITERS: usize = 16;
const WRITE_FOR: Duration = Duration::from_secs(10);
/// Until a served desk has nothing left to do after its start.
const REST: Duration = Duration::from_secs(5);

/// Where a desk of the bench lives.
struct Place {
    engine: &'static str,
    data: PathBuf,
    store: StoreUrl,
    /// The server process of PostgreSQL.
    database: Option<u32>,
}

/// Makes the desks and measures them.
pub(crate) fn measure(binary: &Path, sizes: &[(u32, u32)]) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let cluster = Cluster::start();
    for (cases, events) in sizes {
        let folder = std::env::temp_dir().join(format!("mainstay-bench-desk-{cases}"));
        // absent on the first run
        let _ = std::fs::remove_dir_all(&folder);
        let places = [
            Place {
                engine: "SQLite",
                data: folder.join("sqlite"),
                store: StoreUrl::file(folder.join("sqlite/mainstay.db")),
                database: None,
            },
            Place {
                engine: "PostgreSQL",
                data: folder.join("postgres"),
                store: runtime.block_on(cluster.new_database()),
                database: Some(cluster.server_process()),
            },
        ];
        for place in &places {
            std::fs::create_dir_all(&place.data).context("could not make a folder")?;
            create_account(binary, place)?;
            let start = Instant::now();
            let filled = runtime.block_on(fill::fill(&place.store, *cases, *events))?;
            println!(
                "\n{}: {cases} cases, {} events, written in {} s",
                place.engine,
                filled.events,
                number(start.elapsed().as_secs_f64())
            );
            measure_place(binary, place, &filled)?;
        }
        std::fs::remove_dir_all(&folder).context("could not clear up")?;
    }
    Ok(())
}

fn storage(place: &Place) -> Vec<String> {
    let mut words = vec!["--data".to_owned(), place.data.display().to_string()];
    if let StoreUrl::Postgres(address) = &place.store {
        words.extend(["--database".to_owned(), address.clone()]);
    }
    words
}

fn create_account(binary: &Path, place: &Place) -> Result<()> {
    let mut child = Command::new(binary)
        .args(["account", "create", LOGIN, "--name", "Bench", "--role", "senior"])
        .args(storage(place))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("could not start mainstay")?;
    child.stdin.take().context("no pipe")?.write_all(PASSWORD.as_bytes())?;
    ensure!(child.wait()?.success(), "the account was not created");
    Ok(())
}

fn measure_place(binary: &Path, place: &Place, filled: &fill::Filled) -> Result<()> {
    let served = Served::start(binary, &storage(place))?;
    std::thread::sleep(REST);
    let idle = served.resident_bytes()?;
    let mut client = Client::sign_in(&served.address, LOGIN, PASSWORD)?;
    let mut rows = Vec::new();
    let mut ask = |name: &str, requests: usize, paths: &dyn Fn(usize) -> Vec<String>| {
        let asked = ask(&mut client, &served, place, requests, paths)?;
        rows.push(asked.row(name));
        Ok::<(), anyhow::Error>(())
    };
    let case = |round: usize| format!("/api/v1/cases/MS-{}", filled.case(round));
    ask("get one case", REQUESTS, &|round| vec![case(round)])?;
    ask("list 50 by priority", REQUESTS, &|_| vec!["/api/v1/cases?limit=50".to_owned()])?;
    ask("queue page: 50 rows and the counts of the views", QUEUE_REQUESTS, &|round| {
        let view = ["all", "mine", "unowned", "resolved"][round % 4];
        let sort = ["severity", "updated", "opened"][round / 4 % 3];
        let page = format!("/api/v1/cases?view={view}&sort={sort}&limit=50");
        vec![page, "/api/v1/cases/counts".to_owned()]
    })?;
    ask("filtered list: unowned P1 and P2", REQUESTS, &|_| {
        vec!["/api/v1/cases?view=unowned&severity=P1,P2&limit=50".to_owned()]
    })?;
    for (name, word) in fill::SEARCHES {
        ask(&format!("search: {name}"), REQUESTS, &|round| {
            let word = word(round);
            vec![format!("/api/v1/cases?text={word}&limit=50")]
        })?;
    }
    ask("case page: case, timeline, bundles, evidence", REQUESTS, &|round| {
        let case = case(round);
        vec![case.clone(), format!("{case}/timeline"), format!("{case}/evidence")]
    })?;
    let created = create(&mut client, &served, place)?;
    rows.push(created.row("create a case"));
    let heads =
        ["request", "CPU ms", "of it PostgreSQL", "p50 ms", "p99 ms", "slowest ms", "bytes"];
    table::print(&format!("{}, one connection", place.engine), &heads, &rows);
    let before = served.usage(place.database)?;
    let start = Instant::now();
    let written = write_together(&served, filled)?;
    let seconds = start.elapsed().as_secs_f64();
    let usage = served.usage(place.database)?.since(before);
    let cpu_ms = |seconds: f64| number(seconds * 1e3 / written as f64);
    println!(
        "\n{WRITERS} writers: {} acknowledged notes a second; {} ms CPU each, {} of it PostgreSQL",
        number(written as f64 / seconds),
        cpu_ms(usage.desk_s + usage.database_s),
        cpu_ms(usage.database_s)
    );
    let busy = served.resident_bytes()?;
    let (idle, busy) = (table::megabytes(idle), table::megabytes(busy));
    println!("resident memory: {idle} MB idle after the start, {busy} MB after all of this");
    Ok(())
}

/// What a question cost.
struct Asked {
    usage: Usage,
    requests: usize,
    /// In order.
    millis: Vec<f64>,
    bytes: usize,
}

impl Asked {
    fn row(&self, name: &str) -> Vec<String> {
        let per_request = |seconds: f64| number(seconds * 1e3 / self.requests as f64);
        let at = |share: f64| {
            let place = (self.millis.len() as f64 * share) as usize;
            number(self.millis[place.min(self.millis.len() - 1)])
        };
        vec![
            name.to_owned(),
            per_request(self.usage.desk_s + self.usage.database_s),
            per_request(self.usage.database_s),
            at(0.5),
            at(0.99),
            at(1.0),
            (self.bytes / self.requests).to_string(),
        ]
    }
}

fn ask(
    client: &mut Client,
    served: &Served,
    place: &Place,
    requests: usize,
    paths: &dyn Fn(usize) -> Vec<String>,
) -> Result<Asked> {
    // what is prepared and cached once is not what a request costs
    for round in 0..20 {
        for path in paths(round) {
            client.get(&path)?;
        }
    }
    let before = served.usage(place.database)?;
    let (mut millis, mut bytes) = (Vec::with_capacity(requests), 0);
    for round in 0..requests {
        let start = Instant::now();
        for path in paths(round) {
            bytes += client.get(&path)?;
        }
        millis.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let usage = served.usage(place.database)?.since(before);
    millis.sort_by(f64::total_cmp);
    Ok(Asked { usage, requests, millis, bytes })
}

fn create(client: &mut Client, served: &Served, place: &Place) -> Result<Asked> {
    let before = served.usage(place.database)?;
    let (mut millis, mut bytes) = (Vec::with_capacity(REQUESTS), 0);
    for round in 0..REQUESTS {
        let body = json!({ "subject": format!("Created by the bench {round}"), "severity": "P3",
            "customer": "Acme", "product": "Shop", "version": "7.4",
            "description": fill::sentence(round as u64) });
        let start = Instant::now();
        bytes += client.post("/api/v1/cases", &body)?;
        millis.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let usage = served.usage(place.database)?.since(before);
    millis.sort_by(f64::total_cmp);
    Ok(Asked { usage, requests: REQUESTS, millis, bytes })
}

/// Notes to different cases, each writer waiting for its answer before the next; how many.
fn write_together(served: &Served, filled: &fill::Filled) -> Result<u64> {
    let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let failed = Arc::new(Mutex::new(None));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (stop, written, failed) = (stop.clone(), written.clone(), failed.clone());
            let (address, filled) = (served.address.clone(), filled.clone());
            let client = Client::sign_in(&address, LOGIN, PASSWORD)?;
            Ok(std::thread::spawn(move || {
                let work = || write_until(&stop, &written, client, &filled, writer);
                if let Err(error) = work() {
                    *failed.lock().expect("nobody panics with it") = Some(error);
                }
            }))
        })
        .collect::<Result<_>>()?;
    std::thread::sleep(WRITE_FOR);
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.join().map_err(|_| anyhow::anyhow!("a writer panicked"))?;
    }
    match failed.lock().expect("nobody panics with it").take() {
        Some(error) => Err(error),
        None => Ok(written.load(Ordering::Relaxed)),
    }
}

fn write_until(
    stop: &AtomicBool,
    written: &AtomicU64,
    mut client: Client,
    filled: &fill::Filled,
    writer: usize,
) -> Result<()> {
    for round in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let text = fill::sentence((writer * 1_000_003 + round) as u64);
        let body = json!({ "audience": "internal", "text": text });
        // each writer has cases of its own
        let case = filled.open_case(writer + WRITERS * round);
        client.post(&format!("/api/v1/cases/MS-{case}/notes"), &body)?;
        written.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}
