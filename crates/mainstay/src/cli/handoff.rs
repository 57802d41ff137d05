//! `mainstay handoff`: from one shift to the next.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use mainstay_core::{CaseNumber, HandoffId, UtcMicros};

use super::Desk;

#[derive(Subcommand)]
pub enum HandoffCommand {
    /// Write a packet of your open cases from the log, to be edited and sent
    Prepare {
        #[command(flatten)]
        desk: Desk,
    },
    /// Send a packet; you own each case until the receiver accepts it
    Send {
        #[command(flatten)]
        desk: Desk,
        /// What prepare wrote, edited; - reads stdin
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        #[command(flatten)]
        to: To,
    },
    /// List what waits for you, what you sent, or what nobody took in time
    Inbox {
        #[command(flatten)]
        desk: Desk,
        /// Which packets
        #[arg(long, value_enum, default_value_t = Which::Inbox)]
        of: Which,
    },
    /// Take a case that waits for you; it is yours from now on
    Accept {
        #[command(flatten)]
        desk: Desk,
        case: CaseNumber,
    },
    /// Ask the giver about a case that waits for you
    Ask {
        #[command(flatten)]
        desk: Desk,
        case: CaseNumber,
        question: String,
    },
    /// Answer what the receiver asked
    Answer {
        #[command(flatten)]
        desk: Desk,
        case: CaseNumber,
        answer: String,
    },
    /// Give a case back that waits for you, with a reason
    Refuse {
        #[command(flatten)]
        desk: Desk,
        case: CaseNumber,
        reason: String,
    },
    /// Print a packet as it was sent
    Export {
        #[command(flatten)]
        desk: Desk,
        /// The id that send and inbox print
        packet: HandoffId,
        /// A page instead of Markdown
        #[arg(long)]
        html: bool,
    },
    /// Say what is done next on a case, by whom and until when; an empty text takes it back
    Next {
        #[command(flatten)]
        desk: Desk,
        case: CaseNumber,
        text: String,
        /// Whoever does it
        #[arg(long, value_name = "LOGIN")]
        owner: Option<String>,
        /// Until when, like 2026-11-24T15:00:00Z
        #[arg(long, value_name = "TIME")]
        due: Option<UtcMicros>,
    },
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct To {
    /// The receiver
    #[arg(long, value_name = "LOGIN")]
    pub to: Option<String>,
    /// The receiving team, by name
    #[arg(long, value_name = "TEAM")]
    pub to_team: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    Inbox,
    Sent,
    Late,
}
