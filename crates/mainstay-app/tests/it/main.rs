//! The use cases on both engines.

mod desk;

mod checkpoint;
mod sample;
mod watchdog;
