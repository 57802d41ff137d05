//! The HTTP interface, asked in process: the real router over a real desk in a temporary folder.

mod desk;

mod audit;
mod bundle;
mod case;
mod customer;
mod hypothesis;
mod intake;
mod link;
mod live;
mod openapi;
mod redaction;
mod session;
mod sla;
