//! `mainstay db`: its commands and flags.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

use super::Place;
use super::audit::Believed;

#[derive(Subcommand)]
pub enum DbCommand {
    /// Create or upgrade the database
    Migrate {
        #[command(flatten)]
        place: Place,
    },
    /// Rebuild the read tables from the log
    Rebuild {
        #[command(flatten)]
        place: Place,
        /// Only compare, change nothing; exit code 1 if they differ
        #[arg(long)]
        check: bool,
    },
    /// Write the log as JSON lines to stdout
    Export {
        #[command(flatten)]
        place: Place,
    },
    /// Add an exported log from stdin
    Import {
        #[command(flatten)]
        place: Place,
    },
    /// Write the database to a new file while it serves; copy the evidence folder after it
    Backup {
        #[command(flatten)]
        place: Place,
        /// The file to write
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Fill a new database from a backup of either engine, and verify it
    Restore {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        believed: Believed,
        /// The backup
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}
