//! `mainstay query`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use mainstay_core::CaseNumber;

use super::{Place, Rules};

#[derive(Args)]
#[command(after_help = "Examples:\n  mainstay query bundle.tar.gz 'level:error.. -timeout'\n  \
    mainstay query evidence/ 'status:>=500 time:2026-11-24T10:00..10:05' --facet user\n  \
    mainstay query --case MS-1042 'trace:4bf9*' --context 3\n\n\
    Exit codes: 0 something passes, 1 nothing passes, 2 the filter is wrong, 3 unreadable.\n\
    The language: docs/query.md")]
pub struct QueryLines {
    /// A bundle, a log or a kept evidence folder, then the filter; with --case only the filter
    #[arg(value_name = "BUNDLE] [FILTER", num_args = 0..=2)]
    pub words: Vec<String>,
    /// A case of the desk, like MS-1042; its newest bundle is asked
    #[arg(long, value_name = "CASE", conflicts_with = "keep")]
    pub case: Option<CaseNumber>,
    /// Another bundle of the case, by its id
    #[arg(long, value_name = "ID", requires = "case")]
    pub bundle: Option<String>,
    #[command(flatten)]
    pub place: Place,
    /// The login to act as, with --case
    #[arg(long = "as", env = "MAINSTAY_LOGIN", value_name = "LOGIN")]
    pub login: Option<String>,
    #[command(flatten)]
    pub rules: Rules,
    /// Records to print
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub limit: usize,
    /// Records of the same file to print before and after each
    #[arg(short = 'C', long, default_value_t = 0, value_name = "N")]
    pub context: usize,
    /// Count the values of a field; may be given again
    #[arg(long, value_name = "FIELD")]
    pub facet: Vec<String>,
    /// Count over time
    #[arg(long)]
    pub histogram: bool,
    /// Print only how many records pass
    #[arg(long)]
    pub count: bool,
    /// Print the most frequent templates instead of lines
    #[arg(long)]
    pub templates: bool,
    /// Print one JSON document
    #[arg(long, conflicts_with_all = ["csv", "markdown"])]
    pub json: bool,
    /// Print the lines as CSV
    #[arg(long, conflicts_with = "markdown")]
    pub csv: bool,
    /// Print Markdown
    #[arg(long)]
    pub markdown: bool,
    /// Keep the evidence files of a bundle that is read, in a new folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub keep: Option<PathBuf>,
    /// Threads to read with; the result is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}
