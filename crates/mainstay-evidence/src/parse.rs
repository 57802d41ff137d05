//! Readers of foreign formats, one file each. Parsing never fails: a line or a document that
//! cannot be read becomes a `Problem`, and the rest is still read.

pub mod lines;
pub mod log;
pub mod structured;

mod block;
pub(crate) mod chunk;
mod cloudwatch;
pub(crate) mod decode;
pub(crate) mod detect;
mod document;
mod framing;
mod header;
mod held;
mod hints;
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
pub(crate) mod reader;
mod said;
mod service_graph;
mod ticket;
pub(crate) mod told;
mod transcode;
mod windows_event;
mod wrapper;
mod xray;
mod zipkin;

/// The names of the formats that are known by the header of their lines.
pub fn format_names() -> impl Iterator<Item = &'static str> {
    layout::known::names()
}
