//! Damage to traces: only some of them were kept.

use serde_json::Value;

use super::Files;

/// Keeps one trace of `share`, chosen by its id, in both layouts of the visible bundles.
pub(super) fn sample(files: Files, share: u64) -> Files {
    let mapped = files.into_iter().map(|(path, bytes)| {
        let kept = match path.rsplit('/').next() {
            Some("otlp.jsonl") => otlp(&bytes, share),
            Some("jaeger.json") => jaeger(&bytes, share),
            _ => None,
        };
        (path, kept.unwrap_or(bytes))
    });
    mapped.collect()
}

fn is_kept(id: &Value, share: u64) -> bool {
    let text = id.as_str().unwrap_or_default();
    let end = text.get(text.len().saturating_sub(8)..).unwrap_or_default();
    u64::from_str_radix(end, 16).unwrap_or(0).is_multiple_of(share)
}

fn otlp(bytes: &[u8], share: u64) -> Option<Vec<u8>> {
    let mut text = String::new();
    for line in String::from_utf8_lossy(bytes).lines() {
        let mut batch: Value = serde_json::from_str(line).ok()?;
        for group in batch["resourceSpans"].as_array_mut()? {
            for scope in group["scopeSpans"].as_array_mut()? {
                scope["spans"].as_array_mut()?.retain(|span| is_kept(&span["traceId"], share));
            }
        }
        text.push_str(&batch.to_string());
        text.push('\n');
    }
    Some(text.into_bytes())
}

fn jaeger(bytes: &[u8], share: u64) -> Option<Vec<u8>> {
    let mut document: Value = serde_json::from_slice(bytes).ok()?;
    document["data"].as_array_mut()?.retain(|trace| is_kept(&trace["traceID"], share));
    Some(document.to_string().into_bytes())
}
