//! `mainstay sla`: examples with their answers, and what-if questions.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

#[derive(Subcommand)]
pub enum SlaCommand {
    /// Ask a file of examples and compare with its answers; exit code 1 if one differs
    Check {
        /// Calendars, questions and histories with their answers, as docs/sla.md describes
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the clocks of a made-up history, segment by segment
    Simulate {
        /// Policies, a case and what happens to it, as docs/sla.md describes
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}
