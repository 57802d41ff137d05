//! Every command and flag, defined once with its help. Completions and man pages are generated
//! from the same definitions (`mainstay completions`, `mainstay man`).

mod audit;
mod case;
mod customer;
mod db;
mod handoff;
mod intake;
mod mitigation;
mod person;
mod query;
mod redaction;
mod signature;
mod sla;
mod swarm;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use mainstay_core::Role;
use secrecy::SecretString;

pub use audit::{AuditCommand, Believed};
pub use case::{CaseCommand, GateArguments, View};
pub use customer::CustomerCommand;
pub use db::DbCommand;
pub use handoff::{HandoffCommand, To as HandoffTo, Which};
pub use intake::IntakeCommand;
pub use mitigation::MitigationCommand;
pub use person::{PersonCommand, TeamCommand};
pub use query::QueryLines;
pub use redaction::RedactionCommand;
pub use signature::{SignatureCommand, SignatureOfBundle, SignatureOfDesk};
pub use sla::SlaCommand;
pub use swarm::SwarmCommand;

#[derive(Parser)]
#[command(
    name = "mainstay",
    version,
    about = "The desk of the senior technical support engineer",
    long_about = "The desk of the senior technical support engineer: opens a support bundle, removes \
                  secrets, reads every format, and runs the case from the first line to the fix.",
    after_help = "Exit codes: mainstay help exit-codes\nStart here:  mainstay demo",
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Args)]
pub struct Global {
    /// When to colour the output
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub color: Color,
    /// Say less on stderr; twice silences it
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub quiet: u8,
    /// Say more on stderr
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
pub enum Command {
    /// Read bundles, archives, folders or logs and say what is in them
    Inspect(Inspect),
    /// Ask the lines of a bundle in the filter language
    Query(QueryLines),
    /// Print the templates of logs, or every line with its template
    Mine(Mine),
    /// Say what differs between a good bundle and another of the same system
    Compare(Compare),
    /// Write the signature of a bundle's trouble, find the known ones that fit, or look after those
    /// of the desk
    Signature(SignatureCommand),
    /// Look after files of patterns
    #[command(subcommand)]
    Patterns(PatternsCommand),
    /// Hide secrets and people in a bundle, or show what would be hidden
    Redact(Redact),
    /// Look up whom a pseudonym stands for, with a reason that is kept
    Reveal(Reveal),
    /// Serve the desk
    Serve(Serve),
    /// Serve a desk with sample data on this machine, signed in by itself
    Demo(Demo),
    /// Work on cases
    #[command(subcommand)]
    Case(CaseCommand),
    /// Call people together on a case for a bounded time
    #[command(subcommand)]
    Swarm(SwarmCommand),
    /// Say what is done before the cause is gone
    #[command(subcommand)]
    Mitigation(MitigationCommand),
    /// Judge what was reported, take it or give it back
    #[command(subcommand)]
    Intake(IntakeCommand),
    /// Look after customers
    #[command(subcommand)]
    Customer(CustomerCommand),
    /// Hand your cases to the next shift, and take what is handed to you
    #[command(subcommand)]
    Handoff(HandoffCommand),
    /// Look after people: hours, absences, skills, and who leaves
    #[command(subcommand)]
    Person(PersonCommand),
    /// Look after teams
    #[command(subcommand)]
    Team(TeamCommand),
    /// Ask how support time is counted
    #[command(subcommand)]
    Sla(SlaCommand),
    /// Look after the redaction rules of the desk, and look behind a pseudonym
    #[command(subcommand)]
    Redaction(RedactionCommand),
    /// Manage accounts
    #[command(subcommand)]
    Account(AccountCommand),
    /// Look after the database
    #[command(subcommand)]
    Db(DbCommand),
    /// Check the log
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Print the OpenAPI description of the HTTP interface
    Openapi,
    /// Print shell completions
    Completions {
        /// The shell to complete for
        shell: clap_complete::Shell,
    },
    /// Write man pages
    Man {
        /// The folder to write to
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        out: PathBuf,
    },
    /// Explain a command or a topic
    Help {
        /// A command, or the topic exit-codes
        topic: Option<String>,
    },
}

#[derive(Args)]
pub struct Inspect {
    /// Files, folders or archives; - reads stdin
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Print one JSON document instead of a summary
    #[arg(long)]
    pub json: bool,
    /// Write an offline HTML report
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
    /// Compare with a bundle of the same system without the fault
    #[arg(long, value_name = "GOOD", value_hint = ValueHint::AnyPath)]
    pub reference: Option<PathBuf>,
    /// Read the entry point and the time of the symptom from this ticket.json
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub ticket: Option<PathBuf>,
    /// Write the summary as Markdown
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub markdown: Option<PathBuf>,
    /// Keep the evidence files (Parquet and JSON) in a new folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub keep: Option<PathBuf>,
    /// End with exit code 1 if a finding is at least this severe
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Show times as the lines state them, also where a clock went wrong
    #[arg(long)]
    pub no_skew: bool,
    /// Threads to read with; the result is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub rules: Rules,
}

mod evidence;

pub use evidence::{Compare, PatternsCommand};

#[derive(Args)]
pub struct Mine {
    /// Logs, folders or archives; - reads stdin
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Print a JSON object for every line of the logs, in order
    #[arg(long)]
    pub json_lines: bool,
    /// Do not hide secrets and personal data; nothing is stored, but all of it is printed
    #[arg(long)]
    pub no_redact: bool,
    /// Threads to read with; the result is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub rules: Rules,
}

/// Rules for redaction besides our own.
#[derive(Args, Clone)]
pub struct Rules {
    /// Rules for redaction besides our own: a file of ours, or Redactor specs of troubleshoot.sh
    #[arg(long, env = "MAINSTAY_RULES", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rules: Option<PathBuf>,
    /// The product whose profile of the rules is used too
    #[arg(long, value_name = "NAME", requires = "rules")]
    pub profile: Option<String>,
}

#[derive(Args)]
#[command(group(clap::ArgGroup::new("task").required(true).args(["out", "preview", "verify", "spans", "explain"])))]
pub struct Redact {
    /// A bundle: an archive, a folder or a file
    #[arg(value_name = "SRC", value_hint = ValueHint::AnyPath, conflicts_with_all = ["spans", "explain"],
          required_unless_present_any = ["spans", "explain"])]
    pub source: Option<PathBuf>,
    /// Write the clean bundle to a new folder, or to a new archive if it ends in .tar.gz
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath)]
    pub out: Option<PathBuf>,
    /// Show what would be hidden in each file, and write nothing
    #[arg(long)]
    pub preview: bool,
    /// Look for anything that should have been hidden; exit code 1 if there is any
    #[arg(long)]
    pub verify: bool,
    /// Read JSON lines with id and text, write the spans found and the redacted text
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub spans: Option<PathBuf>,
    /// Say what is hidden in this text and why
    #[arg(long, value_name = "LINE")]
    pub explain: Option<String>,
    /// Pseudonyms of this key, 64 hexadecimal digits: the same in all bundles of a case
    #[arg(long, env = "MAINSTAY_REDACT_KEY", value_name = "KEY", hide_env_values = true)]
    pub key: Option<SecretString>,
    /// Write whom the pseudonyms stand for to a new file, sealed in the format of age
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires_all = ["out", "map_recipient"])]
    pub map: Option<PathBuf>,
    /// Who may open that file: age1..., as often as needed
    #[arg(long, value_name = "RECIPIENT", requires = "map")]
    pub map_recipient: Vec<String>,
    #[command(flatten)]
    pub rules: Rules,
}

#[derive(Args)]
#[command(group(clap::ArgGroup::new("look").required(true).args(["token", "new_identity"])))]
pub struct Reveal {
    /// A pseudonym as it stands in the copy, such as <email-abcdefghijkl>@<domain-abcdefghijkl>
    #[arg(value_name = "TOKEN", requires_all = ["map", "identity", "reason"])]
    pub token: Option<String>,
    /// The sealed map that mainstay redact --map wrote
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub map: Option<PathBuf>,
    /// The file with your identity, as age-keygen or --new-identity writes it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub identity: Option<PathBuf>,
    /// Why; kept with the time and the token in FILE.reveals.jsonl beside the map, never the value
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Make an identity in a new file that only you can read, and print its recipient
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["map", "identity", "reason"])]
    pub new_identity: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailOn {
    Info,
    Low,
    Medium,
    High,
}

/// Where the desk keeps its data.
#[derive(Args, Clone)]
pub struct Place {
    /// The folder for the embedded database and the evidence
    #[arg(long, env = "MAINSTAY_DATA", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
    /// A postgres:// address instead of the embedded database
    #[arg(long, env = "MAINSTAY_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<SecretString>,
    /// The identity that opens the maps behind pseudonyms (mainstay reveal --new-identity); without
    /// it none are kept
    #[arg(long, env = "MAINSTAY_REVEAL_KEY", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub reveal_key: Option<PathBuf>,
    /// The configuration file
    #[arg(long, env = "MAINSTAY_CONFIG", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    /// The address to listen on
    #[arg(long, env = "MAINSTAY_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The address people type, when a proxy stands in front: https://desk.example.com
    #[arg(long, env = "MAINSTAY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
}

#[derive(Args)]
pub struct Demo {
    /// The folder for the sample desk
    #[arg(long, env = "MAINSTAY_DEMO_DATA", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
    /// The loopback port; 0 takes a free one
    #[arg(long, default_value_t = 7420, value_name = "PORT")]
    pub port: u16,
}

/// Who works, and where: what every case command needs.
#[derive(Args, Clone)]
pub struct Desk {
    #[command(flatten)]
    pub place: Place,
    /// The login to act as
    #[arg(long = "as", env = "MAINSTAY_LOGIN", value_name = "LOGIN")]
    pub login: Option<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum AccountCommand {
    /// Create an account; the password is read from stdin
    Create {
        #[command(flatten)]
        place: Place,
        /// What is typed to sign in
        login: String,
        /// What is shown
        #[arg(long)]
        name: String,
        /// What they are: agent, senior, manager, ops, engineer, security, stakeholder, admin
        #[arg(long, default_value = "agent")]
        role: Role,
    },
    /// List accounts
    List {
        #[command(flatten)]
        place: Place,
    },
}
