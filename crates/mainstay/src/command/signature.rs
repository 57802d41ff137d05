//! `mainstay signature`: writes what a trouble looks like, or finds the known troubles that fit.

pub mod desk;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use mainstay_core::signature::{self, Feature};
use mainstay_evidence::ingest::{self, IngestError};
use mainstay_evidence::signature::{Beside, History, Hit, Library, Observed};
use mainstay_evidence::view::Bundle;
use serde_json::json;

use super::inspect::{inputs, options, unreadable};
use crate::cli::SignatureOfBundle;
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::Meter;

pub fn run(command: &SignatureOfBundle, output: &Output) -> Result<Exit> {
    let workplace = tempfile::tempdir().context("cannot make a temporary folder")?;
    let folder = workplace.path().join("evidence");
    let meter = Meter::new(output);
    let read =
        ingest::ingest(inputs(&command.paths)?, &options(None, &command.rules)?, &folder, &meter);
    meter.finish();
    match read {
        Ok(_) => {}
        Err(IngestError::Unreadable(problems)) => return Ok(unreadable(&problems, output)),
        Err(error) => return Err(error.into()),
    }
    let bundle = Bundle::open(&folder)?;
    match (&command.out, &command.against) {
        (Some(path), _) => write(&bundle, path, command.name.as_deref(), output),
        (None, Some(folder)) => find(&bundle, folder, command.json, output),
        (None, None) => unreachable!("clap asks for one of them"),
    }
}

fn write(bundle: &Bundle, path: &Path, name: Option<&str>, output: &Output) -> Result<Exit> {
    let name = name.unwrap_or(&bundle.manifest().name);
    let signature = mainstay_evidence::signature::draft(bundle, name, &Beside::default());
    // the same reader as everywhere: what it refuses nobody could use
    if signature::parse(&signature.to_string()).is_err() {
        output.error("the bundle has no error to make a signature of", None);
        return Ok(Exit::Findings);
    }
    ensure!(!path.exists(), "{} exists: choose another file", path.display());
    std::fs::write(path, signature.to_string())
        .with_context(|| format!("cannot write {}", path.display()))?;
    output.note(&format!("{} features in {}", signature.features.len(), path.display()));
    Ok(Exit::Ok)
}

/// 0 with hits or without; a file that is no signature is named and passed over.
fn find(bundle: &Bundle, folder: &Path, as_json: bool, output: &Output) -> Result<Exit> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    let mut signatures = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        match signature::parse(&text) {
            Ok(signature) => signatures.push(signature),
            Err(error) => output.note(&format!("{}: {error}", path.display())),
        }
    }
    let library = Library::new(signatures, &History::default());
    let hits = library.find(&Observed::of(bundle));
    if as_json {
        let hits: Vec<_> = hits.iter().map(|hit| document(hit, &library)).collect();
        output.json(&json!({ "schema_version": 1, "hits": hits }))?;
    } else {
        let rows: Vec<Vec<String>> = hits.iter().map(|hit| row(hit, &library)).collect();
        output.table(&["FITS", "NAME", "BECAUSE OF"], &rows)?;
    }
    Ok(Exit::Ok)
}

fn row(hit: &Hit, library: &Library) -> Vec<String> {
    let because: Vec<String> = hit.shared.iter().map(Feature::to_string).collect();
    vec![
        format!("{:.0} %", hit.share * 100.0),
        library.get(hit.signature).name.replace(char::is_control, " "),
        because.join(", "),
    ]
}

fn document(hit: &Hit, library: &Library) -> serde_json::Value {
    let signature = library.get(hit.signature);
    json!({
        "name": signature.name,
        "kind": signature.kind,
        "share": hit.share,
        "shared": words(&hit.shared),
        "lacking": words(&hit.lacking),
        "unknown": words(&hit.unknown),
    })
}

fn words(features: &[Feature]) -> Vec<String> {
    features.iter().map(Feature::to_string).collect()
}
