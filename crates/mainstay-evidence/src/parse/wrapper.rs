//! Wrappers: what a transport put around another program's line. Each is peeled off and leaves
//! its time, level and stream; the inner line is read on its own, and its places lead back to the
//! physical line.

use std::borrow::Cow;

use mainstay_core::{Level, UtcMicros};

use super::framing;
use super::json::{self, ValueKind};
use super::layout::{known, number_of};
use super::level;
use super::told::TextPlace;
use crate::stamp::{self, Date, Stamp, Zone};

/// A transport's way to wrap lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Wrapper {
    /// `RFC3339Nano stdout|stderr P|F text`.
    Cri,
    /// `{"log":"..\n","stream":"..","time":".."}`.
    Docker,
    /// `journalctl -o json`.
    Journald,
    /// `[pod/name/container] text`.
    KubectlPrefix,
    /// `service-1  | text`.
    Compose,
    /// `pod container text`, as stern writes.
    Stern,
    /// `path/file.log:text`, as `grep -H` writes.
    FileName,
    /// `RFC3339Nano text`, as `kubectl logs --timestamps` writes.
    Timestamps,
    /// A syslog relay around lines that have a header of their own; the index of its layout.
    Relay(usize),
}

/// One line's inner part and where its bytes stand in the physical line.
#[derive(Debug, Clone)]
pub(crate) struct Inner<'t> {
    pub(crate) text: Cow<'t, str>,
    places: Places,
}

#[derive(Debug, Clone)]
enum Places {
    Shifted(usize),
    Listed(Vec<u32>),
}

/// What the wrappers of a line said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Wrapped {
    pub(crate) time: Option<UtcMicros>,
    pub(crate) level: Option<Level>,
    /// Distinguishes streams and containers in one file; lines join only inside one.
    pub(crate) stream: u64,
    /// The next line of the stream goes on with this one.
    pub(crate) partial: bool,
}

impl<'t> Inner<'t> {
    pub(crate) fn whole(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), places: Places::Shifted(0) }
    }

    /// The place in the physical line of a place in the inner text.
    pub(crate) fn place(&self, at: usize) -> usize {
        match &self.places {
            Places::Shifted(shift) => at + shift,
            Places::Listed(places) => places
                .get(at)
                .or(places.last())
                .map_or(0, |place| usize::try_from(*place).unwrap_or(usize::MAX)),
        }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> Self {
        let text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[start..end]),
            Cow::Owned(text) => Cow::Owned(text[start..end].to_owned()),
        };
        let places = match &self.places {
            Places::Shifted(shift) => Places::Shifted(shift + start),
            Places::Listed(places) => Places::Listed(places[start..=end].to_vec()),
        };
        Self { text, places }
    }

    /// Where the text stands, or the text itself where it stands nowhere.
    pub(super) fn text_place(&self) -> TextPlace {
        match (&self.text, &self.places) {
            (Cow::Borrowed(text), Places::Shifted(shift)) => {
                TextPlace::at(*shift, shift + text.len())
            }
            (text, _) => TextPlace::Own(text.as_ref().into()),
        }
    }

    /// The JSON text between two quotes, without its escapes.
    fn json_text(&self, start: usize, end: usize) -> Self {
        let raw = &self.text[start..end];
        if memchr::memchr(b'\\', raw.as_bytes()).is_none() {
            return self.slice(start, end);
        }
        let (text, places) = json::unescape(raw);
        let places = places.into_iter().map(|place| {
            let place = start + usize::try_from(place).unwrap_or(raw.len());
            u32::try_from(self.place(place)).unwrap_or(u32::MAX)
        });
        Self { text: Cow::Owned(text), places: Places::Listed(places.collect()) }
    }
}

impl Wrapper {
    /// All wrappers that a line shows by itself, the most telling first.
    pub(crate) const ALL: [Self; 8] = [
        Self::Cri,
        Self::Docker,
        Self::Journald,
        Self::KubectlPrefix,
        Self::Compose,
        Self::Stern,
        Self::FileName,
        Self::Timestamps,
    ];

    /// For labels.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cri => "CRI",
            Self::Docker => "docker json-file",
            Self::Journald => "journald",
            Self::KubectlPrefix => "kubectl prefix",
            Self::Compose => "compose",
            Self::Stern => "stern",
            Self::FileName => "file name",
            Self::Timestamps => "timestamps",
            Self::Relay(_) => "syslog relay",
        }
    }

    /// Does every line of this wrapper carry a complete time?
    pub(crate) fn is_timed(self) -> bool {
        matches!(self, Self::Cri | Self::Docker | Self::Journald | Self::Timestamps)
    }

    /// Could it be the header of plain lines? Then only lines with a header of their own are wrapped.
    pub(crate) fn is_faint(self) -> bool {
        matches!(self, Self::Stern | Self::FileName | Self::Timestamps)
    }

    /// Peels this wrapper off; `None` if the line has none of it.
    pub(crate) fn peel<'t>(self, line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
        match self {
            Self::Cri => cri(line, wrapped),
            Self::Docker => docker(line, wrapped),
            Self::Journald => journald(line, wrapped),
            Self::KubectlPrefix => kubectl_prefix(line, wrapped),
            Self::Compose => compose(line, wrapped),
            Self::Stern => stern(line, wrapped),
            Self::FileName => file_name(line, wrapped),
            Self::Timestamps => timestamps(line, wrapped),
            Self::Relay(index) => relay(line, index, wrapped),
        }
    }
}

fn complete(stamp: &Stamp) -> Option<UtcMicros> {
    match (stamp.date, stamp.zone) {
        (Date::Instant(micros), _) => Some(UtcMicros(micros)),
        (Date::Full { .. }, Zone::Offset(minutes)) => {
            Some(UtcMicros(stamp.local_micros()? - i64::from(minutes) * stamp::MINUTE_US))
        }
        _ => None,
    }
}

/// A complete time at the start of a text; returns it and its length.
fn leading_time(text: &[u8]) -> Option<(UtcMicros, usize)> {
    // a wrapper's time is always RFC 3339
    if text.get(10).is_none_or(|byte| *byte != b'T') {
        return None;
    }
    let (stamp, end) = stamp::scan_as(stamp::rfc3339(), text)?;
    Some((complete(&stamp)?, end))
}

/// No stream, output and errors of a container.
const STREAMS: u64 = 3;

fn cri<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    let text = line.text.as_bytes();
    let (time, end) = leading_time(text)?;
    let stream = match text.get(end..end + 8)? {
        b" stdout " => 1,
        b" stderr " => 2,
        _ => return None,
    };
    let partial = match text.get(end + 8)? {
        b'F' => false,
        b'P' => true,
        _ => return None,
    };
    // tags may follow the letter after a colon; an empty message may have lost its blank
    let start = match text.get(end + 9) {
        Some(b' ') => end + 10,
        None => end + 9,
        Some(_) => return None,
    };
    let stream = wrapped.stream.wrapping_mul(STREAMS) + stream;
    *wrapped = Wrapped { time: Some(time), stream, partial, ..*wrapped };
    Some(line.slice(start, text.len()))
}

fn docker<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    let text = line.text.as_ref();
    let mut log = None;
    let mut time = None;
    let mut stream = 0;
    let mut has_stream = false;
    json::fields(text, 0, &mut |field| {
        if field.kind != ValueKind::Text {
            return;
        }
        match field.key {
            "log" => log = Some((field.start, field.end)),
            "stream" => {
                has_stream = true;
                stream = if &text[field.start..field.end] == "stderr" { 2 } else { 1 };
            }
            "time" => time = leading_time(&text.as_bytes()[field.start..field.end]),
            _ => {}
        }
    })?;
    let ((start, end), (time, _)) = (log?, time?);
    if !has_stream {
        return None;
    }
    let raw = &text[start..end];
    let whole = raw.strip_suffix("\\n").map(|rest| rest.strip_suffix("\\r").unwrap_or(rest));
    let stream = wrapped.stream.wrapping_mul(STREAMS) + stream;
    *wrapped = Wrapped { time: Some(time), stream, partial: whole.is_none(), ..*wrapped };
    Some(line.json_text(start, start + whole.unwrap_or(raw).len()))
}

fn journald<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    let text = line.text.as_ref();
    if !text.starts_with('{') {
        return journald_export(line, wrapped);
    }
    let mut message = None;
    let mut time = None;
    let mut level = None;
    json::fields(text, 0, &mut |field| {
        let value = &text[field.start..field.end];
        match field.key {
            // bytes that are no text stand as an array of numbers; a message may be absent, too
            "MESSAGE" if field.kind == ValueKind::Word => {
                message = Some((field.start, field.start))
            }
            "MESSAGE" => message = Some((field.start, field.end)),
            "__REALTIME_TIMESTAMP" => time = value.parse::<i64>().ok(),
            "_PID" | "CONTAINER_ID" | "_SYSTEMD_UNIT" => {
                wrapped.stream ^= number_of(value, 0);
            }
            "PRIORITY" => level = value.parse().ok().and_then(level::from_syslog),
            _ => {}
        }
    })?;
    let ((start, end), time) = (message?, time?);
    *wrapped = Wrapped { time: Some(UtcMicros(time)), level, ..*wrapped };
    Some(line.json_text(start, end))
}

/// `KEY=value KEY=value MESSAGE=text`, in the line that `framing` makes of an entry.
fn journald_export<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    let text = line.text.as_ref();
    let fields_end = text.find(framing::JOURNAL_MESSAGE)?;
    let mut time = None;
    for field in text[..fields_end].split(framing::JOURNAL_SEPARATOR) {
        let Some(field) = field.split_once('=') else { continue };
        match field {
            ("__REALTIME_TIMESTAMP", value) => time = value.parse::<i64>().ok(),
            ("PRIORITY", value) => {
                wrapped.level = value.parse().ok().and_then(level::from_syslog);
            }
            ("_PID", value) => wrapped.stream ^= number_of(value, 0),
            _ => {}
        }
    }
    wrapped.time = Some(UtcMicros(time?));
    Some(line.slice(fields_end + framing::JOURNAL_MESSAGE.len(), text.len()))
}

fn kubectl_prefix<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    let text = line.text.as_ref();
    let end = text.strip_prefix("[pod/")?.find("] ")? + "[pod/".len() + "] ".len();
    wrapped.stream = number_of(&text[..end], wrapped.stream);
    Some(line.slice(end, text.len()))
}

fn compose<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    const NAME_LENGTH_MAX: usize = 64;
    let text = line.text.as_ref();
    let bytes = text.as_bytes();
    let name = bytes
        .iter()
        .take(NAME_LENGTH_MAX)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        .count();
    let blanks = bytes[name..].iter().take_while(|byte| **byte == b' ').count();
    let bar = bytes.get(name + blanks) == Some(&b'|');
    // `INFO   | jvm 1 | …` is a Java service wrapper
    if name == 0 || blanks == 0 || !bar || level::from_product_word(&text[..name]).is_some() {
        return None;
    }
    let start = name + blanks + 1;
    let start = start + usize::from(bytes.get(start) == Some(&b' '));
    wrapped.stream = number_of(&text[..name], wrapped.stream);
    Some(line.slice(start, text.len()))
}

fn stern<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    let text = line.text.as_ref();
    let mut words = text.splitn(3, ' ');
    let (pod, container) = (words.next()?, words.next()?);
    let named = |word: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        word.bytes().all(plain) && word.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    if !named(pod) || !named(container) || !pod.contains('-') {
        return None;
    }
    let end = pod.len() + 1 + container.len();
    wrapped.stream = number_of(&text[..end], wrapped.stream);
    Some(line.slice((end + 1).min(text.len()), text.len()))
}

fn file_name<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    const NAME_LENGTH_MAX: usize = 200;
    let text = line.text.as_ref();
    let window = &text.as_bytes()[..text.len().min(NAME_LENGTH_MAX)];
    let end = memchr::memchr3(b':', b' ', b'\t', window)?;
    let name = &text[..end];
    let named = name.contains('.') || name.contains('/');
    let plain = name.bytes().all(|byte| byte.is_ascii_graphic() && !b"[](){}=\"'".contains(&byte));
    // `app.log.2024-05-01_12:30:00` goes on after the colon
    let in_time =
        text.as_bytes().get(end + 1..end + 3).is_some_and(|it| it.iter().all(u8::is_ascii_digit))
            && name.as_bytes().iter().rev().take(2).all(u8::is_ascii_digit)
            && name.as_bytes().iter().rev().nth(2) == Some(&b'_');
    if window[end] != b':' || !named || !plain || in_time || name.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    wrapped.stream = number_of(name, wrapped.stream);
    Some(line.slice(end + 1, text.len()))
}

fn timestamps<'t>(line: &Inner<'t>, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    // `YYYY-MM-DDTHH:MM:SS.ffffffZ` at least: a program's own time rarely is as fine
    const FINE_LENGTH: usize = 27;
    let text = line.text.as_bytes();
    let (time, end) = leading_time(text)?;
    if end < FINE_LENGTH || text.get(end) != Some(&b' ') {
        return None;
    }
    wrapped.time = Some(time);
    Some(line.slice(end + 1, text.len()))
}

fn relay<'t>(line: &Inner<'t>, index: usize, wrapped: &mut Wrapped) -> Option<Inner<'t>> {
    let found = known::all().get(index)?.read(&line.text, None)?;
    if let Some(time) = found.stamp.and_then(|(stamp, _)| complete(&stamp)) {
        wrapped.time = Some(time);
    }
    wrapped.level = found.level.or(wrapped.level);
    Some(line.slice(found.cut, line.text.len()))
}
