//! The binary: command line, configuration, wiring. What is *not* here: any rule about a case or
//! a bundle; those are use cases (`mainstay-app`) and evidence (`mainstay-evidence`).

mod cli;
mod command;
mod config;
mod exit;
mod logging;
mod output;
mod progress;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::cli::{Cli, Command};
use crate::exit::Exit;
use crate::output::Output;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap writes help to stdout and errors to stderr; a broken pipe changes nothing.
            let _ = error.print();
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Ok };
            return ExitCode::from(exit.number());
        }
    };
    let output = Output::new(&cli.global);
    logging::start(&cli.global);
    match run(cli.command, &output) {
        Ok(exit) => ExitCode::from(exit.number()),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::from(Exit::Ok.number()),
        Err(error) => {
            output.error(&format!("{error:#}"), command::hint_of(&error));
            ExitCode::from(output::exit_of(&error).number())
        }
    }
}

fn run(command: Command, output: &Output) -> Result<Exit> {
    match command {
        Command::Inspect(inspect) => command::inspect::run(&inspect, output),
        Command::Query(query) => command::query::run(&query, output),
        Command::Compare(compare) => command::compare::run(&compare, output),
        Command::Signature(signature) => match signature.desk {
            Some(desk) => with_runtime(command::signature::desk::run(desk, output)),
            None => command::signature::run(&signature.bundle, output),
        },
        Command::Patterns(patterns) => command::patterns::run(&patterns, output),
        Command::Mine(mine) => command::mine::run(&mine, output),
        Command::Redact(redact) => command::redact::run(&redact, output),
        Command::Reveal(reveal) => command::reveal::run(&reveal, output),
        Command::Serve(serve) => with_runtime(command::serve::run(&serve, output)),
        Command::Demo(demo) => with_runtime(command::demo::run(&demo, output)),
        Command::Case(case) => with_runtime(command::case::run(case, output)),
        Command::Swarm(swarm) => with_runtime(command::swarm::run(swarm, output)),
        Command::Mitigation(it) => with_runtime(command::mitigation::run(it, output)),
        Command::Intake(intake) => with_runtime(command::intake::run(intake, output)),
        Command::Customer(it) => with_runtime(command::customer::run(it, output)),
        Command::Handoff(it) => with_runtime(command::handoff::run(it, output)),
        Command::Person(it) => with_runtime(command::person::run(it, output)),
        Command::Team(it) => with_runtime(command::person::run_team(it, output)),
        Command::Sla(sla) => with_runtime(command::sla::run(sla, output)),
        Command::Redaction(redaction) => with_runtime(command::redaction::run(redaction, output)),
        Command::Account(account) => with_runtime(command::account::run(account, output)),
        Command::Db(db) => with_runtime(command::db::run(db, output)),
        Command::Audit(audit) => with_runtime(command::audit::run(audit, output)),
        Command::Openapi => command::generate::openapi(output),
        Command::Completions { shell } => command::generate::completions(shell, output),
        Command::Man { out } => command::generate::man(&out, output),
        Command::Help { topic } => command::generate::help(topic.as_deref(), output),
    }
}

fn with_runtime(work: impl Future<Output = Result<Exit>>) -> Result<Exit> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
