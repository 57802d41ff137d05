//! The manifest while its numbers come in.

use std::collections::BTreeMap;

use mainstay_core::UtcMicros;

use super::IngestError;
use super::balance::{self, Flow};
use super::host::Hosts;
use super::logs::FileCounts;
use super::redactions::FileRedactions;
use super::structured::StructuredCounts;
use super::survey::{Survey, Surveyed};
use crate::manifest::{self, BundleFile, Manifest, Source, Ticket, Totals};
use crate::mine::Dictionary;
use crate::open::Opened;
use crate::problem::{Problem, ProblemCode, Problems};
use crate::recognise::Kind;
use crate::skew::{self, Clock, Sightings, Witness};

/// What is known of a bundle before it is a manifest.
pub(super) struct Draft {
    files: Vec<BundleFile>,
    sources: Vec<Source>,
    ticket: Option<Ticket>,
    redactions: Vec<FileRedactions>,
    flow: Flow,
    totals: Totals,
    /// What each clock saw, by its file.
    sightings: Vec<(u32, Sightings)>,
    clocks: Vec<Clock>,
}

impl Draft {
    pub(super) fn new(survey: &Survey<'_>) -> Self {
        let sources = survey.source_names.iter().zip(0..).map(|(name, id)| Source {
            id,
            name: name.clone(),
            records: 0,
            errors: 0,
            warns: 0,
            first: None,
            last: None,
        });
        Self {
            files: survey.files.iter().map(bundle_file).collect(),
            sources: sources.collect(),
            ticket: None,
            redactions: Vec::new(),
            flow: Flow::default(),
            totals: Totals::default(),
            sightings: Vec::new(),
            clocks: Vec::new(),
        }
    }

    pub(super) fn add_structured(&mut self, files: Vec<StructuredCounts>, ticket: Option<Ticket>) {
        self.ticket = ticket;
        for counts in files {
            self.add_items(counts);
        }
    }

    fn add_items(&mut self, structured: StructuredCounts) {
        let counts = structured.counts;
        let totals = &mut self.totals;
        totals.spans += counts.spans;
        totals.samples += counts.points;
        totals.objects += counts.objects;
        totals.events += counts.events;
        totals.edges += counts.edges;
        let file = &mut self.files[structured.file as usize];
        file.read = true;
        file.items = counts.items();
        file.first = structured.first;
        file.last = structured.last;
        self.redactions.extend(structured.redactions);
    }

    pub(super) fn add_lines(&mut self, files: Vec<FileCounts>, flow: &Flow) {
        self.flow.add(flow);
        for counts in files {
            let totals = &mut self.totals;
            totals.lines += counts.lines;
            totals.blank_lines += counts.blank_lines;
            totals.records += counts.records;
            totals.timed += counts.timed;
            totals.errors += counts.errors;
            totals.warns += counts.warns;
            let file = &mut self.files[counts.file as usize];
            file.read = true;
            file.format = counts.label.unwrap_or_else(|| file.format.clone());
            file.lines = counts.lines;
            file.blank_lines = counts.blank_lines;
            file.records = counts.records;
            file.timed = counts.timed;
            file.first = counts.first;
            file.last = counts.last;
            if let Some(source) = file.source.and_then(|id| self.sources.get_mut(id as usize)) {
                source.records += counts.records;
                source.errors += counts.errors;
                source.warns += counts.warns;
                source.first = earliest(source.first, counts.first);
                source.last = latest(source.last, counts.last);
            }
            self.redactions.extend(counts.redactions);
            self.sightings.push((counts.file, counts.sightings));
        }
    }

    /// Finds out how far the clocks are apart.
    pub(super) fn compare_clocks(&mut self, hosts: &Hosts, correct: bool, problems: &mut Problems) {
        let mut witnesses: BTreeMap<String, Witness> = BTreeMap::new();
        for (id, sightings) in std::mem::take(&mut self.sightings) {
            let file = &self.files[id as usize];
            let source = file.source.and_then(|source| self.sources.get(source as usize));
            let source = source.map_or(file.path.as_str(), |source| source.name.as_str());
            let name = hosts.clock_of(&file.path, source);
            let witness = witnesses.entry(name.clone()).or_insert_with(|| Witness {
                name,
                files: Vec::new(),
                sightings: Sightings::default(),
            });
            witness.files.push(id);
            witness.sightings.absorb(sightings);
        }
        let (clocks, contradictions) = skew::clocks(witnesses.into_values().collect(), correct);
        self.clocks = clocks;
        if contradictions > 0 {
            let detail = "requests between some clocks contradict those between others";
            let mut problem = Problem::new(ProblemCode::ClocksDisagree, None, detail);
            problem.count = contradictions;
            problems.push(problem);
        }
        for clock in &self.clocks {
            let path = clock.files.first().map(|file| self.files[*file as usize].path.as_str());
            for pair in clock.windows.windows(2).filter(|pair| skew::is_step(pair)) {
                let step = (pair[1].offset_us - pair[0].offset_us) as f64 / 1e6;
                let detail = format!("the clock was set by {step:+.1} s against the others");
                problems.push(Problem::new(ProblemCode::ClockStep, path, detail));
            }
        }
    }

    /// By file.
    pub(super) fn sorted_redactions(&mut self) -> Vec<FileRedactions> {
        let mut redactions = std::mem::take(&mut self.redactions);
        redactions.sort_by_key(|redactions| redactions.file);
        for redactions in &redactions {
            self.files[redactions.file as usize].redactions += redactions.kinds.total();
        }
        redactions
    }

    /// Adds up, checks and hands over; the list of stored files is still empty.
    pub(super) fn manifest(
        mut self,
        name: String,
        opened: &Opened,
        dictionary: &Dictionary,
        problems: &Problems,
    ) -> Result<Manifest, IngestError> {
        for file in &mut self.files {
            let own = problems.kept().iter().filter(|it| it.path.as_ref() == Some(&file.path));
            file.problems = own.map(|problem| problem.count).sum();
        }
        let totals = &mut self.totals;
        totals.files = self.files.len() as u64;
        totals.files_read = self.files.iter().filter(|file| file.read).count() as u64;
        totals.bytes = self.files.iter().map(|file| file.size_bytes).sum();
        totals.templates = dictionary.templates.len() as u64;
        totals.problems = problems.total();
        totals.redactions = self.files.iter().map(|file| file.redactions).sum();
        totals.first = self.files.iter().fold(None, |first, file| earliest(first, file.first));
        totals.last = self.files.iter().fold(None, |last, file| latest(last, file.last));
        let equations =
            balance::check(&self.flow, &self.totals, &self.files, &self.sources, dictionary)?;
        Ok(Manifest {
            format: manifest::FORMAT,
            name,
            input_bytes: opened.input_bytes,
            input_blake3: opened.input_hash.to_hex().to_string(),
            totals: self.totals,
            files: self.files,
            sources: self.sources,
            ticket: self.ticket,
            clocks: self.clocks,
            equations,
            stored: Vec::new(),
        })
    }
}

fn bundle_file(surveyed: &Surveyed<'_>) -> BundleFile {
    BundleFile {
        id: surveyed.id,
        path: surveyed.path.clone(),
        size_bytes: surveyed.file.size_bytes,
        kind: surveyed.recognition.kind,
        format: surveyed.recognition.label.clone(),
        confidence: surveyed.recognition.confidence,
        source: surveyed.source,
        lines: 0,
        blank_lines: 0,
        records: 0,
        items: 0,
        timed: 0,
        first: None,
        last: None,
        problems: 0,
        redactions: 0,
        read: false,
        note: note(surveyed.recognition.kind).map(str::to_owned),
    }
}

/// Why the content of such a file is not read.
fn note(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Binary => Some("no text: listed, not read"),
        _ => None,
    }
}

pub(super) fn earliest(left: Option<UtcMicros>, right: Option<UtcMicros>) -> Option<UtcMicros> {
    [left, right].into_iter().flatten().min()
}

pub(super) fn latest(left: Option<UtcMicros>, right: Option<UtcMicros>) -> Option<UtcMicros> {
    [left, right].into_iter().flatten().max()
}
