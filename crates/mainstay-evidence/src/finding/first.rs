//! The first line that states an error, and the first that states a fatal one.

use mainstay_core::Level;

use super::{Finding, FindingKind, Weight, counted, quote};
use crate::view::{Bundle, ViewError};

pub(super) fn find(bundle: &Bundle, found: &mut Vec<Finding>) -> Result<(), ViewError> {
    let classes = [
        (Level::Fatal, FindingKind::FirstFatal, Weight::Medium, "fatal"),
        (Level::Error, FindingKind::FirstError, Weight::Low, "error"),
    ];
    let index = bundle.index();
    for (level, kind, weight, word) in classes {
        let mut stated = index.order().iter().filter(|row| index.level(**row) == Some(level));
        let Some(row) = stated.next() else { continue };
        let count = 1 + stated.count() as u64;
        let line = bundle.line(u64::from(*row))?;
        let source = bundle.source_name(index.source(*row));
        let title = format!("First {word} in {source}: {}", quote(&line.body));
        let untimed = if line.line.time.is_none() { ", none of them with a time" } else { "" };
        let detail = format!("{} of level {word} in the bundle{untimed}", counted(count, "record"));
        found.push(
            Finding::new(kind, weight, title, detail)
                .at(line.line.time)
                .citing(vec![bundle.place(*row)]),
        );
    }
    Ok(())
}
