//! `mainstay redact`: a clean copy of a bundle, or what would be hidden and why.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use mainstay_evidence::open::Input;
use mainstay_evidence::redact::{Policy, Recipient, Redactor};
use mainstay_evidence::republish::{self, CleanBundle, CleanFile, Left, RepublishError, Verified};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::cli::Redact;
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::Meter;

pub fn run(redact: &Redact, output: &Output) -> Result<Exit> {
    let key = key(redact)?;
    let rules = redact.rules.load()?;
    if let Some(line) = &redact.explain {
        return explain(line, &redactor(key, rules), output);
    }
    if let Some(path) = &redact.spans {
        return spans(path, &redactor(key, rules));
    }
    let Some(source) = &redact.source else { bail!("name a bundle") };
    if let Some(out) = redact.out.as_deref().filter(|out| out.symlink_metadata().is_ok()) {
        bail!("{} exists: name a path that is free", out.display());
    }
    let recipients = recipients(redact)?;
    let meter = Meter::new(output);
    if redact.verify {
        let verified = republish::verify(Input::Path(source.clone()), key, rules.as_ref(), &meter);
        meter.finish();
        return verify(verified, output);
    }
    let cleaned = republish::clean(Input::Path(source.clone()), key, rules.as_ref(), &meter);
    meter.finish();
    let bundle = match cleaned {
        Ok(bundle) => bundle,
        Err(error @ RepublishError::Unreadable) => {
            output.error(&error.to_string(), None);
            return Ok(Exit::Unreadable);
        }
        Err(error) => return Err(error.into()),
    };
    match &redact.out {
        Some(out) => {
            // first the map: a copy whose way back is lost cannot be made again
            if let Some(map) = &redact.map {
                write_new(map, &bundle.identities.seal(&recipients)?)?;
                output.note(&format!(
                    "{} identities sealed in {}",
                    bundle.identities.len(),
                    map.display()
                ));
            }
            publish(&bundle, out, output)?;
        }
        None => preview(&bundle, output)?,
    }
    let is_partial = bundle.problems.iter().any(|problem| problem.code.loses_data());
    Ok(if is_partial { Exit::Unreadable } else { Exit::Ok })
}

/// Without a key of the case a bundle has its own, and single lines have a fixed one.
fn redactor(key: Option<[u8; 32]>, rules: Option<Arc<Policy>>) -> Redactor {
    let redactor = Redactor::new(key.unwrap_or_default());
    match rules {
        Some(rules) => redactor.with_policy(rules),
        None => redactor,
    }
}

fn recipients(redact: &Redact) -> Result<Vec<Recipient>> {
    if let Some(map) = redact.map.as_deref().filter(|map| map.symlink_metadata().is_ok()) {
        bail!("{} exists: name a path that is free", map.display());
    }
    let parse = |text: &String| text.parse().with_context(|| format!("cannot seal for {text}"));
    redact.map_recipient.iter().map(parse).collect()
}

/// What should have been hidden: the places and the rules, never the values.
fn verify(verified: Result<Verified, RepublishError>, output: &Output) -> Result<Exit> {
    let verified = match verified {
        Ok(verified) => verified,
        Err(error @ RepublishError::Unreadable) => {
            output.error(&error.to_string(), None);
            return Ok(Exit::Unreadable);
        }
        Err(error) => return Err(error.into()),
    };
    let mut text = String::new();
    for left in &verified.left {
        let Left { path, line, kind, rule } = left;
        text.push_str(&format!("{path}:{line}: {kind} (rule {rule})\n"));
    }
    for path in &verified.unread {
        text.push_str(&format!("{path}: no text, not looked into\n"));
    }
    text.push_str(&format!("{} places left in {} files\n", verified.left.len(), verified.files));
    output.result(&text)?;
    let is_partial = verified.problems.iter().any(|problem| problem.code.loses_data());
    Ok(match (verified.left.is_empty(), is_partial) {
        (false, _) => Exit::Findings,
        (true, true) => Exit::Unreadable,
        (true, false) => Exit::Ok,
    })
}

/// Writes a file that was not there, for its owner only.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn key(redact: &Redact) -> Result<Option<[u8; 32]>> {
    let Some(text) = &redact.key else { return Ok(None) };
    let text = text.expose_secret();
    let mut key = [0; 32];
    if text.len() != 2 * key.len() || !text.is_ascii() {
        bail!("the key must have 64 hexadecimal digits");
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16)
            .context("the key must have 64 hexadecimal digits")?;
    }
    Ok(Some(key))
}

fn publish(bundle: &CleanBundle, out: &Path, output: &Output) -> Result<()> {
    bundle.write(out)?;
    let withheld = bundle.files.iter().filter(|file| file.is_withheld()).count();
    let hidden: u64 = bundle.files.iter().map(|file| file.counts.total()).sum();
    output.note(&format!(
        "{hidden} values hidden in {} files, {withheld} files without text withheld; a second \
         pass found nothing left: {}",
        bundle.files.len(),
        out.display()
    ));
    Ok(())
}

/// Each file with something hidden: how many of what, and a few lines as they would be.
fn preview(bundle: &CleanBundle, output: &Output) -> Result<()> {
    let mut text = String::new();
    let mut hidden = 0;
    for file in bundle.files.iter().filter(|file| file.counts.total() > 0 || file.is_withheld()) {
        hidden += file.counts.total();
        preview_file(file, &mut text);
    }
    text.push_str(&format!("{hidden} values would be hidden in {} files\n", bundle.files.len()));
    Ok(output.result(&text)?)
}

fn preview_file(file: &CleanFile, text: &mut String) {
    text.push_str(&file.path);
    text.push('\n');
    if file.is_withheld() {
        text.push_str("  no text: withheld\n");
    }
    for (kind, counted) in &file.counts.kinds {
        text.push_str(&format!("  {kind} {}\n", counted.count));
    }
    for (number, line) in &file.examples {
        text.push_str(&format!("  {number:>8}: {line}\n"));
    }
    text.push('\n');
}

/// Which place is hidden, as what and why. The values themselves are in the caller's hands already
/// and are not repeated.
fn explain(line: &str, redactor: &Redactor, output: &Output) -> Result<Exit> {
    let mut text = String::new();
    let spans = redactor.spans(line);
    for span in &spans {
        let (start, end) = points(line, &span.place);
        text.push_str(&format!(
            "{}-{end}  {}  {}: {}\n",
            start + 1,
            span.kind.as_str(),
            redactor.rule_name(span.rule),
            span.rule.reason()
        ));
    }
    if text.is_empty() {
        text.push_str("nothing is hidden\n");
    }
    for kept in redactor.kept(line, &spans) {
        let (start, end) = points(line, &kept.place);
        text.push_str(&format!("{}-{end}  stays: {}\n", start + 1, kept.reason));
    }
    text.push_str(&redactor.session().text(line));
    output.result(&text)?;
    Ok(Exit::Ok)
}

#[derive(Deserialize)]
struct Item {
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Found<'a> {
    id: &'a serde_json::Value,
    spans: Vec<FoundSpan>,
    text: &'a str,
}

/// Code points, from 0; `end` is the first that stays.
#[derive(Serialize)]
struct FoundSpan {
    start: usize,
    end: usize,
    r#type: &'static str,
    rule: &'static str,
    replacement: String,
}

fn spans(path: &Path, redactor: &Redactor) -> Result<Exit> {
    let input: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        Box::new(BufReader::new(file))
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for (number, line) in input.lines().enumerate() {
        let line = line.with_context(|| format!("line {} is no text", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let item: Item = serde_json::from_str(&line)
            .with_context(|| format!("line {} is no JSON with id and text", number + 1))?;
        let spans = redactor.spans(&item.text).into_iter().map(|span| {
            let (start, end) = points(&item.text, &span.place);
            FoundSpan {
                start,
                end,
                r#type: span.kind.as_str(),
                rule: span.rule.as_str(),
                replacement: span.replacement,
            }
        });
        let spans = spans.collect();
        let text = redactor.session().text(&item.text).into_owned();
        serde_json::to_writer(&mut out, &Found { id: &item.id, spans, text: &text })?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(Exit::Ok)
}

/// The place in code points.
fn points(text: &str, place: &Range<usize>) -> (usize, usize) {
    let start = text[..place.start].chars().count();
    (start, start + text[place.clone()].chars().count())
}
