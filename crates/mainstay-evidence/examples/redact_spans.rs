//! Predictions for the redaction bench: reads JSON lines with `id` and `text`, writes `id`,
//! `spans` (code points) and the redacted `text`.

use std::io::{self, BufRead, Write};

use mainstay_evidence::redact::Redactor;
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let redactor = Redactor::new([7; 32]);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let item: Value = serde_json::from_str(&line?)?;
        let text = item["text"].as_str().unwrap_or_default();
        let points = |byte: usize| text[..byte].chars().count();
        let spans: Vec<Value> = redactor
            .spans(text)
            .into_iter()
            .map(|span| {
                json!({
                    "start": points(span.place.start),
                    "end": points(span.place.end),
                    "type": span.kind.as_str(),
                    "replacement": span.replacement,
                })
            })
            .collect();
        let redacted = redactor.session().text(text).into_owned();
        writeln!(out, "{}", json!({ "id": item["id"], "spans": spans, "text": redacted }))?;
    }
    out.flush()
}
