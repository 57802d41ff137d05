//! `mainstay person` and `mainstay team`: who works here, when, and what they know.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

use super::Desk;

#[derive(Subcommand)]
pub enum PersonCommand {
    /// List everybody with who works now and what they carry
    List {
        #[command(flatten)]
        desk: Desk,
        /// Also say how well they know this product or area
        #[arg(long, value_name = "AREA", default_value = "")]
        area: String,
    },
    /// Show a person as the document that put reads
    Show {
        #[command(flatten)]
        desk: Desk,
        /// Their login
        person: String,
    },
    /// Set skills, languages, hours and absences from a JSON document; - reads stdin
    Put {
        #[command(flatten)]
        desk: Desk,
        /// Their login
        person: String,
        /// The document that docs/people.md describes
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Take somebody from the desk; their sessions end and their name stays readable
    Remove {
        #[command(flatten)]
        desk: Desk,
        /// Their login
        person: String,
        /// Why; it is kept
        #[arg(long)]
        reason: String,
        /// Whoever owns their open cases from now on
        #[arg(long, value_name = "LOGIN", conflicts_with = "queue")]
        give_to: Option<String>,
        /// Give their open cases to nobody, for this reason
        #[arg(long, value_name = "REASON")]
        queue: Option<String>,
    },
    /// Say that your shift begins
    Start {
        #[command(flatten)]
        desk: Desk,
    },
    /// Say that your shift is over
    Leave {
        #[command(flatten)]
        desk: Desk,
    },
}

#[derive(Subcommand)]
pub enum TeamCommand {
    /// List the teams
    List {
        #[command(flatten)]
        desk: Desk,
    },
    /// Show a team as the document that put reads
    Show {
        #[command(flatten)]
        desk: Desk,
        /// The name, in any spelling
        name: String,
    },
    /// Add a team, or change the one of that name, from a JSON document; - reads stdin
    Put {
        #[command(flatten)]
        desk: Desk,
        /// The document that docs/people.md describes
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}
