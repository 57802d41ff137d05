//! `mainstay signature`: of a bundle without a desk, and those that a desk keeps.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::{Desk, Rules};

#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    group(clap::ArgGroup::new("task").required(true).args(["out", "against"]))
)]
pub struct SignatureCommand {
    #[command(subcommand)]
    pub desk: Option<SignatureOfDesk>,
    #[command(flatten)]
    pub bundle: SignatureOfBundle,
}

#[derive(Args)]
pub struct SignatureOfBundle {
    /// Files, folders or archives of one bundle; ./list for one that is called like a command
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub rules: Rules,
    /// Write the signature to a new file
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// What the trouble is called; by default the bundle's name
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// Find the signatures of this folder that fit
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub against: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum SignatureOfDesk {
    /// List the signatures of the desk, newest first
    List {
        #[command(flatten)]
        desk: Desk,
        /// Only those in this stage: draft, active or retired
        #[arg(long, value_name = "STAGE")]
        stage: Option<String>,
        /// Only those whose name holds this
        #[arg(long, value_name = "TEXT", default_value = "")]
        text: String,
    },
    /// Show a signature, its history and the bundles that look like it
    Show {
        #[command(flatten)]
        desk: Desk,
        /// A number like SIG-1012
        number: String,
    },
    /// Draft signatures from files that mainstay signature -o or export wrote; - reads stdin
    Import {
        #[command(flatten)]
        desk: Desk,
        /// Match bundles with them at once
        #[arg(long)]
        activate: bool,
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Print a signature, or write all active ones to a folder that --against reads
    #[command(group(clap::ArgGroup::new("what").required(true).args(["number", "all"])))]
    Export {
        #[command(flatten)]
        desk: Desk,
        /// A number like SIG-1012
        number: Option<String>,
        /// A folder for all active signatures, a file each
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        all: Option<PathBuf>,
    },
}
