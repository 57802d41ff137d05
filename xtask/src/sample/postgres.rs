//! The database. It is healthy all the time; it only sees a client vanish.

use super::archive::Tree;
use super::clock::{MILLI, MINUTE, Micros, SECOND, written};
use super::log::Log;
use super::random::Random;
use super::scene::{KILLED, POOL_AFTER, Phase, RESTARTED, ROLLED_OUT, Scene};
use super::traffic::{Request, Service};

const LOG: &str = "cluster-resources/pods/logs/shop/postgres-0/postgres.log";
const CLIENT: &str = "ledger_app@ledger";

pub(crate) fn write(scene: Scene, requests: &[Request], tree: &mut Tree) {
    let mut random = Random::new(scene.seed() + 60);
    let mut log = Log::default();
    for time in scene.every(5 * MINUTE) {
        let start = time + 17 * SECOND;
        let buffers = random.between(180, 2_900);
        log.push(start, line(start, 27, "", "LOG", "checkpoint starting: time"));
        let end = start + 41 * SECOND;
        log.push(end, line(end, 27, "", "LOG", &format!(
            "checkpoint complete: wrote {buffers} buffers ({}.{}%); 0 WAL file(s) added, 0 removed, 1 recycled; write=40.{:03} s, sync=0.012 s, total=41.{:03} s",
            buffers / 163, buffers % 10, random.between(0, 999), random.between(0, 999)
        )));
    }
    for request in requests {
        let statement =
            request.steps.iter().find(|step| step.operation == "INSERT ledger.postings");
        let Some(statement) = statement else { continue };
        // log_min_duration_statement of this database is 12 ms
        if statement.duration > 12 * MILLI {
            let session = 1_100 + statement.id % 64;
            log.push(statement.end(), line(statement.end(), session, CLIENT, "LOG", &format!(
                "duration: {}.{:03} ms  execute <unnamed>: INSERT INTO postings (order_no, account, amount_cents)\n\tVALUES ($1, $2, $3)",
                statement.duration / MILLI, statement.duration % MILLI
            )));
            log.push(
                statement.end(),
                line(
                    statement.end(),
                    session,
                    CLIENT,
                    "DETAIL",
                    &format!(
                        "parameters: $1 = 'SO-{}', $2 = '4400', $3 = '{}'",
                        request.order, request.cents
                    ),
                ),
            );
        }
    }
    for time in scene.every(30 * SECOND) {
        let table = *random.pick(&["postings", "accounts", "outbox"]);
        log.push(time + 700 * MILLI, line(time + 700 * MILLI, 41, "", "LOG", &format!(
            "automatic vacuum of table \"ledger.public.{table}\": index scans: 0\n\tpages: 0 removed, {} remain, 12 scanned\n\ttuples: {} removed, {} remain",
            random.between(800, 4_000), random.between(0, 90), random.between(80_000, 400_000)
        )));
    }
    if scene == Scene::Outage {
        write_sessions(&mut log);
    }
    write_deadlock(scene, requests, &mut log);
    tree.add(LOG, log.between(scene.from(), scene.until()));
}

fn write_sessions(log: &mut Log) {
    for session in 0..POOL_AFTER {
        let number = 2_200 + session.unsigned_abs();
        let opened = ROLLED_OUT - 20 * SECOND + session * 37 * MILLI;
        log.push(opened, line(opened, number, CLIENT, "LOG", "connection authorized: user=ledger_app database=ledger application_name=ledger-7.4.1"));
        let lost = KILLED + 90 * MILLI + session * MILLI;
        log.push(
            lost,
            line(
                lost,
                number,
                CLIENT,
                "LOG",
                "could not receive data from client: Connection reset by peer",
            ),
        );
        log.push(
            lost,
            line(
                lost,
                number,
                CLIENT,
                "LOG",
                "unexpected EOF on client connection with an open transaction",
            ),
        );
        let again = RESTARTED - 6 * SECOND + session * 41 * MILLI;
        log.push(again, line(again, number + 200, CLIENT, "LOG", "connection authorized: user=ledger_app database=ledger application_name=ledger-7.4.1"));
    }
}

/// A deadlock between two clerks: an error that has nothing to do with the release.
fn write_deadlock(scene: Scene, requests: &[Request], log: &mut Log) {
    let quiet = |request: &&Request| {
        scene.phase(request.start()) == Phase::Normal && request.step(Service::Ledger).is_some()
    };
    let Some(request) = requests.iter().filter(quiet).nth(40) else { return };
    let time = request.start();
    log.push(time, line(time, 1_188, "backoffice@ledger", "ERROR", "deadlock detected"));
    log.push(time, line(time, 1_188, "backoffice@ledger", "DETAIL", "Process 1188 waits for ShareLock on transaction 918221; blocked by process 1191.\n\tProcess 1191 waits for ShareLock on transaction 918220; blocked by process 1188."));
    log.push(
        time,
        line(time, 1_188, "backoffice@ledger", "HINT", "See server log for query details."),
    );
    log.push(
        time,
        line(
            time,
            1_188,
            "backoffice@ledger",
            "STATEMENT",
            "UPDATE accounts SET balance_cents = balance_cents - $1 WHERE id = $2",
        ),
    );
}

fn line(time: Micros, process: u64, session: &str, level: &str, text: &str) -> String {
    let session = if session.is_empty() { String::new() } else { format!("{session} ") };
    format!("{} UTC [{process}] {session}{level}:  {text}", written(time, "%Y-%m-%d %H:%M:%S.%3f"))
}
