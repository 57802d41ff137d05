//! The lines inside the HTML report: chosen, packed with gzip and base64, and never more than the
//! page may weigh.

use std::collections::BTreeSet;
use std::io::{self, Write};

use base64::Engine;
use flate2::{Compression, GzBuilder};
use serde::Serialize;

use super::{ReportError, clean};
use crate::query::{Expression, Property, Query, Term};
use crate::view::{Bundle, Selection};
use mainstay_core::Level;

/// Packed bytes of all lines: a report of 2 MB can be mailed.
const PACKED_BYTES_MAX: usize = 1_700_000;

/// Below this all lines are tried first.
const ALL_LINES_MAX: u64 = 60_000;

/// Errors embedded when not all lines are.
const ERRORS_MAX: usize = 2_000;

/// Records around a cited one, in time order.
const CONTEXT: u64 = 15;

/// Bytes of one record in the page.
const TEXT_BYTES_MAX: usize = 2 << 10;

/// What the page shows of a record; short names, as they stand before every line.
#[derive(Serialize)]
struct Packed {
    /// Time in microseconds.
    t: Option<i64>,
    /// Level.
    l: Option<Level>,
    /// Source.
    s: u32,
    /// File.
    f: u32,
    /// Line.
    n: u64,
    /// Text.
    x: String,
}

/// The packed lines, and how many there are.
pub(super) struct Lines {
    pub(super) base64: String,
    pub(super) shown: u64,
}

/// All lines if they fit, else the cited ones with their neighbours and the errors.
pub(super) fn pack(bundle: &Bundle) -> Result<Lines, ReportError> {
    let all = bundle.select(&Query::default())?;
    if all.len() <= ALL_LINES_MAX {
        let positions: Vec<u64> = (0..all.len()).collect();
        let lines = pack_positions(bundle, &all, &positions)?;
        if lines.base64.len() <= PACKED_BYTES_MAX {
            return Ok(lines);
        }
    }
    let mut positions: Vec<u64> = chosen(bundle, &all, ERRORS_MAX)?.into_iter().collect();
    let mut lines = pack_positions(bundle, &all, &positions)?;
    if lines.base64.len() > PACKED_BYTES_MAX {
        positions = chosen(bundle, &all, 0)?.into_iter().collect();
        lines = pack_positions(bundle, &all, &positions)?;
    }
    while lines.base64.len() > PACKED_BYTES_MAX {
        positions.truncate(positions.len() / 2);
        lines = pack_positions(bundle, &all, &positions)?;
    }
    Ok(lines)
}

fn chosen(
    bundle: &Bundle,
    all: &Selection,
    errors_max: usize,
) -> Result<BTreeSet<u64>, ReportError> {
    let mut places: Vec<(u32, u64)> = Vec::new();
    for finding in bundle.findings() {
        places.extend(finding.cites.iter().map(|place| (place.file, place.line)));
    }
    for template in &bundle.dictionary().templates {
        places.extend(template.tally.examples.first());
    }
    let mut chosen = BTreeSet::new();
    for (file, line) in places {
        let found = bundle.position_of(all, file, line).and_then(|found| found.position);
        if let Some(position) = found {
            let last = all.len().saturating_sub(1);
            chosen.extend(position.saturating_sub(CONTEXT)..=(position + CONTEXT).min(last));
        }
    }
    let errors = bundle.select(&Expression::Term(Term::Is(Property::Error)).into())?;
    for row in bundle.window(&errors, 0, errors_max)? {
        let found = bundle.position_of(all, row.file, row.line).and_then(|found| found.position);
        chosen.extend(found);
    }
    Ok(chosen)
}

fn pack_positions(
    bundle: &Bundle,
    all: &Selection,
    positions: &[u64],
) -> Result<Lines, ReportError> {
    // no name and no time in the header: the same lines give the same bytes
    let mut packer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    for position in positions {
        for row in bundle.window(all, *position, 1)? {
            let text = match &row.more {
                Some(more) => format!("{}\n{more}", row.text),
                None => row.text,
            };
            let packed = Packed {
                t: row.time.map(|time| time.0),
                l: row.level,
                s: row.source,
                f: row.file,
                n: row.line,
                x: cut(clean::lines(&text)),
            };
            serde_json::to_writer(&mut packer, &packed)?;
            packer.write_all(b"\n")?;
        }
    }
    let packed: io::Result<Vec<u8>> = packer.finish();
    let base64 = base64::engine::general_purpose::STANDARD.encode(packed?);
    Ok(Lines { base64, shown: positions.len() as u64 })
}

fn cut(mut text: String) -> String {
    if text.len() > TEXT_BYTES_MAX {
        text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
        text.push('…');
    }
    text
}
