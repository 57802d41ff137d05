//! `mainstay case`: everything a person does to a case.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum, ValueHint};
use mainstay_core::case::{Confirmation, Judgement};
use mainstay_core::{CaseNumber, EvidenceNumber, Severity, Status, UtcMicros};

use super::Desk;

#[derive(Subcommand)]
pub enum CaseCommand {
    /// List cases, most urgent first
    List {
        #[command(flatten)]
        desk: Desk,
        /// Which cases
        #[arg(long, value_enum, default_value_t = View::All)]
        view: View,
        /// Only cases whose text holds these words
        #[arg(long, value_name = "WORDS")]
        text: Option<String>,
    },
    /// Show a case with its timeline
    Show {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Open a case
    Open {
        #[command(flatten)]
        desk: Desk,
        /// One line that names the problem
        subject: String,
        /// How urgent: P1 to P4
        #[arg(long, default_value = "P3")]
        severity: Severity,
        /// Whose problem
        #[arg(long, default_value = "")]
        customer: String,
        /// In which product
        #[arg(long, default_value = "")]
        product: String,
        /// In which version
        #[arg(long = "product-version", default_value = "", value_name = "VERSION")]
        version: String,
        /// More words, in Markdown
        #[arg(long, default_value = "")]
        description: String,
        /// A bundle to attach at once
        #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        bundle: Option<PathBuf>,
    },
    /// Attach a bundle and read it
    Attach {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// A file or archive
        #[arg(value_hint = ValueHint::FilePath)]
        path: PathBuf,
    },
    /// Give a case to somebody
    Assign {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// A login; without one the case is given back
        #[arg(value_name = "LOGIN")]
        to: Option<String>,
    },
    /// Say what a case is to another one
    Link {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// duplicate-of, caused-by, affected-by, follow-up-of, split-from or parent-of, or the same
        /// from the other end: duplicated-by, causes, affects, followed-up-by, split-into, child-of
        relation: String,
        /// The other case
        other: CaseNumber,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Take a link away
    Unlink {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// As in link
        relation: String,
        /// The other case
        other: CaseNumber,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Show links, merges, who hears of a case and who suffers from it
    Links {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Merge a case into another one of the same customer
    Merge {
        #[command(flatten)]
        desk: Desk,
        /// The case that goes, like MS-1043
        case: CaseNumber,
        /// The case that stays, like MS-1042
        into: CaseNumber,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Take a merge back
    Unmerge {
        #[command(flatten)]
        desk: Desk,
        /// The case that had gone, like MS-1043
        case: CaseNumber,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Open a case with a part of another one
    Split {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// One line that names the other problem
        subject: String,
        /// A message by its place in the timeline; as often as needed
        #[arg(long = "message", value_name = "PLACE")]
        messages: Vec<u64>,
        /// Evidence, like E7; as often as needed
        #[arg(long = "evidence", value_name = "NUMBER")]
        evidence: Vec<EvidenceNumber>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Set how urgent a case is
    Severity {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// P1 to P4
        severity: Severity,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Write a note; the text is read from stdin when it is -
    Note {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// Markdown; cite evidence as [E7]
        text: String,
        /// The customer sees it
        #[arg(long)]
        public: bool,
        /// The status after it: open, pending or hold
        #[arg(long)]
        status: Option<Status>,
        /// When the customer hears from us next, like 2026-11-24T16:00:00Z; with --public
        #[arg(long, value_name = "TIME")]
        next_update_by: Option<UtcMicros>,
    },
    /// Pin a line of a bundle as evidence
    Pin {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// A file of the case's newest bundle and a line: path/in/bundle.log:120
        place: String,
    },
    /// Take a pin off; its number stays readable
    Unpin {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// The evidence, like E7
        evidence: EvidenceNumber,
    },
    /// List the suspects of a case's newest bundle, and what people judged of them
    Hypotheses {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Say what was found out about a hypothesis
    Judge {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// A hypothesis that was taken up, like H2, or a suspect of the newest bundle
        suspect: String,
        /// confirmed, refuted or inconclusive
        judgement: Judgement,
        /// What was tested and what it showed; cite evidence as [E7]
        #[arg(long)]
        reason: String,
    },
    /// Say which bundle of the case shows the system of the newest one without fault
    Reference {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// The name or the id of a bundle; without one the newest is looked at alone again
        good: Option<String>,
    },
    /// Write down what the customer said; an answer makes it our turn
    Customer {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// What they said; `-` reads stdin
        text: String,
        /// Who wrote, as they call themselves
        #[arg(long, default_value = "")]
        from: String,
    },
    /// Say whose case it is: a customer by name, or free text
    SetCustomer {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// The name; the tier comes with it when the customer is known
        name: String,
    },
    /// Say whose turn it is: open, pending (the customer's) or hold
    Status {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// open, pending or hold
        status: Status,
        /// Who has the ball; needed for hold
        #[arg(long, default_value = "", value_name = "PARTY")]
        on: String,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Show the clocks of a case, segment by segment
    Clocks {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
    },
    /// Close a resolved case for good
    Close {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        #[command(flatten)]
        gate: GateArguments,
        /// Anything else
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Write down what was decided, for who comes later
    Decide {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// One line
        decision: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Resolve a case
    Resolve {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// What solved it
        resolution: String,
    },
    /// Open a resolved case again
    Reopen {
        #[command(flatten)]
        desk: Desk,
        /// The case, like MS-1042
        case: CaseNumber,
        /// Why
        reason: String,
    },
}

/// What a case is closed with.
#[derive(clap::Args)]
pub struct GateArguments {
    /// Who says that it is over: customer, monitoring or nobody
    #[arg(long, value_name = "WHO")]
    pub confirmed: Confirmation,
    /// Who said it and where, or why nobody did
    #[arg(long, value_name = "TEXT")]
    pub how: String,
    /// What the cause was
    #[arg(long, value_name = "TEXT")]
    pub cause: String,
    #[command(flatten)]
    pub signature: SignatureAnswer,
    #[command(flatten)]
    pub article: ArticleAnswer,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct SignatureAnswer {
    /// A signature that was there and fits
    #[arg(id = "signature", long = "signature", value_name = "NAME")]
    pub linked: Option<String>,
    /// A signature that was made of this case
    #[arg(id = "new-signature", long = "new-signature", value_name = "NAME")]
    pub created: Option<String>,
    /// Why none is needed
    #[arg(id = "no-signature", long = "no-signature", value_name = "WHY")]
    pub not_needed: Option<String>,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct ArticleAnswer {
    /// An article that was there and fits
    #[arg(id = "article", long = "article", value_name = "NAME")]
    pub linked: Option<String>,
    /// An article that was made of this case
    #[arg(id = "new-article", long = "new-article", value_name = "NAME")]
    pub created: Option<String>,
    /// Why none is needed
    #[arg(id = "no-article", long = "no-article", value_name = "WHY")]
    pub not_needed: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum View {
    All,
    Mine,
    Unowned,
    /// Intake that waits for a decision
    Waiting,
    Resolved,
}
