//! `mainstay query`: the lines of a bundle that pass a filter, without a desk or of a case.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use mainstay_core::CaseNumber;
use mainstay_evidence::ingest::{self, IngestError};
use mainstay_evidence::manifest;
use mainstay_evidence::query::{Query, QueryError};
use mainstay_evidence::report::{self, Wanted};
use mainstay_evidence::view::Bundle;

use super::inspect::{inputs, options, unreadable};
use crate::cli::{Desk, QueryLines};
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::Meter;

/// Templates in the list of `--templates`.
const TEMPLATES_MAX: usize = 50;

pub fn run(asked: &QueryLines, output: &Output) -> Result<Exit> {
    let (bundle, filter) = match (asked.case, asked.words.as_slice()) {
        (Some(_), [_, _]) => bail!("with --case the only word is the filter"),
        (Some(_), words) => (None, words.first()),
        (None, []) => bail!("say what to ask: a bundle, a log or an evidence folder, or --case"),
        (None, [bundle]) => (Some(bundle), None),
        (None, [bundle, filter, ..]) => (Some(bundle), Some(filter)),
    };
    let filter = filter.map_or("", String::as_str);
    let query: Query = match filter.parse() {
        Ok(query) => query,
        Err(error) => {
            wrong(filter, &error, output);
            return Ok(Exit::Usage);
        }
    };
    match (asked.case, bundle) {
        (Some(case), _) => crate::with_runtime(of_case(asked, case, &query, output)),
        (None, Some(path)) => of_path(asked, Path::new(path), &query, output),
        (None, None) => bail!("say what to ask: a bundle, a log or an evidence folder, or --case"),
    }
}

/// The filter with a sign under the place.
fn wrong(filter: &str, error: &QueryError, output: &Output) {
    let width = |text: Option<&str>| text.map_or(0, |text| text.chars().count());
    let start = width(filter.get(..error.start.min(filter.len())));
    let signs = width(filter.get(error.start..error.end.min(filter.len()))).max(1);
    let line: String = filter.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let place = format!("{}{}", " ".repeat(start), "^".repeat(signs));
    let text = format!("{}\n  {line}\n  {place}", error.message);
    output.error(&text, error.suggestion.as_deref());
}

async fn of_case(
    asked: &QueryLines,
    case: CaseNumber,
    query: &Query,
    output: &Output,
) -> Result<Exit> {
    let desk = Desk { place: asked.place.clone(), login: asked.login.clone(), json: false };
    let (app, actor) = super::open_as(&desk).await?;
    let bundles = app.bundles(&actor, case).await?;
    let found = match &asked.bundle {
        Some(id) => bundles.iter().find(|bundle| bundle.id.to_string() == *id),
        None => bundles.last(),
    };
    let bundle = found.map(|bundle| bundle.id).with_context(|| {
        format!("{case} has no such bundle; mainstay case show {case} lists what it has")
    })?;
    let open: Arc<Bundle> = app.open_bundle(&actor, bundle).await?;
    app.close().await;
    print(&open, asked, query, output)
}

/// An evidence folder is asked as it is; everything else is read first.
fn of_path(asked: &QueryLines, path: &Path, query: &Query, output: &Output) -> Result<Exit> {
    if path.join(manifest::FILE_NAME).is_file() && path.join("templates.json").is_file() {
        return print(&Bundle::open(path)?, asked, query, output);
    }
    let workplace = tempfile::tempdir().context("cannot make a temporary folder")?;
    let folder = asked.keep.clone().unwrap_or_else(|| workplace.path().join("evidence"));
    let meter = Meter::new(output);
    let inputs = inputs(&[path.to_owned()])?;
    let read = ingest::ingest(inputs, &options(asked.threads, &asked.rules)?, &folder, &meter);
    meter.finish();
    match read {
        Ok(_) => {}
        Err(IngestError::Unreadable(problems)) => return Ok(unreadable(&problems, output)),
        Err(error) => return Err(error.into()),
    }
    print(&Bundle::open(&folder)?, asked, query, output)
}

fn print(bundle: &Bundle, asked: &QueryLines, query: &Query, output: &Output) -> Result<Exit> {
    let exit = |shown: u64| if shown > 0 { Exit::Ok } else { Exit::Findings };
    if asked.count && !asked.json {
        let shown = bundle.count(query)?;
        output.result(&shown.to_string())?;
        return Ok(exit(shown));
    }
    // a question for counts is no question for lines
    let counts = asked.count || asked.histogram || asked.templates || !asked.facet.is_empty();
    let wanted = Wanted {
        limit: if counts { 0 } else { asked.limit },
        context: asked.context,
        facets: asked.facet.clone(),
        histogram: asked.histogram,
        templates: if asked.templates { TEMPLATES_MAX } else { 0 },
    };
    let answer = report::answer(bundle, query, &wanted)?;
    if asked.json {
        output.json(&answer)?;
    } else if asked.csv {
        output.result(answer.csv()?.trim_end())?;
    } else if asked.markdown {
        output.result(&answer.markdown())?;
    } else if answer.shown() > 0 {
        output.result(answer.text().trim_start_matches('\n'))?;
    }
    if !counts {
        output.note(&format!("{} of {} records", answer.shown(), bundle.records()));
    }
    Ok(exit(answer.shown()))
}
