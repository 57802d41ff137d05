//! Is the log what was written? Every chain, link by link, every head, and the references between
//! the read tables. Damage is named, never repaired: a repair that rehashes hides it.
//!
//! A chain alone does not see a tail that was cut together with its head, nor a log rewritten as a
//! whole; what checkpoints claim is compared with it, those in the database and those kept elsewhere.

mod claims;

use std::collections::BTreeMap;

use crate::chain::Hash;
use crate::connection::Connection;
use crate::error::{Damage, StoreError};
use crate::log::{Head, Stored, TENANT, Walk};
use crate::row::{FromRow as _, Row};
use crate::statement::{log as statement, queue, read};
use crate::store::Store;
use crate::value::values;

use claims::Claims;
pub use claims::{CheckpointFault, Mismatch, Trust};

/// Events in memory at a time; a body has at most some hundred kilobytes.
const PAGE: u32 = 500;

/// What the verification saw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    pub events: u64,
    pub streams: u64,
    /// The first damaged event of each damaged stream.
    pub broken: Vec<Broken>,
    /// References of the read tables that lead nowhere.
    pub findings: Vec<Finding>,
    /// Checkpoints that were compared with the log.
    pub checkpoints: u64,
    /// Where the log, or a checkpoint, is not what was signed; oldest first.
    pub mismatches: Vec<Mismatch>,
}

/// A damaged event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub stream: String,
    pub version: u64,
    pub what: Damage,
}

/// A row that refers to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub what: String,
    pub id: String,
}

impl VerifyReport {
    /// Nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty() && self.findings.is_empty() && self.mismatches.is_empty()
    }
}

/// The stream being followed; once broken, the rest of it says nothing more.
struct Following {
    stream: String,
    walk: Walk,
    broken: bool,
}

impl Store {
    /// Checks the whole log at one moment, while others go on writing.
    ///
    /// # Errors
    /// Only when the database does not answer: damage is in the report.
    pub async fn verify(&self) -> Result<VerifyReport, StoreError> {
        self.verify_against(&Trust::default()).await
    }

    /// The same, believing only these keys, and comparing with copies kept elsewhere.
    ///
    /// # Errors
    /// As `verify`.
    pub async fn verify_against(&self, trust: &Trust) -> Result<VerifyReport, StoreError> {
        // before the moment that is looked at: what they claim was there by then
        let mut claims = Claims::of(self.checkpoints().await?, trust);
        let mut report = VerifyReport::default();
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let mut heads = read_heads(&mut connection).await?;
        let mut following: Option<Following> = None;
        let (mut after_stream, mut after_version) = (String::new(), 0_i64);
        loop {
            let values = values![TENANT, after_stream.as_str(), after_version, PAGE];
            let rows = connection.rows(statement::EVENTS_BY_STREAM, values).await?;
            let Some(last) = rows.last() else {
                break;
            };
            (after_stream, after_version) = (last.get("stream")?, last.get("version")?);
            for row in &rows {
                follow(row, &mut following, &mut heads, &mut claims, &mut report)?;
            }
        }
        if let Some(done) = following.take() {
            finish_stream(done, &mut heads, &mut report);
        }
        for (stream, head) in heads {
            report.broken.push(Broken { stream, version: head.version, what: Damage::NoEvents });
        }
        report.broken.sort_by(|a, b| a.stream.cmp(&b.stream));
        report.checkpoints = claims.checkpoints;
        report.mismatches = claims.finish();
        report.findings = audit(&mut connection).await?;
        Ok(report)
    }
}

async fn read_heads(connection: &mut Connection<'_>) -> Result<BTreeMap<String, Head>, StoreError> {
    let rows = connection.rows(statement::ALL_HEADS, values![TENANT]).await?;
    let mut heads = BTreeMap::new();
    for row in &rows {
        // a head that cannot be read fits no chain
        let hash: Hash = row.get("hash").unwrap_or_default();
        let version: i64 = row.get("version")?;
        let head = Head { version: u64::try_from(version).unwrap_or_default(), hash };
        heads.insert(row.get("stream")?, head);
    }
    Ok(heads)
}

fn follow(
    row: &Row,
    following: &mut Option<Following>,
    heads: &mut BTreeMap<String, Head>,
    claims: &mut Claims,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    report.events += 1;
    let stream: String = row.get("stream")?;
    let version: i64 = row.get("version")?;
    let version = u64::try_from(version).unwrap_or_default();
    claims.see(&stream, version, &row.get("hash").unwrap_or_default());
    if following.as_ref().is_none_or(|current| current.stream != stream) {
        if let Some(done) = following.take() {
            finish_stream(done, heads, report);
        }
        report.streams += 1;
        let walk = Walk::start(&stream);
        *following = Some(Following { stream, walk, broken: false });
    }
    let Some(current) = following.as_mut().filter(|current| !current.broken) else {
        return Ok(());
    };
    let outcome = match Stored::from_row(row) {
        Ok(stored) => current.walk.step(&stored),
        Err(_) => Err(Damage::Fields),
    };
    if let Err(what) = outcome {
        current.broken = true;
        report.broken.push(Broken { stream: current.stream.clone(), version, what });
    }
    Ok(())
}

fn finish_stream(done: Following, heads: &mut BTreeMap<String, Head>, report: &mut VerifyReport) {
    let head = heads.remove(&done.stream);
    if done.broken {
        return;
    }
    let what = match head {
        None => Damage::NoHead,
        Some(head) if head.version != done.walk.version || head.hash != done.walk.hash => {
            Damage::Head
        }
        Some(_) => return,
    };
    report.broken.push(Broken { stream: done.stream, version: done.walk.version, what });
}

async fn audit(connection: &mut Connection<'_>) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    for sql in [
        read::ORPHAN_EVIDENCE,
        read::ORPHAN_BUNDLES,
        read::ORPHAN_ENTRIES,
        read::ORPHAN_PEOPLE,
        queue::WRONG_COUNTS,
    ] {
        for row in connection.rows(sql, vec![]).await? {
            findings.push(Finding { what: row.get("finding")?, id: row.get("id")? });
        }
    }
    findings.sort_by(|a, b| (&a.what, &a.id).cmp(&(&b.what, &b.id)));
    Ok(findings)
}
