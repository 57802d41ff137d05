//! SLA clocks as pure functions of a case's history, a calendar and a moment.
//!
//! `history` is what happened, `metric` says from when to when each of the seven metrics runs,
//! `clock` judges one run against a target, `explain` lays it open segment by segment. Nothing here
//! is stored: a result in a read table is a cache of these functions. The rules are written down in
//! `docs/sla.md`.

pub mod board;
pub mod check;
pub mod clock;
pub mod deadline;
pub mod event;
pub mod explain;
pub mod history;
pub mod metric;
pub mod policy;
pub mod simulate;

pub use clock::{Clock, State};
pub use history::{Entry, EntryKind};
pub use metric::{Ending, Instance, Metric};
pub use policy::{Attributes, PolicySet, PolicySetForm, Promise};
