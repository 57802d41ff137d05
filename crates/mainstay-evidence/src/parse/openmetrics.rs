//! OpenMetrics text and the older Prometheus exposition text: `name{label="value"} number [time]`.
//! OpenMetrics writes seconds and ends with `# EOF`, the older text writes milliseconds.

use std::io::Read;

use mainstay_core::UtcMicros;

use super::document::{self, decimal_text};
use super::structured::{Context, seconds_to_time, series_text};
use crate::problem::{Problem, ProblemCode};

/// A time beyond this many seconds (year 5138) is in milliseconds.
const SECONDS_MAX: f64 = 1e11;

/// One sample line, still as written.
struct Sample<'line> {
    name: &'line str,
    labels: Vec<(&'line str, String)>,
    value: f64,
    time: Option<UtcMicros>,
}

/// Reads all points that carry a time; the others are counted.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let (mut ended, mut untimed) = (false, 0);
    let mut known = Known::default();
    document::lines(reader, context, &mut |line, context| {
        if line.text == "# EOF" {
            ended = true;
        } else if ended {
            context.skip_line(line.number, line.offset, "the line stands behind # EOF");
        } else if !line.text.starts_with('#') {
            match sample(line.text) {
                Some(Sample { time: None, .. }) => untimed += 1,
                Some(Sample { name, labels, value, time: Some(time) }) => {
                    let (metric, series) = known.names(name, &labels, context);
                    context.point(&metric, &series, time, value);
                }
                None => context.skip_line(line.number, line.offset, "the line is no sample"),
            }
        }
    });
    if untimed > 0 {
        let detail = "samples without a time stamp are not placed on the timeline";
        let mut problem = Problem::new(ProblemCode::NoTime, Some(context.path), detail);
        problem.count = untimed;
        context.counts.skipped += untimed;
        context.problems.push(problem);
    }
}

/// The names of the sample before: a series is written as one block, and redacting its labels
/// once is enough.
#[derive(Default)]
struct Known {
    name: String,
    labels: Vec<(String, String)>,
    redacted: (String, String),
}

impl Known {
    fn names(
        &mut self,
        name: &str,
        labels: &[(&str, String)],
        context: &mut Context<'_>,
    ) -> (String, String) {
        let same = self.name == name
            && self.labels.len() == labels.len()
            && self.labels.iter().zip(labels).all(|(a, b)| a.0 == b.0 && a.1 == b.1);
        if !same {
            let text = series_text(labels.iter().map(|(key, value)| (*key, value.as_str())));
            self.redacted = (context.redacted(name), context.redacted(&text));
            name.clone_into(&mut self.name);
            self.labels = labels.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        }
        self.redacted.clone()
    }
}

fn sample(text: &str) -> Option<Sample<'_>> {
    let name_end = text.find(|c: char| c == '{' || c.is_ascii_whitespace())?;
    let (name, rest) = text.split_at(name_end);
    let (labels, rest) = match rest.strip_prefix('{') {
        Some(inside) => labels(inside)?,
        None => (Vec::new(), rest),
    };
    // exemplars and their own time stamp stand behind '#'
    let rest = rest.split_once(" # ").map_or(rest, |(sample, _)| sample);
    let mut words = rest.split_ascii_whitespace();
    let value = decimal_text(words.next()?)?;
    let time = match words.next() {
        None => None,
        Some(word) => Some(time_of(word.parse().ok()?)?),
    };
    let plain = !name.is_empty() && words.next().is_none();
    plain.then_some(Sample { name, labels, value, time })
}

fn time_of(number: f64) -> Option<UtcMicros> {
    seconds_to_time(if number.abs() > SECONDS_MAX { number / 1e3 } else { number })
}

/// `k="v",k="v"}` and what stands behind it.
fn labels(mut text: &str) -> Option<(Vec<(&str, String)>, &str)> {
    let mut labels = Vec::new();
    loop {
        text = text.trim_start_matches([' ', ',']);
        if let Some(rest) = text.strip_prefix('}') {
            return Some((labels, rest));
        }
        let (key, rest) = text.split_once('=')?;
        let (value, rest) = quoted(rest.trim_start().strip_prefix('"')?)?;
        labels.push((key.trim(), value));
        text = rest;
    }
}

fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => match letters.next()?.1 {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}
