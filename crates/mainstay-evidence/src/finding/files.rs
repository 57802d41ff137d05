//! What is odd about the files themselves: unread, empty, without time, with doubtful clocks.

use std::collections::BTreeMap;

use super::{Finding, FindingKind, Place, Weight, counted};
use crate::manifest::BundleFile;
use crate::problem::{Problem, ProblemCode};
use crate::recognise::Kind;
use crate::record::TimeConfidence;
use crate::view::Bundle;

pub(super) fn find(bundle: &Bundle, found: &mut Vec<Finding>) {
    unread_parts(bundle, found);
    clocks(bundle, found);
    zones(bundle, found);
    let empty = bundle.files().iter().filter(|file| file.kind == Kind::Empty);
    list(found, empty, FindingKind::EmptyFile, "empty", "nothing to read");
    let timeless = bundle
        .files()
        .iter()
        .filter(|file| file.kind == Kind::Log && file.records > 0 && file.timed == 0);
    let detail = "the records are counted and listed, but not on the timeline";
    list(found, timeless, FindingKind::FileWithoutTime, "without time", detail);
}

fn list<'a>(
    found: &mut Vec<Finding>,
    files: impl Iterator<Item = &'a BundleFile>,
    kind: FindingKind,
    word: &str,
    detail: &str,
) {
    let places: Vec<Place> = files.map(whole_file).collect();
    if places.is_empty() {
        return;
    }
    let verb = if places.len() == 1 { "is" } else { "are" };
    let title = format!("{} {verb} {word}", counted(places.len() as u64, "file"));
    found.push(Finding::new(kind, Weight::Info, title, detail.to_owned()).citing(places));
}

fn whole_file(file: &BundleFile) -> Place {
    Place { file: file.id, path: file.path.clone(), line: 0 }
}

/// Parts that someone may believe were read.
fn unread_parts(bundle: &Bundle, found: &mut Vec<Finding>) {
    for problem in bundle.problems().iter().filter(|problem| leaves_unread(problem.code)) {
        let what = problem.path.as_deref().unwrap_or("the input");
        let title = format!("Not all was read: {what}");
        let detail = problem.detail.clone();
        let cites = place_of(bundle, problem).into_iter().collect();
        found.push(
            Finding::new(FindingKind::UnreadPart, Weight::Medium, title, detail).citing(cites),
        );
    }
}

fn leaves_unread(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::UnreadableInput
            | ProblemCode::CutArchive
            | ProblemCode::CorruptArchive
            | ProblemCode::EncryptedArchive
            | ProblemCode::UnsupportedArchive
            | ProblemCode::LimitBytes
            | ProblemCode::LimitRatio
            | ProblemCode::LimitEntries
            | ProblemCode::LimitDepth
            | ProblemCode::LimitWindow
            | ProblemCode::DocumentTooLarge
            | ProblemCode::DocumentTooDeep
            | ProblemCode::TooManySignatures
    )
}

fn place_of(bundle: &Bundle, problem: &Problem) -> Option<Place> {
    let path = problem.path.as_ref()?;
    let file = bundle.files().iter().find(|file| file.path == *path)?;
    Some(Place { file: file.id, path: path.clone(), line: problem.line.unwrap_or(0) })
}

fn clocks(bundle: &Bundle, found: &mut Vec<Finding>) {
    let stepped = bundle
        .problems()
        .iter()
        .filter(|it| matches!(it.code, ProblemCode::ClockBackwards | ProblemCode::ClockStep));
    for problem in stepped {
        let Some(place) = place_of(bundle, problem) else { continue };
        let title = format!("Clock steps backwards in {}", place.path);
        found.push(
            Finding::new(FindingKind::ClockBackwards, Weight::Low, title, problem.detail.clone())
                .citing(vec![place]),
        );
    }
}

/// Times without zone beside times with zone can be hours apart from each other.
fn zones(bundle: &Bundle, found: &mut Vec<Finding>) {
    let index = bundle.index();
    let mut first_assumed: BTreeMap<u32, u32> = BTreeMap::new();
    let mut exact = 0_u64;
    for row in index.order().iter().copied() {
        match index.confidence(row) {
            TimeConfidence::Exact => exact += 1,
            TimeConfidence::ZoneAssumed
            | TimeConfidence::YearInferred
            | TimeConfidence::DateInferred => {
                first_assumed.entry(index.file(row)).or_insert(row);
            }
            _ => {}
        }
    }
    if first_assumed.is_empty() {
        return;
    }
    let files = counted(first_assumed.len() as u64, "file");
    let cites = first_assumed.values().map(|row| bundle.place(*row)).collect();
    let (weight, detail) = if exact > 0 {
        (Weight::Low, "other files state their zone: check that both clocks fit together")
    } else {
        (Weight::Info, "all times of the bundle are read the same way")
    };
    let title = format!("Zone or date is not stated in full in {files}");
    found.push(
        Finding::new(FindingKind::ZoneAssumed, weight, title, detail.to_owned()).citing(cites),
    );
}
