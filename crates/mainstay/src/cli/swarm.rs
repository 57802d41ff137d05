//! `mainstay swarm`: several people on one case for a bounded time.

use clap::Subcommand;
use mainstay_core::CaseNumber;
use mainstay_core::case::{SwarmOutcome, swarm};

use super::Desk;

#[derive(Subcommand)]
pub enum SwarmCommand {
    /// List the swarms of a case, the newest first
    List {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Call people together on a case
    Open {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// What is to be answered
        question: String,
        /// When it may end
        #[arg(long, value_name = "TEXT")]
        exit: String,
        /// Minutes until it is asked for its decision
        #[arg(long, default_value_t = swarm::TIME_BOX_MINUTES)]
        minutes: u32,
        /// A login to invite; may be repeated
        #[arg(long = "invite", value_name = "LOGIN")]
        people: Vec<String>,
        /// A skill to invite; may be repeated
        #[arg(long = "skill", value_name = "WORD")]
        skills: Vec<String>,
    },
    /// Join the swarm that runs
    Join {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Leave the swarm that runs
    Leave {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Write down what was tried, and what it showed
    Tried {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// Markdown; cite evidence as [E7]
        text: String,
    },
    /// Close the swarm that runs with its decision
    Close {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// solved, next_step, escalate or stop
        outcome: SwarmOutcome,
        /// What was decided
        decision: String,
        /// The login of who does the next step
        #[arg(long, value_name = "LOGIN")]
        owner: Option<String>,
    },
}
