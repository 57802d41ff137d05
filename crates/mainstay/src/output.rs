//! stdout is the result, stderr is everything else. On a terminal a table, in a pipe plain
//! tab-separated lines without truncation. A broken pipe ends the program with 0.

use std::io::{self, IsTerminal, Write};

use anstream::ColorChoice;
use comfy_table::{ContentArrangement, Table, presets};

use crate::cli::{Color, Global};
use crate::exit::Exit;

/// How much is said on stderr.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    Silent,
    Quiet,
    Normal,
}

/// Writes results and messages.
pub struct Output {
    pub voice: Voice,
}

impl Output {
    /// Sets colours for the whole program.
    pub fn new(global: &Global) -> Self {
        match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
        .write_global();
        let voice = match global.quiet {
            0 => Voice::Normal,
            1 => Voice::Quiet,
            _ => Voice::Silent,
        };
        Self { voice }
    }

    /// The result.
    pub fn result(&self, text: &str) -> io::Result<()> {
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            stdout.write_all(b"\n")?;
        }
        stdout.flush()
    }

    /// The result as JSON.
    pub fn json(&self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        Ok(self.result(&serde_json::to_string_pretty(value)?)?)
    }

    /// A table for people, tab-separated lines for programs.
    pub fn table(&self, heads: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
        if !io::stdout().is_terminal() {
            let lines: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
            return if lines.is_empty() { Ok(()) } else { self.result(&lines.join("\n")) };
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(heads.iter().map(|head| head.to_uppercase()));
        for row in rows {
            table.add_row(row);
        }
        self.result(&table.to_string())
    }

    /// Something worth knowing, on stderr.
    pub fn note(&self, text: &str) {
        if self.voice >= Voice::Normal {
            // Nobody listens on a closed stderr, which is no reason to stop.
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// What went wrong and what to do, on stderr.
    pub fn error(&self, text: &str, hint: Option<&str>) {
        if self.voice == Voice::Silent {
            return;
        }
        let mut stderr = anstream::stderr().lock();
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let cyan = anstyle::AnsiColor::Cyan.on_default().bold();
        let _ = writeln!(stderr, "{red}error:{red:#} {text}");
        if let Some(hint) = hint {
            let _ = writeln!(stderr, "\n{cyan}hint:{cyan:#} {hint}");
        }
    }
}

/// Is this the reader of our stdout going away? Then everything is fine.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// The exit code of an error that reached `main`.
pub fn exit_of(error: &anyhow::Error) -> Exit {
    error
        .chain()
        .find_map(|cause| cause.downcast_ref::<mainstay_app::AppError>())
        .map_or(Exit::Usage, Exit::of)
}
