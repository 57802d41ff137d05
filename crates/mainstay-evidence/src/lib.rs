//! Everything about files from someone else's system: open within limits, recognise, redact,
//! parse, mine, store in columns, query, report.
//!
//! Synchronous and useful on its own (`mainstay inspect`). What is *not* here: async, SQL
//! databases, HTTP, and any unbounded read of compressed data. The walk of a bundle is the order
//! of the modules: `open` → `recognise` → `redact` → `parse` → `mine` → `columns` → `manifest` →
//! `finding` → `rank`; `ingest` runs them, `view` answers a `query` from what they stored, `report` tells
//! people. `rank`
//! works on an `observation` of the stored folder with `trace`, `metric`, `change` and `pattern`;
//! `compare` and `signature` set bundles beside each other.

pub mod change;
pub mod columns;
pub mod compare;
pub mod finding;
pub mod ingest;
pub mod limits;
pub mod manifest;
mod metric;
pub mod mine;
mod observation;
pub mod open;
pub mod parse;
pub mod pattern;
pub mod problem;
pub mod query;
pub mod rank;
pub mod recognise;
pub mod record;
pub mod redact;
pub mod report;
pub mod republish;
pub mod signature;
pub mod skew;
pub mod stamp;
mod trace;
pub mod view;
