//! The real binary, run as a person or a script would.

mod cli;
mod compare;
mod desk;
mod handoff;
mod harness;
mod inspect;
mod intake;
mod kill;
mod mine;
mod query;
mod redact;
mod redaction;
mod samples;
mod signature;
mod sla;
