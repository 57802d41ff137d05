//! `mainstay compare`: what differs between a good bundle and another, or whether a fix helped.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mainstay_core::signature;
use mainstay_evidence::compare::{self, Comparison, MessageShift};
use mainstay_evidence::finding::Place;
use mainstay_evidence::ingest::{self, IngestError, Options};
use mainstay_evidence::signature::{History, Library, Observed};
use mainstay_evidence::view::Bundle;

use super::inspect::{inputs, options, unreadable};
use crate::cli::Compare;
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::Meter;

/// Differences of one kind in the summary.
const LISTED_MAX: usize = 10;

pub fn run(compare: &Compare, output: &Output) -> Result<Exit> {
    let workplace = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut key = None;
    let mut bundles = Vec::new();
    for (path, name) in [(&compare.good, "good"), (&compare.bad, "bad")] {
        let folder = workplace.path().join(name);
        let mut options = options(compare.threads, &compare.rules)?;
        options.pseudonym_key = key;
        match read(path, &folder, &options, &mut key, output)? {
            Ok(bundle) => bundles.push(bundle),
            Err(exit) => return Ok(exit),
        }
    }
    let [good, bad] = bundles.as_slice() else { unreachable!("two paths were read") };
    if let Some(path) = &compare.expect_quiet {
        return expect_quiet(path, good, bad, output);
    }
    let comparison = compare::compare(good, bad)?;
    if compare.json {
        output.json(&comparison)?;
    } else {
        output.result(&summary(&comparison))?;
    }
    let partial =
        [good, bad].iter().any(|it| it.problems().iter().any(|problem| problem.code.loses_data()));
    Ok(if partial { Exit::Unreadable } else { Exit::Ok })
}

/// Both bundles get the same pseudonyms, or every hidden name would differ.
fn read(
    path: &Path,
    folder: &Path,
    options: &Options,
    key: &mut Option<[u8; 32]>,
    output: &Output,
) -> Result<Result<Bundle, Exit>> {
    let meter = Meter::new(output);
    let stored = ingest::ingest(inputs(&[PathBuf::from(path)])?, options, folder, &meter);
    meter.finish();
    match stored {
        Ok(stored) => *key = Some(stored.pseudonym_key),
        Err(IngestError::Unreadable(problems)) => return Ok(Err(unreadable(&problems, output))),
        Err(error) => return Err(error.into()),
    }
    Ok(Ok(Bundle::open(folder)?))
}

/// 0: it fits the one before and not the one after. 1: it still fits, or never did.
fn expect_quiet(path: &Path, before: &Bundle, after: &Bundle, output: &Output) -> Result<Exit> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let signature =
        signature::parse(&text).with_context(|| format!("{} is no signature", path.display()))?;
    let name = signature.name.clone();
    let library = Library::new(vec![signature], &History::default());
    let fits = |bundle: &Bundle| !library.find(&Observed::of(bundle)).is_empty();
    let (was, is) = (fits(before), fits(after));
    let logs = after.records() > 0;
    let (said, exit) = match (was, is, logs) {
        (_, true, _) => ("still there", Exit::Findings),
        (false, false, _) => ("was not there before: this proves nothing", Exit::Findings),
        (true, false, false) => ("not decided: the second bundle has no records", Exit::Findings),
        (true, false, true) => ("gone", Exit::Ok),
    };
    output.result(&format!("{name}: {said}"))?;
    Ok(exit)
}

fn summary(comparison: &Comparison) -> String {
    let messages = &comparison.messages;
    let mut lines = vec![
        format!(
            "{}: {} records, {} messages; {}: {} records, {} messages",
            comparison.left.name,
            comparison.left.records,
            comparison.left.messages,
            comparison.right.name,
            comparison.right.records,
            comparison.right.messages
        ),
        format!("{} messages in all, {} in both", messages.all, messages.both),
    ];
    if comparison.is_empty() {
        lines.push("no difference beyond chance".to_owned());
    }
    let lists = [
        ("gone", &messages.only_left, messages.only_left_others),
        ("new", &messages.only_right, messages.only_right_others),
        ("shifted", &messages.shifted, messages.shifted_others),
    ];
    for (word, list, others) in lists {
        lines.extend(list.iter().take(LISTED_MAX).map(|it| message(word, it)));
        let more = list.len().saturating_sub(LISTED_MAX) as u64 + others;
        if more > 0 {
            lines.push(format!("{word}: {more} others"));
        }
    }
    lines.extend(comparison.values.iter().take(LISTED_MAX).map(|it| {
        let (left, right) = (it.left * 100.0, it.right * 100.0);
        let (value, cite) = (visible(&it.value), cite(&it.cites));
        format!("value    {left:.0} % to {right:.0} %  {value} in {}{cite}", visible(&it.message))
    }));
    lines.extend(comparison.metrics.iter().take(LISTED_MAX).map(|it| {
        let (left, right, cite) = (it.left, it.right, cite(&it.cites));
        format!(
            "metric   {left:.3} to {right:.3}  {} of {}{cite}",
            it.metric,
            visible(&it.component)
        )
    }));
    for (word, names) in
        [("gone", &comparison.only_left_components), ("new", &comparison.only_right_components)]
    {
        lines.extend(names.iter().map(|name| format!("{word:<8} component {}", visible(name))));
    }
    lines.extend(comparison.changes.iter().take(LISTED_MAX).map(|it| {
        let (kind, cite) = (it.kind.as_str(), cite(&it.cites));
        format!("{kind:<8} {}: {}{cite}", visible(&it.about), visible(&it.detail))
    }));
    lines.join("\n")
}

fn message(word: &str, shift: &MessageShift) -> String {
    let (left, right, ratio) = (shift.left, shift.right, shift.ratio);
    let (text, cite) = (visible(&shift.text), cite(&shift.cites));
    format!(
        "{word:<8} {left} to {right} (x{ratio:.1})  {}: {text}{cite}",
        visible(&shift.component)
    )
}

fn cite(places: &[Place]) -> String {
    let place = places.first();
    place.map_or_else(String::new, |it| format!("  {}:{}", visible(&it.path), it.line))
}

/// Control characters of a log do not reach the terminal.
fn visible(text: &str) -> String {
    text.replace(char::is_control, " ")
}
