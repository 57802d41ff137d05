//! The raw log, its checkpoints, and what a verification found.

use serde::Serialize;
use utoipa::ToSchema;

use super::session::Person;

/// One event, without what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its place in this database
    pub seq: u64,
    /// `case/<id>`, `bundle/<id>`, `policies`, `admin`
    pub stream: String,
    /// Its place in its stream
    pub version: u64,
    /// `case.noted`, ...
    pub kind: String,
    pub actor: Person,
    /// `ui`, `api`, `cli`, `automation`, ...
    pub origin: String,
    pub at: String,
    /// When the database wrote it down
    pub recorded_at: String,
    /// The request it belongs to
    pub correlation: String,
    /// The case it is about, as MS-1042
    pub case_number: Option<String>,
    pub hash: String,
}

/// A page of events, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditPage {
    pub items: Vec<AuditEntry>,
    pub next_cursor: Option<String>,
}

/// An event with what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEvent {
    #[serde(flatten)]
    pub entry: AuditEntry,
    /// The hash of the event before it in its stream
    pub prev_hash: String,
    /// JSON, byte for byte as it was hashed; null once it is erased
    pub body: Option<String>,
}

/// A signed checkpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checkpoint {
    pub number: u64,
    pub made_at: Option<String>,
    pub events: Option<u64>,
    pub streams: Option<u64>,
    pub public_key: String,
}

/// Something that is not as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditFault {
    /// A stream, the number of a checkpoint, an id, or the address of evidence
    pub place: String,
    /// The version in the stream, where it is an event
    pub version: Option<u64>,
    pub what: String,
}

/// What a verification found.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditReport {
    /// Everything is as it was written.
    pub clean: bool,
    pub events: u64,
    pub streams: u64,
    pub checkpoints: u64,
    pub bundles: u64,
    pub faults: Vec<AuditFault>,
}
