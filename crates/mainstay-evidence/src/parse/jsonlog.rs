//! A log line that is one JSON object: time, level, message and ids by the names that loggers
//! use. Names first in a list win; an unknown logger needs no definition.

use mainstay_core::Level;

use super::ids::{self, Ids};
use super::json::{self, Field, ValueKind};
use super::level;
use crate::stamp::{self, Date, Stamp, Zone};

const TIME_KEYS: [&str; 18] = [
    "timestamp",
    "@timestamp",
    "time",
    "ts",
    "t",
    "@t",
    "eventTime",
    "date",
    "datetime",
    "asctime",
    "timestamp_ns",
    "__REALTIME_TIMESTAMP",
    "requestReceivedTimestamp",
    "stageTimestamp",
    "EdgeStartTimestamp",
    "start_time",
    "Timestamp",
    "created_at",
];
const LEVEL_KEYS: [&str; 14] = [
    "level",
    "severity",
    "lvl",
    "log.level",
    "levelname",
    "@l",
    "s",
    "severity_text",
    "messageType",
    "loglevel",
    "LogLevel",
    "Level",
    "error_severity",
    "severityText",
];
const MESSAGE_KEYS: [&str; 20] = [
    "message",
    "msg",
    "log",
    "body",
    "@m",
    "@mt",
    "textPayload",
    "event",
    "fields.message",
    "MESSAGE",
    "eventMessage",
    "short_message",
    "jsonPayload.message",
    "jsonPayload.msg",
    // what was asked of a cloud or a cluster, where the log is of requests
    "protoPayload.methodName",
    "operationName",
    "eventName",
    "verb",
    "Message",
    "type",
];
/// Objects whose fields are looked at: MongoDB, ECS, Rust tracing, Google, OpenTelemetry, Kubernetes.
const PARENTS: [&str; 10] = [
    "t",
    "log",
    "fields",
    "trace",
    "span",
    "timestamp",
    "transaction",
    "jsonPayload",
    "protoPayload",
    "responseStatus",
];

/// What a JSON line said.
#[derive(Debug, Clone, Default)]
pub(crate) struct JsonLine {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    /// The place of the message inside its quotes.
    pub(crate) message: Option<(usize, usize)>,
    pub(crate) ids: Ids,
    /// Keys that a log line would have.
    pub(crate) known_keys: usize,
}

/// The best field so far for one purpose: its rank in the list of names, and the field.
type Best<'t> = Option<(usize, Field<'t>)>;

#[derive(Default)]
struct Picks<'t> {
    times: Vec<(usize, Field<'t>)>,
    level: Best<'t>,
    /// What an outcome says where no level is stated.
    outcome: Option<Level>,
    message: Best<'t>,
    ids: Ids,
    scale: Scale,
}

/// What small numbers of a level mean; the other fields of the line tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Scale {
    #[default]
    Tens,
    /// GELF.
    Syslog,
    Nextcloud,
}

/// Reads a line; `None` if it is no JSON object.
pub(crate) fn read(text: &str) -> Option<JsonLine> {
    let (line, whole) = read_fields(text);
    whole.then_some(line)
}

/// Reads a line that opens an object and leaves it open: the record goes on below. It must state a
/// time and something else, because any text may begin with a brace.
pub(crate) fn read_open(text: &str) -> Option<JsonLine> {
    const KEYS_LEAST: usize = 2;
    if !text.starts_with('{') {
        return None;
    }
    let (line, whole) = read_fields(text);
    (!whole && line.stamp.is_some() && line.known_keys >= KEYS_LEAST).then_some(line)
}

fn read_fields(text: &str) -> (JsonLine, bool) {
    let mut picks = Picks::default();
    let mut parents: Vec<Field<'_>> = Vec::new();
    let end = json::fields(text, 0, &mut |field| {
        if field.kind == ValueKind::Object && PARENTS.contains(&field.key) {
            parents.push(field);
        } else {
            picks.take(text, None, field);
        }
    });
    for parent in parents {
        json::fields(text, parent.start, &mut |field| picks.take(text, Some(parent.key), field));
    }
    picks.times.sort_by_key(|(rank, _)| *rank);
    let stamp = picks.times.iter().find_map(|(_, field)| stamp_of(text, field));
    let stated = picks.level.and_then(|(_, field)| level_of(text, &field, picks.scale));
    let level = stated.or(picks.outcome);
    let message = picks.message.map(|(_, field)| (field.start, field.end));
    let known_keys = usize::from(stamp.is_some())
        + usize::from(level.is_some())
        + usize::from(message.is_some());
    (JsonLine { stamp, level, message, ids: picks.ids, known_keys }, end.is_some())
}

impl<'t> Picks<'t> {
    fn take(&mut self, text: &str, parent: Option<&str>, field: Field<'t>) {
        let dotted;
        let key = match parent {
            None => field.key,
            // the object is the time itself
            Some(time @ ("t" | "timestamp")) if matches!(field.key, "$date" | "seconds") => time,
            Some(parent) => {
                dotted = format!("{parent}.{}", field.key);
                &dotted
            }
        };
        if let Some(rank) = TIME_KEYS.iter().position(|name| *name == key) {
            self.times.push((rank, field));
        }
        if field.kind == ValueKind::Text
            && let Some(rank) = MESSAGE_KEYS.iter().position(|name| *name == key)
        {
            better(&mut self.message, rank, field);
        }
        match key {
            "short_message" => self.scale = Scale::Syslog,
            "reqId" if field.kind == ValueKind::Text => self.scale = Scale::Nextcloud,
            _ => {}
        }
        self.outcome = outcome_of(text, key, &field).or(self.outcome);
        if let Some(rank) = LEVEL_KEYS.iter().position(|name| *name == key) {
            better(&mut self.level, rank, field);
        }
        if field.kind == ValueKind::Text
            && field.end > field.start
            && let Some(kind) = ids::kind_of_key(key)
        {
            // Google writes the project before it
            let path = text[field.start..field.end].rfind('/').map_or(0, |slash| slash + 1);
            self.ids.slot(kind).get_or_insert((field.start + path, field.end));
        }
    }
}

fn better<'t>(best: &mut Best<'t>, rank: usize, field: Field<'t>) {
    if best.is_none_or(|(held, _)| rank < held) {
        *best = Some((rank, field));
    }
}

/// A cloud's refusal is the caller's fault as often as not, like a status 4xx; the compact form of
/// Serilog leaves its commonest level out.
fn outcome_of(text: &str, key: &str, field: &Field<'_>) -> Option<Level> {
    let value = &text[field.start..field.end];
    match key {
        "responseStatus.code" | "EdgeResponseStatus" | "response_code" => {
            level::from_http_status(value.parse().ok()?)
        }
        "errorCode" if field.kind == ValueKind::Text && !value.is_empty() => Some(Level::Warn),
        "@mt" => Some(Level::Info),
        _ => None,
    }
}

fn stamp_of(text: &str, field: &Field<'_>) -> Option<Stamp> {
    let value = &text[field.start..field.end];
    match field.kind {
        ValueKind::Number => number_stamp(value),
        ValueKind::Text => match script_date(value) {
            Some(millis) => number_stamp(millis),
            None => {
                let (stamp, _, end) = stamp::scan(value.as_bytes())?;
                (end == value.len()).then_some(stamp)
            }
        },
        _ => None,
    }
}

/// The milliseconds of `/Date(1714564800123)/`, whose slashes may stand escaped.
fn script_date(value: &str) -> Option<&str> {
    let inside = value.split_once("/Date(")?.1;
    inside.split([')', '+', '-']).next()
}

fn number_stamp(value: &str) -> Option<Stamp> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 20 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction_us = format!("{fraction:0<6.6}").parse().ok()?;
    let micros = stamp::from_number(whole.parse().ok()?, whole.len(), fraction_us)?;
    Some(Stamp { date: Date::Instant(micros), micros_of_day: 0, zone: Zone::Offset(0) })
}

fn level_of(text: &str, field: &Field<'_>, scale: Scale) -> Option<Level> {
    let value = &text[field.start..field.end];
    match field.kind {
        ValueKind::Number => from_scale(value.parse().ok()?, scale),
        // slog writes `ERROR+2` for a level between two
        ValueKind::Text if value.contains('+') => {
            level::from_word(value.split('+').next().unwrap_or_default())
        }
        ValueKind::Text => level::from_product_word(value).or_else(|| match value.as_bytes() {
            [letter] => level::from_letter(*letter),
            [b'D', b'1'..=b'5'] => Some(Level::Debug),
            _ => None,
        }),
        _ => None,
    }
}

fn from_scale(number: u64, scale: Scale) -> Option<Level> {
    match (scale, number) {
        (Scale::Syslog, 0..=7) => level::from_syslog(number),
        (Scale::Nextcloud, 0) => Some(Level::Debug),
        (Scale::Nextcloud, 1) => Some(Level::Info),
        (Scale::Nextcloud, 2) => Some(Level::Warn),
        (Scale::Nextcloud, 3) => Some(Level::Error),
        (Scale::Nextcloud, 4) => Some(Level::Fatal),
        _ => level::from_number(number),
    }
}
