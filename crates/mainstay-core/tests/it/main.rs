//! The rules as data: what follows from a command, what is written down, and who may ask.

mod bundle;
mod calendar;
mod case;
mod customer;
mod event;
mod fixture;
mod hypothesis;
mod intake;
mod link;
mod policy;
mod sla;
mod status;
