//! The use cases on both engines.

mod desk;

mod sample;
mod watchdog;
