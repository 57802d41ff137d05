//! What is promised, and how its clocks stand.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case::CaseStatus;
use super::session::Person;

/// How a clock stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    OnTrack,
    DueSoon,
    DueNow,
    Breached,
    Paused,
    Met,
    Cancelled,
    Exhausted,
}

/// One run of a metric against its target, laid open.
#[derive(Debug, Serialize, ToSchema)]
pub struct Clock {
    /// `first_reply_time`, ...
    pub metric: String,
    /// The run of the metric, from 1.
    pub number: u64,
    pub policy: String,
    pub calendar: String,
    pub state: ClockState,
    pub target_s: i64,
    /// Counted seconds.
    pub elapsed_s: i64,
    pub activated_at: String,
    pub ended_at: Option<String>,
    /// When the count passed the target.
    pub breached_at: Option<String>,
    /// When the target is reached if nothing happens.
    pub due_at: Option<String>,
    /// The next opening, where `due_at` is a closing time.
    pub reopens_at: Option<String>,
    /// They tile the run, and the counted ones add up to `elapsed_s`.
    pub segments: Vec<Segment>,
}

/// A stretch of a clock with one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct Segment {
    pub from: String,
    pub to: String,
    pub counted: bool,
    /// `open hours`, `holiday New Year`, `status pending`, ...
    pub reason: String,
    pub status: CaseStatus,
    /// Counted seconds at its end.
    pub total_s: i64,
}

/// The clocks of a case at a moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseClocks {
    /// The version of the policies whose promises hold.
    pub policies: Option<u32>,
    /// The newest version there is.
    pub newest: Option<u32>,
    pub at: String,
    pub clocks: Vec<Clock>,
}

/// The clocks of a made-up history.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulatedClocks {
    pub clocks: Vec<Clock>,
}

/// A published version of the policies.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policies {
    /// From 1; 0 when none was published.
    pub version: u32,
    /// Calendars and policies, as docs/sla.md describes.
    pub set: serde_json::Value,
    pub reason: String,
    pub published_at: Option<String>,
    pub published_by: Option<Person>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPolicies {
    /// Calendars and policies, as docs/sla.md describes.
    pub set: serde_json::Value,
    #[serde(default)]
    pub reason: String,
}
