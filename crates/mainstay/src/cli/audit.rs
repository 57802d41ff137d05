//! `mainstay audit`: its commands and flags.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::Place;

#[derive(Subcommand)]
pub enum AuditCommand {
    /// Verify every chain of the log, the signed checkpoints and the evidence
    Verify {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        believed: Believed,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Sign what the log is now, and print it as a file to be kept elsewhere
    Checkpoint {
        #[command(flatten)]
        place: Place,
    },
    /// Print the public key that checks the checkpoints of this desk
    Key {
        #[command(flatten)]
        place: Place,
    },
}

/// What is believed besides the key and the copies in the data folder.
#[derive(Args, Clone, Default)]
pub struct Believed {
    /// A public key that checkpoints may be signed with; may be given several times
    #[arg(long, value_name = "KEY")]
    pub key: Vec<String>,
    /// A checkpoint that was kept elsewhere; may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub against: Vec<PathBuf>,
}
