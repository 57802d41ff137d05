//! Flags of the commands that look at bundles beside each other.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::Rules;

#[derive(Args)]
pub struct Compare {
    /// The bundle without the trouble, or before the fix
    #[arg(value_name = "GOOD", value_hint = ValueHint::AnyPath)]
    pub good: PathBuf,
    /// The bundle to look at, or after the fix
    #[arg(value_name = "BAD", value_hint = ValueHint::AnyPath)]
    pub bad: PathBuf,
    /// Print one JSON document instead of a summary
    #[arg(long)]
    pub json: bool,
    /// End with 0 only if this signature fits GOOD and no longer fits BAD: the trouble is gone
    #[arg(long, value_name = "SIGNATURE", value_hint = ValueHint::FilePath)]
    pub expect_quiet: Option<PathBuf>,
    #[command(flatten)]
    pub rules: Rules,
    /// Threads to read with; the result is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

#[derive(Subcommand)]
pub enum PatternsCommand {
    /// Check a file of patterns: its format, and each pattern against its own lines
    Lint {
        /// The file
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}
