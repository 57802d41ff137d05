//! What a file is: by its content, with the path only as a hint. Runs before redaction, so
//! nothing of the sample is kept.

mod document;
mod encoding;
mod framing;
mod magic;
mod table;

use serde::{Deserialize, Serialize};

pub use encoding::{Charset, Encoding, Framing};

use crate::parse::detect;

/// Raw bytes from the start, the middle and the end of a file, 64 KiB each; `middle` and `tail`
/// are empty when `head` is the whole file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample<'a> {
    pub head: &'a [u8],
    pub middle: &'a [u8],
    pub tail: &'a [u8],
}

/// What a file is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Log,
    Spans,
    Metrics,
    ServiceGraph,
    Kubernetes,
    Ticket,
    Config,
    Text,
    Binary,
    Empty,
}

impl Kind {
    /// The word in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Spans => "spans",
            Self::Metrics => "metrics",
            Self::ServiceGraph => "service_graph",
            Self::Kubernetes => "kubernetes",
            Self::Ticket => "ticket",
            Self::Config => "config",
            Self::Text => "text",
            Self::Binary => "binary",
            Self::Empty => "empty",
        }
    }
}

/// The format of a file. Logs share one: their layouts are the reader's matter and stand in the
/// recognition's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Log,
    OtlpJsonLines,
    JaegerQuery,
    ZipkinSpans,
    XrayTraces,
    XrayServiceGraph,
    PrometheusQueryRange,
    OpenMetrics,
    WideCsv,
    LongCsv,
    CloudWatchMetricData,
    KubernetesJson,
    KubernetesYaml,
    TicketJson,
    Json,
    Yaml,
    Xml,
    Ini,
    Toml,
    Properties,
    Csv,
    PlainText,
    Png,
    Jpeg,
    Gif,
    Pdf,
    Elf,
    WindowsExecutable,
    PacketCapture,
    Sqlite,
    Gzip,
    Zip,
    Zstd,
    Bzip2,
    Xz,
    Tar,
    JavaClass,
    HeapDump,
    WindowsEvents,
    SystemdJournal,
    OtherBinary,
    Empty,
}

impl Format {
    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::OtlpJsonLines => "OTLP traces (JSON lines)",
            Self::JaegerQuery => "Jaeger query (JSON)",
            Self::ZipkinSpans => "Zipkin spans (JSON)",
            Self::XrayTraces => "X-Ray traces (JSON)",
            Self::XrayServiceGraph => "X-Ray service graph (JSON)",
            Self::PrometheusQueryRange => "Prometheus query_range (JSON)",
            Self::OpenMetrics => "OpenMetrics text",
            Self::WideCsv => "metrics, wide CSV",
            Self::LongCsv => "metrics, long CSV",
            Self::CloudWatchMetricData => "CloudWatch get-metric-data (JSON)",
            Self::KubernetesJson => "Kubernetes objects (JSON)",
            Self::KubernetesYaml => "Kubernetes objects (YAML)",
            Self::TicketJson => "ticket (JSON)",
            Self::Json => "JSON",
            Self::Yaml => "YAML",
            Self::Xml => "XML",
            Self::Ini => "INI",
            Self::Toml => "TOML",
            Self::Properties => "properties",
            Self::Csv => "CSV",
            Self::PlainText => "plain text",
            Self::Png => "PNG image",
            Self::Jpeg => "JPEG image",
            Self::Gif => "GIF image",
            Self::Pdf => "PDF",
            Self::Elf => "ELF program or core",
            Self::WindowsExecutable => "Windows program",
            Self::PacketCapture => "packet capture",
            Self::Sqlite => "SQLite database",
            Self::Gzip => "gzip",
            Self::Zip => "zip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Tar => "tar",
            Self::JavaClass => "Java class",
            Self::HeapDump => "Java heap dump",
            Self::WindowsEvents => "Windows event log",
            Self::SystemdJournal => "systemd journal",
            Self::OtherBinary => "binary",
            Self::Empty => "empty",
        }
    }

    /// What files of this format are good for.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Log => Kind::Log,
            Self::OtlpJsonLines | Self::JaegerQuery | Self::ZipkinSpans | Self::XrayTraces => {
                Kind::Spans
            }
            Self::XrayServiceGraph => Kind::ServiceGraph,
            Self::PrometheusQueryRange
            | Self::OpenMetrics
            | Self::WideCsv
            | Self::LongCsv
            | Self::CloudWatchMetricData => Kind::Metrics,
            Self::KubernetesJson | Self::KubernetesYaml => Kind::Kubernetes,
            Self::TicketJson => Kind::Ticket,
            Self::Json | Self::Yaml | Self::Xml | Self::Ini | Self::Toml | Self::Properties => {
                Kind::Config
            }
            Self::Csv | Self::PlainText => Kind::Text,
            Self::Empty => Kind::Empty,
            _ => Kind::Binary,
        }
    }
}

/// The answer, with what came second and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Recognition {
    pub kind: Kind,
    pub format: Format,
    /// For people: `CRI › Spring Boot`.
    pub label: String,
    /// 0 to 1; for logs the share of record starts that match.
    pub confidence: f32,
    pub encoding: Encoding,
    pub runner_up: Option<(String, f32)>,
}

impl Recognition {
    fn of(format: Format, confidence: f32, encoding: Encoding) -> Self {
        Self {
            kind: format.kind(),
            format,
            label: format.name().to_owned(),
            confidence,
            encoding,
            runner_up: None,
        }
    }
}

/// Names a file by its sample.
#[must_use]
pub fn recognise(path: &str, size: u64, sample: &Sample) -> Recognition {
    if size == 0 || sample.head.is_empty() {
        return Recognition::of(Format::Empty, 1.0, Encoding::default());
    }
    if let Some(format) = magic::recognise(sample.head) {
        return Recognition::of(format, 1.0, Encoding::default());
    }
    let Some(encoding) = encoding::detect(sample) else {
        return Recognition::of(Format::OtherBinary, 0.9, Encoding::default());
    };
    let head = encoding.text(sample.head);
    if head.trim().is_empty() {
        return Recognition::of(Format::PlainText, 1.0, encoding);
    }
    let whole = size <= sample.head.len() as u64;
    let document = document::recognise(&head, whole);
    // a document of a known tool may hold records too, and has its own reader
    if matches!(document, None | Some(Format::Json | Format::Xml))
        && let Some(framing) = framing::detect(&head)
    {
        return text(path, sample, Encoding { framing, ..encoding }, &head);
    }
    if let Some(format) = document {
        return Recognition::of(format, 1.0, encoding);
    }
    text(path, sample, encoding, &head)
}

/// A log, a table, a configuration or plain text, in this order.
fn text(path: &str, sample: &Sample, encoding: Encoding, head: &str) -> Recognition {
    let lines = sample_lines(sample, encoding, head);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    if let Some(format) = table::recognise(&lines) {
        return Recognition::of(format, 1.0, encoding);
    }
    let detected = detect::detect(&lines);
    let config = document::recognise_lines(path, &lines);
    let certain = !detected.wrappers.is_empty() || detected.score >= CERTAIN_SCORE;
    let log_like = detected.is_log() && (certain || config.is_none());
    if log_like || (config.is_none() && is_log_path(path)) {
        return Recognition {
            label: detected.label(encoding.framing),
            confidence: detected.score,
            runner_up: detected.runner_up,
            ..Recognition::of(Format::Log, 0.0, encoding)
        };
    }
    match config {
        Some(format) => Recognition::of(format, 0.8, encoding),
        None => Recognition::of(Format::PlainText, 0.5, encoding),
    }
}

/// A log layout on so many lines is no accident, even where the lines look like a configuration.
const CERTAIN_SCORE: f32 = 0.6;

/// The lines of the sample, without those that the edges of the sample cut.
fn sample_lines(sample: &Sample, encoding: Encoding, head: &str) -> Vec<String> {
    let mut lines = encoding.lines(head);
    if !sample.middle.is_empty() || !sample.tail.is_empty() {
        lines.pop();
    }
    // a record's start cannot be found from the middle of a document
    if encoding.framing != Framing::Lines {
        return lines;
    }
    for (part, ends_file) in [(sample.middle, false), (sample.tail, true)] {
        let text = encoding.text(part);
        let part_lines = encoding.lines(&text);
        let end = part_lines.len().saturating_sub(usize::from(!ends_file));
        lines.extend(part_lines.into_iter().take(end).skip(1));
    }
    lines
}

fn is_log_path(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    let numbered = name.rsplit_once(".log.").is_some_and(|(_, number)| {
        number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    });
    name.ends_with(".log")
        || numbered
        || matches!(name, "syslog" | "messages" | "stdout" | "stderr" | "catalina.out" | "dmesg")
}
