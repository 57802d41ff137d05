//! Readers of foreign formats, one file each. Parsing never fails: a line or a document that
//! cannot be read becomes a `Problem`, and the rest is still read.

pub mod lines;
pub mod log;
pub mod structured;

mod block;
mod cloudwatch;
pub(crate) mod detect;
mod document;
mod framing;
mod header;
mod ids;
mod jaeger;
pub(crate) mod json;
pub(crate) mod jsonlog;
mod kubernetes;
mod layout;
mod level;
mod logfmt;
mod metric_csv;
mod open_record;
mod openmetrics;
mod otlp;
mod prometheus;
mod reader;
mod said;
mod service_graph;
mod ticket;
mod transcode;
mod windows_event;
mod wrapper;
mod xray;
mod zipkin;
