//! Recognition: how long one bundle takes among 10,000 signatures and beside 2,000 past cases. The
//! signatures are drawn from the templates of our own samples, with words exchanged, some held by many
//! and most by few, as those of real products are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use mainstay_core::UtcMicros;
use mainstay_core::signature::{Document, Feature};
use mainstay_evidence::ingest::{self, Options};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::{Input, Phase, Progress};
use mainstay_evidence::signature::{Beside, Fingerprint, History, Library, Observed, draft};
use mainstay_evidence::view::Bundle;

use crate::repository;
use crate::sample::random::Random;

const SIGNATURES: usize = 10_000;
const CASES: usize = 2_000;
/// Features of a past case besides what it shares with others.
const FEATURES_OF_CASE: usize = 400;
const ROUNDS: u32 = 200;

const SAMPLES: [&str; 5] =
    ["shop-outage", "boxoffice-certificate", "fleet-memory", "clinic-disk", "parcels-quota"];

pub(super) fn measure() -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut bundles = Vec::new();
    for name in SAMPLES {
        let path = repository::root().join("examples").join(format!("{name}.tar.gz"));
        bundles.push(read(&path, &folder.path().join(name))?);
    }
    let texts: Vec<&str> = bundles
        .iter()
        .flat_map(|bundle| &bundle.dictionary().templates)
        .map(|template| template.text.as_str())
        .filter(|text| text.split_whitespace().count() >= 3)
        .collect();
    let mut random = Random::new(1);
    let mut documents: Vec<Document> = (0..SIGNATURES - SAMPLES.len())
        .map(|number| invented(number, &texts, &mut random))
        .collect();
    // the real ones stand among them
    for (bundle, name) in bundles.iter().zip(SAMPLES) {
        documents.push(draft(bundle, name, &Beside::default()));
    }
    let history = history(&documents, &mut random);
    println!(
        "{} signatures of {} features, {} past cases",
        documents.len(),
        documents.iter().map(|it| it.features.len()).sum::<usize>(),
        history.cases()
    );
    let (library, index_ms) = timed(1, || Library::new(documents.clone(), &history))?;
    println!("to index and weigh them all: {index_ms:.1} CPU ms, when one of them changes");
    let (library, weigh_ms) = timed(5, || library.weighed(&history))?;
    println!("to weigh them again: {weigh_ms:.1} CPU ms, when the desk has seen another bundle");
    for (bundle, name) in bundles.iter().zip(SAMPLES) {
        report(bundle, name, &library, &history)?;
    }
    Ok(())
}

fn report(bundle: &Bundle, name: &str, library: &Library, history: &History) -> Result<()> {
    let (observed, read_ms) = timed(5, || Observed::of(bundle))?;
    let (hits, match_ms) = timed(ROUNDS, || library.find(&observed))?;
    let first = hits.first().context("the bundle is not recognised by its own signature")?;
    ensure!(library.get(first.signature).name == name, "{name} looks like another");
    let without = BTreeSet::new();
    let (seen, seen_ms) = timed(ROUNDS, || library.seen(first.signature, history, &without))?;
    println!(
        "{name}: {} features read in {read_ms:.2} CPU ms; {} of {} fit in {match_ms:.3} CPU ms; \
         {} of {} cases would match as well, counted in {seen_ms:.3} CPU ms",
        observed.features.len(),
        hits.len(),
        library.len(),
        seen.fitting,
        seen.cases
    );
    Ok(())
}

pub(crate) fn read(path: &Path, folder: &Path) -> Result<Bundle> {
    let options = Options {
        limits: Limits::default(),
        now: UtcMicros(0),
        pseudonym_key: None,
        rules: None,
        identities: None,
        correct_clocks: true,
        threads: 1,
    };
    ingest::ingest(vec![Input::Path(path.to_owned())], &options, folder, &Quiet)
        .with_context(|| format!("could not read {}", path.display()))?;
    Ok(Bundle::open(folder)?)
}

/// Nobody watches.
struct Quiet;

impl Progress for Quiet {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
}

/// Three to eight messages, some with a code, a kind and a shape, as a draft has.
fn invented(number: usize, texts: &[&str], random: &mut Random) -> Document {
    let mut features = BTreeSet::new();
    for _ in 0..random.between(3, 9) {
        let text = random.pick(texts);
        // one in four is what a whole family of products says
        let id = if random.chance(25) {
            format!("Tfamily{}", random.between(0, 300))
        } else {
            format!("T{:016x}", random.next())
        };
        features.insert((Feature::Message(id), text.chars().take(200).collect()));
    }
    if random.chance(40) {
        let code = format!("E{}", random.between(10_000, 10_400));
        features.insert((Feature::Code(code), String::new()));
    }
    for shape in ["failures", "latency", "error_burst", "cpu"] {
        if random.chance(40) {
            features.insert((Feature::Shape(shape.to_owned()), String::new()));
        }
    }
    let kind = (*random.pick(&["config", "overload", "memory", "error"])).to_owned();
    let features = features.into_iter().collect();
    Document { name: format!("trouble {number}"), kind, features, ..Document::default() }
}

/// Cases that say what many say, and much of their own; one in ten has a known trouble.
fn history(documents: &[Document], random: &mut Random) -> History {
    let mut history = History::default();
    for case in 0..CASES {
        let mut features: BTreeSet<Feature> = (0..FEATURES_OF_CASE)
            .map(|_| Feature::Message(format!("T{:016x}", random.next())))
            .collect();
        features.extend(
            (0..20).map(|_| Feature::Message(format!("Tfamily{}", random.between(0, 300)))),
        );
        if random.chance(10) {
            features.extend(random.pick(documents).matched());
        }
        let observed = Observed { features, compared: false };
        history.add(&case.to_string(), &Fingerprint::of(&observed));
    }
    history
}

/// The answer, and the CPU milliseconds of one round on this thread.
fn timed<T>(rounds: u32, mut work: impl FnMut() -> T) -> Result<(T, f64)> {
    let mut answer = work();
    let (wall, cpu) = (Instant::now(), cpu_ns()?);
    for _ in 0..rounds {
        answer = work();
    }
    let spent = (cpu_ns()? - cpu).max(0.0).min(wall.elapsed().as_nanos() as f64);
    Ok((answer, spent / f64::from(rounds) / 1e6))
}

/// Time this thread was running, as the kernel counts it.
fn cpu_ns() -> Result<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").context("no schedstat")?;
    let first = text.split_whitespace().next().context("schedstat is empty")?;
    Ok(first.parse()?)
}
