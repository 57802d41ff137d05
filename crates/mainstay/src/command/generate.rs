//! What is generated from the definitions: completions, man pages, the OpenAPI file, help topics.

use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;

use crate::cli::Cli;
use crate::exit::Exit;
use crate::output::Output;

/// Shell completions on stdout.
pub fn completions(shell: clap_complete::Shell, output: &Output) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "mainstay", &mut script);
    output.result(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Ok)
}

/// One man page per command.
pub fn man(out: &Path, output: &Output) -> Result<Exit> {
    std::fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    clap_mangen::generate_to(Cli::command(), out)
        .with_context(|| format!("cannot write man pages to {}", out.display()))?;
    output.note(&format!("man pages written to {}", out.display()));
    Ok(Exit::Ok)
}

/// The description of the HTTP interface, as checked in.
pub fn openapi(output: &Output) -> Result<Exit> {
    output.result(&mainstay_server::openapi_json()?)?;
    Ok(Exit::Ok)
}

/// A topic, or a command's help.
pub fn help(topic: Option<&str>, output: &Output) -> Result<Exit> {
    let text = match topic {
        None => Cli::command().render_long_help().to_string(),
        Some("exit-codes") => exit_codes(),
        Some(name) => match Cli::command().find_subcommand_mut(name) {
            Some(command) => command.render_long_help().to_string(),
            None => bail!("no command or topic {name}; topics: exit-codes"),
        },
    };
    output.result(&text)?;
    Ok(Exit::Ok)
}

fn exit_codes() -> String {
    let lines: Vec<String> =
        Exit::ALL.iter().map(|exit| format!("{:>4}  {}", exit.number(), exit.meaning())).collect();
    format!("Exit codes\n\n{}\n", lines.join("\n"))
}
