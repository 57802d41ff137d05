//! The HTTP interface, asked in process: the real router over a real desk in a temporary folder.

mod desk;

mod bundle;
mod case;
mod customer;
mod intake;
mod live;
mod openapi;
mod session;
mod sla;
