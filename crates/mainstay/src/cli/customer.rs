//! `mainstay customer`: whose problems the cases are.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

use super::Desk;

#[derive(Subcommand)]
pub enum CustomerCommand {
    /// List customers by name
    List {
        #[command(flatten)]
        desk: Desk,
        /// Only those whose name holds this
        #[arg(long, value_name = "TEXT", default_value = "")]
        text: String,
    },
    /// Show a customer as the document that put reads
    Show {
        #[command(flatten)]
        desk: Desk,
        /// The name, in any spelling
        name: String,
    },
    /// Add a customer, or change the one of that name, from a JSON document; - reads stdin
    Put {
        #[command(flatten)]
        desk: Desk,
        /// Name, tier, residency, entitlements, uses and contacts, as docs/intake.md describes
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}
