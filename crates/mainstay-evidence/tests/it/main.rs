//! The integration tests of the crate, in one binary: each binary links everything again.

mod chunks;
mod edge;
mod finding;
mod formats;
mod ingest;
mod interleaved;
mod invariance;
mod lines;
mod log;
mod mine;
mod open;
mod rank;
mod rank_input;
mod recognise;
mod redact;
mod redact_carriers;
mod redact_rules;
mod report;
mod shared;
mod shared_data;
mod skew;
mod stamp;
mod structured;
mod view;
mod workbench;
