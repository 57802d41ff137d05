//! `mainstay redaction`: the rules of the desk, and the way back from a pseudonym.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};
use mainstay_core::{BundleId, CaseNumber};

use super::Desk;

#[derive(Subcommand)]
pub enum RedactionCommand {
    /// Print the redaction rules of the desk, the newest or a version of them
    Rules {
        #[command(flatten)]
        desk: Desk,
        /// The version; the newest without it
        #[arg(long)]
        version: Option<u32>,
    },
    /// List the versions of the rules: who published them, when and why
    History {
        #[command(flatten)]
        desk: Desk,
    },
    /// Name every mistake of a file of rules at its place; exit code 1 if there is any
    Check {
        /// Rules as docs/redaction.md describes, or Redactor specs of troubleshoot.sh
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Publish the next version of the rules; bundles that come from now on are read with it
    Publish {
        #[command(flatten)]
        desk: Desk,
        /// Rules as docs/redaction.md describes, or Redactor specs of troubleshoot.sh
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Print whom a pseudonym stands for; every look is written into the log first
    Reveal {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042; its newest bundle is asked
        case: CaseNumber,
        /// As it stands in a line, such as <user-abcdefghijkl>
        pseudonym: String,
        /// Another bundle of the case, by its id
        #[arg(long, value_name = "ID")]
        bundle: Option<BundleId>,
        /// Why
        #[arg(long)]
        reason: String,
    },
}
