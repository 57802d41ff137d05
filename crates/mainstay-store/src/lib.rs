//! The event log, its read tables, jobs, web sessions and blobs, on SQLite and PostgreSQL as one
//! `Store`.
//!
//! A write is one transaction: `begin`, load and lock, `append` (events, heads, read tables),
//! `enqueue`, `remember`, `commit`. Questions go to the read tables, which are folds of the log and
//! can be dropped and rebuilt to the same bytes. What is *not* here: business rules (they are in
//! `mainstay-core`), who may do what, HTTP. Ids, random bytes and hashes of secrets come from the
//! caller.

mod account;
mod address;
mod audit;
mod backup;
mod blob;
mod bundle;
mod case;
pub mod chain;
mod checkpoint;
mod connection;
mod customer;
mod dialect;
mod error;
mod evidence;
mod group;
mod handoff;
mod hypothesis;
mod intake;
mod job;
mod link;
mod live;
mod log;
mod migrate;
mod mitigation;
mod person;
mod project;
mod queue;
mod rebuild;
mod redaction;
mod row;
mod search;
mod session;
mod setting;
mod signature;
mod sla;
mod statement;
mod store;
mod swarm;
mod team;
#[cfg(feature = "testing")]
pub mod testing;
mod timeline;
mod transfer;
mod value;
mod verify;
mod write;

pub use account::{Account, NewAccount, Person};
pub use address::StoreUrl;
pub use audit::{AuditEntry, AuditEvent, AuditFilter};
pub use backup::BackupReport;
pub use blob::Blobs;
pub use bundle::{Bundle, BundleState};
pub use case::{CaseDetail, CaseSummary, Owner, Queue, QueueCounts, QueuePage, QueueSort};
pub use checkpoint::{Checkpoint, CheckpointKey, Covered, PublicKey};
pub use customer::{Customer, CustomerPage};
pub use error::{Damage, StoreError};
pub use evidence::Evidence;
pub use handoff::{Changed, Handoff, HandoffItem, ItemState, Question, Step, Word};
pub use hypothesis::Hypothesis;
pub use intake::{Checklists, Decision, Reported, Round};
pub use job::{Job, JobState, NewJob};
pub use link::{Link, Merged};
pub use log::{Change, Cursor, Loaded};
pub use mitigation::Mitigation;
pub use person::{Load, PersonDetail};
pub use rebuild::{RebuildReport, TableReport};
pub use redaction::RedactionRules;
pub use session::{NewSession, NewToken, Token, WebSession};
pub use signature::{
    ActiveSignature, ActiveStamp, ReadBundle, Signature, SignatureMatch, SignaturePage,
    SignatureVersion,
};
pub use sla::{NextClock, Policies};
pub use store::Store;
pub use swarm::{Attempt, Stay, Swarm, SwarmEnd};
pub use team::Team;
pub use timeline::{TimelineEntry, TimelinePage};
pub use verify::{Broken, CheckpointFault, Finding, Mismatch, Trust, VerifyReport};
pub use write::{Meta, Origin, Write};
