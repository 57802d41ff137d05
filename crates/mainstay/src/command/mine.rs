//! `mainstay mine`: the templates of logs, or every line with its template. Nothing is stored.

use std::io::{self, Write};

use anyhow::Result;
use mainstay_evidence::ingest::{self, IngestError, Mined, MinedFile, MinedLine, Redaction};
use serde::Serialize;

use super::inspect::{inputs, options, unreadable};
use crate::cli::Mine;
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::Meter;

pub fn run(mine: &Mine, output: &Output) -> Result<Exit> {
    let redaction = if mine.no_redact { Redaction::Off } else { Redaction::On };
    if mine.no_redact {
        output.note("not redacted: what is printed may hold secrets and personal data");
    }
    let meter = Meter::new(output);
    let options = options(mine.threads, &mine.rules)?;
    let mined = ingest::mine(inputs(&mine.paths)?, &options, redaction, &meter);
    meter.finish();
    let mined = match mined {
        Ok(mined) => mined,
        Err(IngestError::Unreadable(problems)) => return Ok(unreadable(&problems, output)),
        Err(error) => return Err(error.into()),
    };
    for (path, format) in &mined.passed_over {
        output.note(&format!("{path}: {format}, not mined"));
    }
    if mine.json_lines {
        print_lines(&mined)?;
    } else {
        print_templates(&mined, output)?;
    }
    let lost = mined.problems.iter().any(|problem| problem.code.loses_data());
    Ok(if lost { Exit::Unreadable } else { Exit::Ok })
}

/// Most frequent first.
fn print_templates(mined: &Mined, output: &Output) -> io::Result<()> {
    let mut templates: Vec<_> = mined.dictionary.templates.iter().collect();
    templates.sort_by_key(|template| std::cmp::Reverse(template.tally.count));
    let rows: Vec<Vec<String>> = templates
        .iter()
        .map(|template| {
            let text = template.text.replace(char::is_control, " ");
            vec![template.tally.count.to_string(), template.id.clone(), text]
        })
        .collect();
    output.table(&["count", "template", "text"], &rows)
}

/// A line of `--json-lines`; part of the command's contract.
#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    template: &'a str,
    cluster: Option<&'a str>,
    time: Option<String>,
    level: Option<&'a str>,
    body_start: u32,
    format: &'a str,
    file: &'a str,
}

impl<'a> Line<'a> {
    fn new(file: &'a MinedFile, mined: MinedLine<'a>) -> Self {
        Self {
            line: mined.line,
            template: mined.template,
            cluster: mined.cluster,
            time: mined.time.map(|time| time.to_string()),
            level: mined.level.map(|level| level.as_str()),
            body_start: mined.body_start,
            format: &file.format,
            file: &file.path,
        }
    }
}

fn print_lines(mined: &Mined) -> Result<()> {
    let mut stdout = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for file in &mined.files {
        mined.lines(file, |line| -> io::Result<()> {
            serde_json::to_writer(&mut stdout, &Line::new(file, line))?;
            stdout.write_all(b"\n")
        })?;
    }
    stdout.flush()?;
    Ok(())
}
