//! Tables of metrics in CSV: a header line that names a time, then numbers.

use super::Format;
use crate::stamp;

/// Lines that are compared with the header.
const LINES: usize = 50;
const TIME_NAMES: [&str; 6] = ["time", "timestamp", "datetime", "date", "ts", "@timestamp"];
const METRIC_NAMES: [&str; 4] = ["metric", "metric_name", "name", "__name__"];

/// The kind of table; `None` if the lines are none.
pub(crate) fn recognise(lines: &[&str]) -> Option<Format> {
    let mut rows = lines.iter().filter(|line| !line.trim().is_empty());
    let header = rows.next()?;
    let columns: Vec<&str> = header.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let named = columns.len() >= 2
        && columns.iter().all(|name| !name.is_empty() && name.parse::<f64>().is_err());
    let object = header.starts_with(['{', '[', '<']);
    if !named || object || header.contains(": ") || stamp::scan(header.as_bytes()).is_some() {
        return None;
    }
    let time = columns
        .iter()
        .position(|name| TIME_NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)));
    let rows: Vec<Vec<&str>> = rows.take(LINES).map(|row| row.split(',').collect()).collect();
    let even = rows.iter().all(|row| row.len() == columns.len());
    let Some(time) = time else {
        return (even && rows.len() >= 2 && columns.len() >= 3).then_some(Format::Csv);
    };
    let quoted = rows.iter().flatten().any(|cell| cell.starts_with('"'));
    let timed = rows.iter().all(|row| {
        row.get(time).is_some_and(|cell| {
            let cell = cell.trim().trim_matches('"');
            stamp::scan(cell.as_bytes()).is_some_and(|(_, _, end)| end == cell.len())
        })
    });
    if (!even && !quoted) || !timed {
        return None;
    }
    let has = |names: &[&str]| {
        columns.iter().any(|name| names.contains(&name.to_ascii_lowercase().as_str()))
    };
    let long = has(&METRIC_NAMES) && has(&["value"]);
    if long {
        return Some(Format::LongCsv);
    }
    let numbers = rows.iter().all(|row| {
        row.iter().enumerate().all(|(index, cell)| {
            let cell = cell.trim().trim_matches('"');
            index == time || cell.is_empty() || cell.parse::<f64>().is_ok()
        })
    });
    Some(if numbers { Format::WideCsv } else { Format::Csv })
}
