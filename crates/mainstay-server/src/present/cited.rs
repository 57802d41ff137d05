//! What a citation of a line means.

use mainstay_app::line;

use crate::dto::cited::Cited;
use crate::dto::time;

pub(crate) fn cited(found: line::Cited) -> Cited {
    let nothing = Cited {
        what: "file".to_owned(),
        row: None,
        line: None,
        trace: None,
        span: None,
        series: None,
        metric: None,
        at: None,
    };
    match found {
        line::Cited::Line { row, line } => {
            Cited { what: "line".to_owned(), row: Some(row), line: Some(line), ..nothing }
        }
        line::Cited::Span { trace, span } => {
            Cited { what: "span".to_owned(), trace: Some(trace), span: Some(span), ..nothing }
        }
        line::Cited::Sample { series, metric, at } => Cited {
            what: "sample".to_owned(),
            series: Some(series),
            metric: Some(metric),
            at: Some(time(at)),
            ..nothing
        },
        line::Cited::File => nothing,
    }
}
