//! The equations that must hold at the end of every ingest. Both sides are counted on different
//! ways; a mismatch is a bug of ours and is never stored.

use super::IngestError;
use crate::manifest::{BundleFile, Equation, Source, Totals};
use crate::mine::Dictionary;

/// Bytes and lines of all files that were read as lines, by where they went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// As the opener measured the files.
    pub(super) file_bytes: u64,
    pub(super) record_bytes: u64,
    pub(super) blank_bytes: u64,
    pub(super) lines_in: u64,
    /// Counted again after redaction.
    pub(super) lines_redacted: u64,
    pub(super) record_lines: u64,
    pub(super) blank_lines: u64,
    /// Rows the column writer counted.
    pub(super) rows: u64,
}

impl Flow {
    pub(super) fn add(&mut self, other: &Self) {
        self.file_bytes += other.file_bytes;
        self.record_bytes += other.record_bytes;
        self.blank_bytes += other.blank_bytes;
        self.lines_in += other.lines_in;
        self.lines_redacted += other.lines_redacted;
        self.record_lines += other.record_lines;
        self.blank_lines += other.blank_lines;
        self.rows += other.rows;
    }
}

/// All equations, checked.
pub(super) fn check(
    flow: &Flow,
    totals: &Totals,
    files: &[BundleFile],
    sources: &[Source],
    dictionary: &Dictionary,
) -> Result<Vec<Equation>, IngestError> {
    let templates = &dictionary.templates;
    let of_templates: u64 = templates.iter().map(|template| template.tally.count).sum();
    let of_forms: u64 = dictionary.forms.values().map(|form| form.count).sum();
    let of_template_sources: u64 =
        templates.iter().flat_map(|template| template.tally.sources.values()).sum();
    let of_files: u64 = files.iter().map(|file| file.records).sum();
    let of_sources: u64 = sources.iter().map(|source| source.records).sum();
    let untimed: u64 = files.iter().map(|file| file.records - file.timed).sum();
    let equations = vec![
        equation(
            "bytes of files = bytes of records + of blank lines",
            flow.file_bytes,
            flow.record_bytes + flow.blank_bytes,
        ),
        equation(
            "lines read = lines of records + blank lines",
            flow.lines_in,
            flow.record_lines + flow.blank_lines,
        ),
        equation("lines read = lines after redaction", flow.lines_in, flow.lines_redacted),
        equation("records = sum over files", totals.records, of_files),
        equation("records = sum over sources", totals.records, of_sources),
        equation("records = sum over templates", totals.records, of_templates),
        equation("templates = sum over forms", of_templates, of_forms),
        equation("templates = sum over sources", of_templates, of_template_sources),
        equation("records = rows of the columns", totals.records, flow.rows),
        equation("records = timed + untimed", totals.records, totals.timed + untimed),
    ];
    match equations.iter().find(|equation| !equation.holds()) {
        Some(broken) => Err(IngestError::Counts(format!(
            "{}: {} and {}",
            broken.name, broken.left, broken.right
        ))),
        None => Ok(equations),
    }
}

fn equation(name: &str, left: u64, right: u64) -> Equation {
    Equation { name: name.to_owned(), left, right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_line_is_an_error() {
        let dictionary = crate::mine::Miner::new(&crate::limits::Limits::default()).finish();
        let mut flow = Flow { lines_in: 3, lines_redacted: 3, record_lines: 2, ..Flow::default() };
        let check = |flow: &Flow| check(flow, &Totals::default(), &[], &[], &dictionary);
        assert!(matches!(check(&flow), Err(IngestError::Counts(_))));
        flow.blank_lines = 1;
        assert!(check(&flow).is_ok_and(|equations| equations.iter().all(Equation::holds)));
    }
}
