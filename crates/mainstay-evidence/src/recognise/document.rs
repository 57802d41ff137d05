//! Documents by their first characters and keys: JSON of known tools, XML, OpenMetrics, YAML,
//! TOML, INI, properties. The whole document is read later, by its own reader.

use super::Format;
use crate::parse::json;

/// Keys and values of a JSON document's first bytes that are looked at.
const KEYS_MAX: usize = 64;

/// Formats that show in the first characters; `whole` if `head` is the whole file.
pub(crate) fn recognise(head: &str, whole: bool) -> Option<Format> {
    let text = head.trim_start();
    match text.as_bytes().first()? {
        b'{' => json_object(text, whole),
        b'[' => json_array(text, whole),
        b'<' if is_xml(text) => Some(Format::Xml),
        b'#' | b'a'..=b'z' | b'A'..=b'Z' | b'_' if is_open_metrics(text) => {
            Some(Format::OpenMetrics)
        }
        _ => None,
    }
}

/// A document, or `None` for lines of JSON: those are a log, unless they are OTLP.
fn json_object(text: &str, whole: bool) -> Option<Format> {
    let first_line = text.lines().next().unwrap_or(text);
    let keys = top_keys(text);
    let has = |key: &str| keys.iter().any(|held| held == key);
    if has("resourceSpans") || has("resource_spans") {
        return Some(Format::OtlpJsonLines);
    }
    if has("data") && head_has(text, &["\"traceID\"", "\"spans\""]) {
        return Some(Format::JaegerQuery);
    }
    if has("Traces") && head_has(text, &["\"Segments\"", "\"Document\""]) {
        return Some(Format::XrayTraces);
    }
    if has("Services") && head_has(text, &["\"ReferenceId\""]) {
        return Some(Format::XrayServiceGraph);
    }
    if has("status") && head_has(text, &["\"resultType\""]) {
        return Some(Format::PrometheusQueryRange);
    }
    if has("MetricDataResults") {
        return Some(Format::CloudWatchMetricData);
    }
    // an audit log has one event a line
    if has("auditID") || has("requestReceivedTimestamp") || head_has(text, &["audit.k8s.io/"]) {
        return None;
    }
    if has("kind") && has("apiVersion") {
        return Some(Format::KubernetesJson);
    }
    if has("items") && head_has(text, &["\"apiVersion\""]) {
        return Some(Format::KubernetesJson);
    }
    if has("case_id") && has("reported_at") {
        return Some(Format::TicketJson);
    }
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    // one object over the whole file is a document; a second line that is an object is a log
    let one_line_log = lines.len() == 1 && json::is_object(first_line) && has_log_keys(&keys);
    let many = lines.len() >= 2 && lines[..2].iter().all(|line| json::is_object(line));
    if many || one_line_log {
        return None;
    }
    let opens_document = lines.len() == 1 || !json::is_object(first_line);
    let complete = !whole || json::is_object(text.trim_end());
    (opens_document && complete && !keys.is_empty()).then_some(Format::Json)
}

fn has_log_keys(keys: &[String]) -> bool {
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
    has(&["message", "msg", "log", "MESSAGE"]) && has(&["time", "timestamp", "ts", "@timestamp"])
}

fn json_array(text: &str, whole: bool) -> Option<Format> {
    let inner = text[1..].trim_start();
    let opens =
        matches!(inner.as_bytes().first(), Some(b'{' | b'"' | b'[' | b']' | b'-' | b'0'..=b'9'));
    if !opens {
        return None;
    }
    if inner.starts_with('{') && head_has(inner, &["\"apiVersion\"", "\"kind\"", "\"metadata\""]) {
        return Some(Format::KubernetesJson);
    }
    if inner.starts_with(['{', '[']) && head_has(inner, &["\"traceId\"", "\"localEndpoint\""]) {
        return Some(Format::ZipkinSpans);
    }
    let closes = !whole || text.trim_end().ends_with(']');
    // `[2024-05-01 …] message` opens like an array of numbers
    let numbers_only = !matches!(inner.as_bytes().first(), Some(b'-' | b'0'..=b'9'))
        || text.bytes().all(|byte| byte.is_ascii_digit() || b"[],.-+eE \n\r\t".contains(&byte));
    (closes && numbers_only).then_some(Format::Json)
}

fn head_has(text: &str, needles: &[&str]) -> bool {
    needles.iter().all(|needle| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some())
}

/// The keys of the outermost object, as far as the text goes: the document may be cut.
fn top_keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && keys.len() < KEYS_MAX {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let Some(end) = quote_end(bytes, at + 1) else { break };
                let after = text[end + 1..].trim_start();
                if depth == 1 && after.starts_with(':') {
                    keys.push(text[at + 1..end].to_owned());
                }
                at = end;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        at += 1;
    }
    keys
}

fn quote_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

fn is_xml(text: &str) -> bool {
    let tag = text[1..].bytes().next();
    let named = tag.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'?' | b'!'));
    let number = text[1..].bytes().take_while(u8::is_ascii_digit).count() > 0;
    named && !number && (text.starts_with("<?xml") || text.contains("</") || text.contains("/>"))
}

/// `# TYPE name kind`, `# HELP`, and `name{label="value"} number [time]`.
fn is_open_metrics(text: &str) -> bool {
    let mut samples = 0;
    let mut other = 0;
    let mut described = false;
    for line in text.lines().take(200).filter(|line| !line.trim().is_empty()) {
        if line.starts_with("# TYPE ") || line.starts_with("# HELP ") || line == "# EOF" {
            described = true;
        } else if is_sample(line) {
            samples += 1;
        } else if !line.starts_with('#') {
            other += 1;
        }
    }
    // the last line may be cut by the sample's edge
    samples > 0 && other <= 1 && (described || (samples > 5 && text.contains("{")))
}

fn is_sample(line: &str) -> bool {
    let name = line
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
        .count();
    if name == 0 {
        return false;
    }
    let rest = match line[name..].strip_prefix('{') {
        Some(labels) => match labels.rfind('}') {
            Some(end) => &labels[end + 1..],
            None => return false,
        },
        None => &line[name..],
    };
    let mut words = rest.split_ascii_whitespace();
    words.next().is_some_and(|value| value.parse::<f64>().is_ok())
}

/// Configurations that only show in several lines; the path decides between relatives.
pub(crate) fn recognise_lines(path: &str, lines: &[&str]) -> Option<Format> {
    let content: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with(['#', ';', '!']))
        .collect();
    if content.is_empty() {
        return None;
    }
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let share = |test: &dyn Fn(&str) -> bool| {
        content.iter().filter(|line| test(line)).count() * 100 / content.len()
    };
    let section = |line: &str| line.starts_with('[') && line.trim_end().ends_with(']');
    let assignment = |line: &str| section(line) || is_assignment(line);
    let sections = content.iter().any(|line| section(line));
    if share(&assignment) >= MOSTLY_PERCENT {
        return Some(match extension.as_str() {
            "toml" => Format::Toml,
            _ if sections && content.iter().any(|line| line.contains("= \"")) => Format::Toml,
            _ if sections => Format::Ini,
            _ => Format::Properties,
        });
    }
    let yaml = share(&is_yaml_line) >= MOSTLY_PERCENT;
    let named = matches!(extension.as_str(), "yaml" | "yml");
    let starts = content[0] == "---" || content[0].starts_with("apiVersion:") || named;
    let nested = content.iter().any(|line| line.starts_with(' ') || line.starts_with("- "));
    if yaml && (starts || (nested && share(&is_yaml_line) == 100)) {
        let has = |key: &str| {
            lines.iter().any(|line| line.trim_start_matches("- ").trim_start().starts_with(key))
        };
        // a spec of a tool has kind and version too, but neither a name nor a list of objects
        let kubernetes = has("apiVersion:") && has("kind:") && (has("metadata:") || has("items:"));
        return Some(if kubernetes { Format::KubernetesYaml } else { Format::Yaml });
    }
    None
}

/// Percent of lines that must look like the format.
const MOSTLY_PERCENT: usize = 90;

fn is_assignment(line: &str) -> bool {
    let Some((key, _)) = line.split_once('=') else { return false };
    let key = key.trim().trim_start_matches("export ");
    !key.is_empty()
        && key.len() <= 200
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/[]:".contains(&byte))
}

fn is_yaml_line(line: &str) -> bool {
    let trimmed = line.trim_start();
    if trimmed.starts_with("- ") || matches!(trimmed.trim_end(), "-" | "---" | "...") {
        return true;
    }
    // a nested block text or a folded value is indented
    let indented = trimmed.len() < line.len();
    let key = trimmed.split_once(": ").map(|(key, _)| key).or(trimmed.trim_end().strip_suffix(':'));
    indented
        || key.is_some_and(|key| {
            !key.is_empty()
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._-/\"'".contains(&byte))
        })
}
