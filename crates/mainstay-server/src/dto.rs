//! What travels over HTTP. Wire types are not domain types: a derive here is a promise, and a
//! change shows in `openapi.json`, which is checked in.

pub mod audit;
pub mod bundle;
pub mod case;
pub mod cited;
pub mod contrast;
pub mod customer;
pub mod handoff;
pub mod home;
pub mod hypothesis;
pub mod intake;
pub mod line;
pub mod link;
pub mod mitigation;
pub mod person;
pub mod ranking;
pub mod redaction;
pub mod series;
pub mod session;
pub mod signature;
pub mod sla;
pub mod swarm;
pub mod trace;

use mainstay_core::UtcMicros;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One page of a list; `next_cursor` asks for the one after it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
    pub total: u64,
}

/// How urgent a case is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub enum Severity {
    P1,
    P2,
    P3,
    P4,
}

/// The level a log line states for itself.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Trace,
    Debug,
    Info,
    Notice,
    Warn,
    Error,
    Fatal,
}

/// What somebody is here.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Agent,
    Senior,
    Manager,
    Ops,
    Engineer,
    Security,
    Stakeholder,
    Customer,
    Admin,
    Service,
}

/// Maps an enum of core to its twin on the wire and back.
macro_rules! twin {
    ($wire:ty = $core:ty { $($variant:ident),+ }) => {
        impl From<$core> for $wire {
            fn from(value: $core) -> Self {
                match value { $(<$core>::$variant => Self::$variant),+ }
            }
        }
        impl From<$wire> for $core {
            fn from(value: $wire) -> Self {
                match value { $(<$wire>::$variant => Self::$variant),+ }
            }
        }
    };
}

twin!(Severity = mainstay_core::Severity { P1, P2, P3, P4 });
twin!(Level = mainstay_core::Level { Trace, Debug, Info, Notice, Warn, Error, Fatal });
twin!(
    Role = mainstay_core::Role {
        Agent,
        Senior,
        Manager,
        Ops,
        Engineer,
        Security,
        Stakeholder,
        Customer,
        Admin,
        Service
    }
);

pub(crate) use twin;

/// RFC 3339 with `Z` and six digits.
pub(crate) fn time(at: UtcMicros) -> String {
    at.to_string()
}

/// The same for a time that may be missing.
pub(crate) fn maybe_time(at: Option<UtcMicros>) -> Option<String> {
    at.map(time)
}
