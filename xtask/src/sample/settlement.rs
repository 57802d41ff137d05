//! The settlement worker on its own host: time without a zone, log rotated at two o'clock. What it
//! says every twenty seconds stops when the ledger stops answering.

use anyhow::Result;

use super::archive::{Tree, gzip};
use super::clock::{MILLI, MINUTE, Micros, SECOND, at, written};
use super::log::Log;
use super::random::Random;
use super::scene::{EXHAUSTED, POOL_RAISED, RECOVERED, Scene};
use super::secrets::{CLOUD_KEY_ID, CLOUD_SECRET, IBAN};

pub(crate) const ROTATED_LOG: &str = "host-collectors/copy/settlement/app.log.1.gz";
pub(crate) const CURRENT_LOG: &str = "host-collectors/copy/settlement/app.log";

const ROTATION: Micros = at(14, 0, 0);

pub(crate) fn write(scene: Scene, tree: &mut Tree) -> Result<()> {
    let log = entries(scene);
    if scene == Scene::Good {
        tree.add(CURRENT_LOG, log.all());
        return Ok(());
    }
    tree.add(ROTATED_LOG, gzip(log.between(scene.from(), ROTATION).as_bytes())?);
    tree.add(CURRENT_LOG, log.between(ROTATION, scene.until()));
    Ok(())
}

fn entries(scene: Scene) -> Log {
    let mut random = Random::new(scene.seed() + 100);
    let mut log = Log::default();
    let stuck = |time: Micros| scene == Scene::Outage && (EXHAUSTED..RECOVERED).contains(&time);
    for (index, time) in scene.every(20 * SECOND).enumerate() {
        let batch = 1_182 + index;
        if stuck(time) {
            log.push(time, line(time, "ERROR", "c.s.settlement.Runner", &format!(
                "batch {batch} failed, ledger answered 503\njava.io.IOException: ledger answered 503\n\tat com.shop.settlement.LedgerClient.post(LedgerClient.java:66)\n\tat com.shop.settlement.Runner.run(Runner.java:39)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)"
            )));
            continue;
        }
        log.push(
            time,
            line(
                time,
                "INFO ",
                "c.s.settlement.Runner",
                &format!(
                    "settled batch {batch} of {} postings in {} ms",
                    random.between(20, 80),
                    random.between(300, 900)
                ),
            ),
        );
    }
    let uploaded = scene.from() + 12 * MINUTE + 400 * MILLI;
    log.push(uploaded, line(uploaded, "DEBUG", "c.s.settlement.Export", &format!(
        "upload settings bucket=shop-settlement access_key_id={CLOUD_KEY_ID} secret_access_key={CLOUD_SECRET}"
    )));
    let paid = scene.from() + 26 * MINUTE;
    log.push(
        paid,
        line(
            paid,
            "INFO ",
            "c.s.settlement.Payout",
            &format!("payout of 18211.40 EUR to {IBAN} queued"),
        ),
    );
    if scene == Scene::Outage {
        let waited = POOL_RAISED - 30 * SECOND;
        log.push(
            waited,
            line(waited, "WARN ", "c.s.settlement.Runner", "72 batches wait for the ledger"),
        );
    }
    log
}

fn line(time: Micros, level: &str, logger: &str, text: &str) -> String {
    format!("{} [settlement-1] {level} {logger} - {text}", written(time, "%Y-%m-%d %H:%M:%S,%3f"))
}
