//! A read bundle told to people: in a terminal, as JSON, as Markdown, as one offline HTML file;
//! and the answers to queries.
//!
//! All say the same, from one `Summary`; every list that is cut says how much it left out. What is
//! *not* here: how causes are ranked (`rank`), and anything that is not in the bundle.

mod answer;
mod browser;
mod clean;
mod clock;
mod diagnosis;
mod html;
mod markdown;
mod quantity;
mod summary;
mod terminal;

use std::io;

use crate::view::{Bundle, ViewError};

pub use answer::{Answer, Wanted, answer};

/// How text for a terminal may be dressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Nothing but the characters.
    #[default]
    Plain,
    /// With ANSI colours; they repeat what the words say.
    Coloured,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A line could not be read back.
    #[error("could not read the lines for the report")]
    View(#[from] ViewError),
    /// The summary is no JSON.
    #[error("could not build the report: please report this as a bug")]
    Json(#[from] serde_json::Error),
    /// The page could not be filled in.
    #[error("could not build the page: please report this as a bug")]
    Page(#[from] askama::Error),
    /// The output could not be written.
    #[error("could not write the report")]
    Write(#[from] io::Error),
}

/// Writes a summary for a terminal; it reads without colour.
///
/// # Errors
/// When the writer fails or a stored file is damaged.
pub fn text(bundle: &Bundle, out: &mut dyn io::Write, style: Style) -> Result<(), ReportError> {
    terminal::write(&summary::summarise(bundle)?, out, style)?;
    Ok(())
}

/// The summary for machines, `schema_version` 1.
///
/// # Errors
/// When a stored file is damaged.
pub fn json(bundle: &Bundle) -> Result<serde_json::Value, ReportError> {
    diagnosis::document(bundle, &summary::summarise(bundle)?)
}

/// The summary as Markdown.
///
/// # Errors
/// When a stored file is damaged.
pub fn markdown(bundle: &Bundle) -> Result<String, ReportError> {
    Ok(markdown::page(&summary::summarise(bundle)?))
}

/// One HTML file that opens from disk, without a server and without network.
///
/// # Errors
/// When a stored file is damaged.
pub fn html(bundle: &Bundle) -> Result<String, ReportError> {
    html::page(bundle, &summary::summarise(bundle)?)
}
