//! `mainstay patterns lint`: checks a file of patterns before it is used.

use anyhow::{Context, Result};
use mainstay_evidence::pattern;

use crate::cli::PatternsCommand;
use crate::exit::Exit;
use crate::output::Output;

pub fn run(command: &PatternsCommand, output: &Output) -> Result<Exit> {
    let PatternsCommand::Lint { file } = command;
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let parsed = match pattern::parse(&text) {
        Ok(parsed) => parsed,
        Err(error) => {
            output.error(&format!("{}: {error}", file.display()), Some("see docs/patterns.md"));
            return Ok(Exit::Findings);
        }
    };
    let wrong = pattern::lint(&parsed);
    if wrong.is_empty() {
        output.result(&format!(
            "{}: {} patterns, all sound",
            parsed.family,
            parsed.pattern.len()
        ))?;
        return Ok(Exit::Ok);
    }
    output.result(&wrong.join("\n"))?;
    Ok(Exit::Findings)
}
