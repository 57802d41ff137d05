//! `mainstay sla`: what is promised, examples with their answers, and what-if questions.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};
use mainstay_core::CaseNumber;

use super::Desk;

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
    /// Print the policies of the desk, the newest or a version of them
    Policies {
        #[command(flatten)]
        desk: Desk,
        /// The version; the newest without it
        #[arg(long)]
        version: Option<u32>,
    },
    /// Publish the next version of the policies; new cases follow it
    Publish {
        #[command(flatten)]
        desk: Desk,
        /// Calendars and policies, as docs/sla.md describes
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Move a case to the newest policies; what has passed stays passed
    ReEvaluate {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
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
