//! The rules as data: what follows from a command, what is written down, and who may ask.

mod bundle;
mod calendar;
mod case;
mod customer;
mod event;
mod fixture;
mod handoff;
mod hypothesis;
mod intake;
mod link;
mod mitigation;
mod person;
mod policy;
mod signature;
mod sla;
mod status;
mod swarm;
