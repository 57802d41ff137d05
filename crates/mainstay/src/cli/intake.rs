//! `mainstay intake`: what a report is worth, and who takes it.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};
use mainstay_core::CaseNumber;
use mainstay_core::case::ReturnReason;

use super::Desk;

#[derive(Subcommand)]
pub enum IntakeCommand {
    /// Take a mail-shaped report: open its case, attach bundles, judge it; exit code 1 if it is
    /// kept and not handed over
    Take {
        #[command(flatten)]
        desk: Desk,
        /// A mail with its report as JSON, as docs/intake.md describes; - reads stdin
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// A bundle to attach before it is judged
        #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
        bundle: Vec<PathBuf>,
    },
    /// Show the intake of a case, judged now
    Show {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Hand over what was reported
    Submit {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// Your team
        #[arg(long, default_value = "")]
        team: String,
        /// Why it may pass with a lower score
        #[arg(long = "override", default_value = "", value_name = "REASON")]
        override_reason: String,
    },
    /// Take what waits; the case is yours
    Accept {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Give back what waits
    Return {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// missing_evidence, window_not_covered, no_reproduction, wrong_component, wrong_team,
        /// known_issue, no_clear_ask, no_impact, needs_customer or other
        #[arg(long)]
        reason: ReturnReason,
        /// What is needed
        #[arg(default_value = "")]
        text: String,
    },
    /// Print the checklists of the desk, the newest or a version of them
    Checklists {
        #[command(flatten)]
        desk: Desk,
        /// The version; the newest without it
        #[arg(long)]
        version: Option<u32>,
    },
    /// Publish the next version of the checklists
    Publish {
        #[command(flatten)]
        desk: Desk,
        /// Checklists, as docs/intake.md describes
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Show how often intake came back within 90 days
    Rates {
        #[command(flatten)]
        desk: Desk,
    },
}
