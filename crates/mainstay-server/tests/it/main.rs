//! The HTTP interface, asked in process: the real router over a real desk in a temporary folder.

mod desk;
mod handoff;

mod audit;
mod bundle;
mod case;
mod customer;
mod hypothesis;
mod intake;
mod link;
mod live;
mod mitigation;
mod openapi;
mod people;
mod redaction;
mod session;
mod signature;
mod sla;
mod swarm;
