//! Folding the read tables anew from the log, and proving that they were what the log says.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::chain::Hash;
use crate::connection::Connection;
use crate::dialect::LOCK_LOG;
use crate::error::StoreError;
use crate::log::{Stored, TENANT};
use crate::project::{Happened, PROJECTION_VERSION, project};
use crate::row::{FromRow as _, Row};
use crate::sla;
use crate::statement::{
    customer, handoff, link, log as log_statement, mitigation, person, project as statement, queue,
    signature, swarm,
};
use crate::store::Store;
use crate::value::values;
use mainstay_core::{CaseId, UtcMicros};

/// Events in memory at a time.
const PAGE: u32 = 500;
/// One version for all read tables together: they are folded in one pass.
const PROJECTION: &str = "read_tables";

/// The read tables: name, statement that empties it, statement that dumps it.
const TABLES: [(&str, &str, &str); 26] = [
    ("case_row", statement::CLEAR_CASES, statement::DUMP_CASES),
    ("timeline_row", statement::CLEAR_TIMELINE, statement::DUMP_TIMELINE),
    ("evidence_row", statement::CLEAR_EVIDENCE, statement::DUMP_EVIDENCE),
    ("bundle_row", statement::CLEAR_BUNDLES, statement::DUMP_BUNDLES),
    ("hypothesis_row", statement::CLEAR_HYPOTHESES, statement::DUMP_HYPOTHESES),
    ("case_word", queue::CLEAR_WORDS, queue::DUMP_WORDS),
    ("clock_entry_row", statement::CLEAR_CLOCK_ENTRIES, statement::DUMP_CLOCK_ENTRIES),
    ("policy_row", statement::CLEAR_POLICIES, statement::DUMP_POLICIES),
    ("redaction_rules_row", statement::CLEAR_REDACTION_RULES, statement::DUMP_REDACTION_RULES),
    ("case_link_row", link::CLEAR_LINKS, link::DUMP_LINKS),
    ("case_merge_row", link::CLEAR_MERGES, link::DUMP_MERGES),
    ("customer_row", customer::CLEAR_CUSTOMERS, customer::DUMP_CUSTOMERS),
    ("checklist_row", customer::CLEAR_CHECKLISTS, customer::DUMP_CHECKLISTS),
    ("intake_row", customer::CLEAR_REPORTS, customer::DUMP_REPORTS),
    ("intake_round_row", customer::CLEAR_ROUNDS, customer::DUMP_ROUNDS),
    ("swarm_row", swarm::CLEAR_SWARMS, swarm::DUMP_SWARMS),
    ("mitigation_row", mitigation::CLEAR_MITIGATIONS, mitigation::DUMP_MITIGATIONS),
    ("person_row", person::CLEAR_PEOPLE, person::DUMP_PEOPLE),
    ("team_row", person::CLEAR_TEAMS, person::DUMP_TEAMS),
    ("handoff_row", handoff::CLEAR_HANDOFFS, handoff::DUMP_HANDOFFS),
    ("handoff_item_row", handoff::CLEAR_ITEMS, handoff::DUMP_ITEMS),
    ("handoff_question_row", handoff::CLEAR_QUESTIONS, handoff::DUMP_QUESTIONS),
    ("next_step_row", handoff::CLEAR_STEPS, handoff::DUMP_STEPS),
    ("signature_row", signature::CLEAR_SIGNATURES, signature::DUMP_SIGNATURES),
    ("signature_version_row", signature::CLEAR_VERSIONS, signature::DUMP_VERSIONS),
    ("signature_match_row", signature::CLEAR_MATCHES, signature::DUMP_MATCHES),
];

/// How the read tables compare with the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuildReport {
    pub events: u64,
    pub tables: Vec<TableReport>,
}

/// One read table before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableReport {
    pub table: &'static str,
    pub rows_live: u64,
    pub rows_rebuilt: u64,
    /// The key of the first row that differs.
    pub first_difference: Option<String>,
}

impl RebuildReport {
    /// The live tables were byte for byte what the log says.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.tables.iter().all(|table| table.first_difference.is_none())
    }
}

/// What becomes of the rebuilt tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Keep,
    Discard,
}

/// A row's key and the hash of all its cells.
type RowDigest = (String, Hash);

impl Store {
    /// Folds the read tables anew and keeps them; writers wait meanwhile.
    ///
    /// # Errors
    /// `Unreadable` when the log has events of a newer version; nothing is changed then.
    pub async fn rebuild(&self) -> Result<RebuildReport, StoreError> {
        self.rebuild_to(Outcome::Keep).await
    }

    /// Folds the read tables anew, compares, and leaves them as they were.
    ///
    /// # Errors
    /// As `rebuild`.
    pub async fn rebuild_check(&self) -> Result<RebuildReport, StoreError> {
        self.rebuild_to(Outcome::Discard).await
    }

    /// The read tables as text: a line of JSON per row in key order, the same on both engines.
    ///
    /// # Errors
    /// As every question.
    pub async fn dump_read_tables(&self) -> Result<String, StoreError> {
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let mut text = String::new();
        for (table, _, dump) in TABLES {
            for row in connection.rows(dump, vec![]).await? {
                let (_, cells) = canonical(&row)?;
                text.push_str(table);
                text.push(' ');
                text.push_str(&cells);
                text.push('\n');
            }
        }
        Ok(text)
    }

    async fn rebuild_to(&self, outcome: Outcome) -> Result<RebuildReport, StoreError> {
        let mut held = self.writer().await?;
        let mut connection = held.connection();
        let lock = LOCK_LOG.of(&connection);
        connection.execute(lock, vec![]).await?;
        let live = digests(&mut connection).await?;
        let events = refold(&mut connection).await?;
        let rebuilt = digests(&mut connection).await?;
        match outcome {
            Outcome::Keep => held.commit().await?,
            Outcome::Discard => held.rollback().await?,
        }
        let tables = TABLES
            .iter()
            .zip(live.iter().zip(&rebuilt))
            .map(|((table, _, _), (live, rebuilt))| TableReport {
                table,
                rows_live: live.len() as u64,
                rows_rebuilt: rebuilt.len() as u64,
                first_difference: first_difference(live, rebuilt),
            })
            .collect();
        Ok(RebuildReport { events, tables })
    }

    /// After an upgrade that folds something else into the read tables.
    pub(crate) async fn rebuild_outdated(&self) -> Result<(), StoreError> {
        let row = self.ask_row(statement::PROJECTION_VERSION, values![PROJECTION]).await?;
        let folded: Option<u64> = row.map(|row| row.get("version")).transpose()?;
        match folded {
            Some(version) if version == PROJECTION_VERSION => Ok(()),
            Some(version) if version > PROJECTION_VERSION => {
                Err(StoreError::NewerStore { store: self.url().to_string() })
            }
            _ => {
                let mut held = self.writer().await?;
                let mut connection = held.connection();
                let lock = LOCK_LOG.of(&connection);
                connection.execute(lock, vec![]).await?;
                refold(&mut connection).await?;
                held.commit().await
            }
        }
    }
}

/// Empties the read tables and folds the whole log into them; how many events.
async fn refold(connection: &mut Connection<'_>) -> Result<u64, StoreError> {
    for (_, clear, _) in TABLES {
        connection.execute(clear, vec![]).await?;
    }
    connection.execute(queue::CLEAR_COUNTS, vec![]).await?;
    let mut events = 0;
    let mut after = 0_i64;
    let mut moved = BTreeSet::new();
    loop {
        let values = values![TENANT, after, PAGE];
        let rows = connection.rows(log_statement::EVENTS_BY_SEQ, values).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let stored = Stored::from_row(row)?;
            after = stored.seq;
            events += 1;
            moved.extend(refold_event(connection, &stored).await?);
        }
    }
    sla::set_deadlines(connection, moved).await?;
    let version = values![PROJECTION, PROJECTION_VERSION];
    connection.execute(statement::SET_PROJECTION_VERSION, version).await?;
    Ok(events)
}

/// Folds one stored event into the read tables; the case whose deadlines are to be set after it.
pub(crate) async fn refold_event(
    connection: &mut Connection<'_>,
    stored: &Stored,
) -> Result<Option<CaseId>, StoreError> {
    let event = stored.decode()?;
    let happened = Happened {
        version: stored.version,
        at: UtcMicros(stored.occurred_at_us),
        actor: stored.actor.parse().map_err(|_| StoreError::Column { column: "actor" })?,
        event: &event,
    };
    let stream = stored.stream.parse().map_err(|_| StoreError::Column { column: "stream" })?;
    project(connection, stream, &happened).await
}

async fn digests(connection: &mut Connection<'_>) -> Result<Vec<Vec<RowDigest>>, StoreError> {
    let mut tables = Vec::with_capacity(TABLES.len());
    for (_, _, dump) in TABLES {
        let rows = connection.rows(dump, vec![]).await?;
        let mut digests = Vec::with_capacity(rows.len());
        for row in &rows {
            let (key, cells) = canonical(row)?;
            digests.push((key, Sha256::digest(cells.as_bytes()).into()));
        }
        tables.push(digests);
    }
    Ok(tables)
}

/// The key (its first two cells) and all cells of a row as JSON.
fn canonical(row: &Row) -> Result<(String, String), StoreError> {
    let cells = row.cells()?;
    let key: Vec<String> = cells.iter().take(2).map(ToString::to_string).collect();
    Ok((key.join(" "), serde_json::Value::Array(cells).to_string()))
}

fn first_difference(live: &[RowDigest], rebuilt: &[RowDigest]) -> Option<String> {
    let differs = live.iter().zip(rebuilt).find(|(live, rebuilt)| live != rebuilt);
    let differing = differs.map(|(live, _)| live);
    let longer = if live.len() > rebuilt.len() { live } else { rebuilt };
    let shorter = live.len().min(rebuilt.len());
    differing.or_else(|| longer.get(shorter)).map(|(key, _)| key.clone())
}

/// The read tables.
#[cfg(feature = "testing")]
pub(crate) fn tables() -> Vec<&'static str> {
    TABLES.iter().map(|(name, _, _)| *name).collect()
}
