//! `mainstay mitigation`: what is done before the cause is gone.

use clap::Subcommand;
use mainstay_core::CaseNumber;
use mainstay_core::case::{MitigationState, Risk};

use super::Desk;

#[derive(Subcommand)]
pub enum MitigationCommand {
    /// List the mitigations of a case, the newest first
    List {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Propose a mitigation, with what may break and the way back
    Propose {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// What is to be done
        what: String,
        /// low, medium or high; one of high risk is approved before it is applied
        #[arg(long)]
        risk: Risk,
        /// What may break, and for whom
        #[arg(long = "because", value_name = "TEXT")]
        risk_why: String,
        /// How it is taken back, and what says that it must be
        #[arg(long, value_name = "TEXT")]
        rollback: String,
        /// The change it is done under
        #[arg(long, value_name = "NAME", default_value = "")]
        change: String,
    },
    /// Say how far a mitigation is
    Set {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// The number of the mitigation
        mitigation: u32,
        /// approved, applied, helped, rolled_back or dropped
        state: MitigationState,
        /// What is to be said with it; needed for rolled_back and dropped
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
}
