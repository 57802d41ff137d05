//! What a report says, before it is text, JSON or a page. The names are those of `--json`.

use std::collections::BTreeMap;

use mainstay_core::{Level, UtcMicros};
use serde::Serialize;

use super::clean;
use super::clock::{self, ClockItem};
use crate::finding::{Finding, Place};
use crate::manifest::{BundleFile, Equation, Source, Totals};
use crate::problem::Problem;
use crate::query::{Expression, Property, Query, Term};
use crate::rank::Diagnosis;
use crate::view::{Bundle, TemplateList, TemplateRow, ViewError};

/// The number of this shape.
const SCHEMA_VERSION: u32 = 1;

/// Templates in a summary; the list says how many there are besides.
const TEMPLATES_MAX: usize = 10;

/// Templates of errors in a summary.
const ERRORS_MAX: usize = 10;

#[derive(Serialize)]
pub(super) struct Summary {
    pub(super) schema_version: u32,
    pub(super) tool: &'static str,
    pub(super) tool_version: &'static str,
    pub(super) name: String,
    pub(super) input_bytes: u64,
    pub(super) input_blake3: String,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
    pub(super) totals: Counts,
    pub(super) findings: Vec<FindingItem>,
    pub(super) templates: Templates,
    /// Templates of records of level error or fatal.
    pub(super) errors: Templates,
    pub(super) files: Vec<FileItem>,
    pub(super) sources: Vec<SourceItem>,
    /// Clocks that are compared by the requests they share.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) clocks: Vec<ClockItem>,
    pub(super) problems: Vec<ProblemItem>,
    /// By rule.
    pub(super) redactions: BTreeMap<String, u64>,
    pub(super) equations: Vec<Equation>,
    /// Stands at the top level of the JSON document in other words.
    #[serde(skip)]
    pub(super) diagnosis: Option<Diagnosis>,
}

/// RFC 3339 in JSON.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment(pub(super) UtcMicros);

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[derive(Serialize)]
pub(super) struct Counts {
    pub(super) files: u64,
    pub(super) files_read: u64,
    pub(super) bytes: u64,
    pub(super) lines: u64,
    pub(super) blank_lines: u64,
    pub(super) records: u64,
    pub(super) timed: u64,
    pub(super) templates: u64,
    pub(super) errors: u64,
    pub(super) warns: u64,
    pub(super) spans: u64,
    pub(super) samples: u64,
    pub(super) objects: u64,
    pub(super) events: u64,
    pub(super) edges: u64,
    pub(super) problems: u64,
    pub(super) redactions: u64,
}

#[derive(Serialize)]
pub(super) struct FindingItem {
    pub(super) id: u32,
    pub(super) kind: &'static str,
    pub(super) severity: &'static str,
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) at: Option<Moment>,
    pub(super) until: Option<Moment>,
    pub(super) cites: Vec<PlaceItem>,
}

#[derive(Debug, Serialize)]
pub(super) struct PlaceItem {
    pub(super) file: u32,
    pub(super) path: String,
    pub(super) line: u64,
}

#[derive(Debug, Serialize)]
pub(super) struct Templates {
    pub(super) items: Vec<TemplateItem>,
    pub(super) others: u64,
    pub(super) others_records: u64,
}

#[derive(Debug, Serialize)]
pub(super) struct TemplateItem {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) count: u64,
    pub(super) level: Option<Level>,
    pub(super) sources: u64,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
    pub(super) example: Option<PlaceItem>,
}

#[derive(Serialize)]
pub(super) struct FileItem {
    pub(super) id: u32,
    pub(super) path: String,
    pub(super) size_bytes: u64,
    pub(super) kind: crate::recognise::Kind,
    pub(super) format: String,
    /// To two digits.
    pub(super) confidence: f64,
    pub(super) source: Option<u32>,
    pub(super) lines: u64,
    pub(super) records: u64,
    pub(super) items: u64,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
    pub(super) problems: u64,
    pub(super) redactions: u64,
    pub(super) read: bool,
    pub(super) note: Option<String>,
}

#[derive(Serialize)]
pub(super) struct SourceItem {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) records: u64,
    pub(super) errors: u64,
    pub(super) warns: u64,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
}

#[derive(Serialize)]
pub(super) struct ProblemItem {
    pub(super) code: &'static str,
    pub(super) file: Option<String>,
    pub(super) line: Option<u64>,
    pub(super) offset: Option<u64>,
    pub(super) detail: String,
    pub(super) count: u64,
}

pub(super) fn summarise(bundle: &Bundle) -> Result<Summary, ViewError> {
    let manifest = bundle.manifest();
    let all = bundle.select(&Query::default())?;
    let errors = bundle.select(&Expression::Term(Term::Is(Property::Error)).into())?;
    Ok(Summary {
        schema_version: SCHEMA_VERSION,
        tool: "mainstay",
        tool_version: env!("CARGO_PKG_VERSION"),
        name: text(&manifest.name),
        input_bytes: manifest.input_bytes,
        input_blake3: manifest.input_blake3.clone(),
        first: manifest.totals.first.map(Moment),
        last: manifest.totals.last.map(Moment),
        totals: counts(&manifest.totals),
        findings: bundle.findings().iter().map(finding).collect(),
        templates: templates(bundle.templates(&all, TEMPLATES_MAX)),
        errors: templates(bundle.templates(&errors, ERRORS_MAX)),
        files: bundle.files().iter().map(file).collect(),
        sources: bundle.sources().iter().map(source).collect(),
        clocks: clock::items(&manifest.clocks),
        problems: bundle.problems().iter().map(problem).collect(),
        redactions: bundle.redactions().clone(),
        equations: manifest.equations.clone(),
        diagnosis: bundle.diagnosis().and_then(super::diagnosis::cleaned),
    })
}

fn text(text: &str) -> String {
    clean::line(text).into_owned()
}

fn counts(totals: &Totals) -> Counts {
    Counts {
        files: totals.files,
        files_read: totals.files_read,
        bytes: totals.bytes,
        lines: totals.lines,
        blank_lines: totals.blank_lines,
        records: totals.records,
        timed: totals.timed,
        templates: totals.templates,
        errors: totals.errors,
        warns: totals.warns,
        spans: totals.spans,
        samples: totals.samples,
        objects: totals.objects,
        events: totals.events,
        edges: totals.edges,
        problems: totals.problems,
        redactions: totals.redactions,
    }
}

fn finding(finding: &Finding) -> FindingItem {
    FindingItem {
        id: finding.id,
        kind: finding.kind.as_str(),
        severity: finding.severity.as_str(),
        title: text(&finding.title),
        detail: text(&finding.detail),
        at: finding.at.map(Moment),
        until: finding.until.map(Moment),
        cites: finding.cites.iter().map(place).collect(),
    }
}

fn place(place: &Place) -> PlaceItem {
    PlaceItem { file: place.file, path: text(&place.path), line: place.line }
}

pub(super) fn templates(list: TemplateList) -> Templates {
    Templates {
        items: list.items.iter().map(template).collect(),
        others: list.others,
        others_records: list.others_records,
    }
}

fn template(row: &TemplateRow) -> TemplateItem {
    TemplateItem {
        id: row.id.clone(),
        text: text(&row.text),
        count: row.count,
        level: row.level,
        sources: row.sources,
        first: row.first.map(Moment),
        last: row.last.map(Moment),
        example: row.example.as_ref().map(place),
    }
}

fn file(file: &BundleFile) -> FileItem {
    FileItem {
        id: file.id,
        path: text(&file.path),
        size_bytes: file.size_bytes,
        kind: file.kind,
        format: text(&file.format),
        confidence: (f64::from(file.confidence) * 100.0).round() / 100.0,
        source: file.source,
        lines: file.lines,
        records: file.records,
        items: file.items,
        first: file.first.map(Moment),
        last: file.last.map(Moment),
        problems: file.problems,
        redactions: file.redactions,
        read: file.read,
        note: file.note.clone(),
    }
}

fn source(source: &Source) -> SourceItem {
    SourceItem {
        id: source.id,
        name: text(&source.name),
        records: source.records,
        errors: source.errors,
        warns: source.warns,
        first: source.first.map(Moment),
        last: source.last.map(Moment),
    }
}

fn problem(problem: &Problem) -> ProblemItem {
    ProblemItem {
        code: problem.code.as_str(),
        file: problem.path.as_deref().map(text),
        line: problem.line,
        offset: problem.offset,
        detail: text(&problem.detail),
        count: problem.count,
    }
}
