//! The plan for reading one log: its wrappers, layouts, order of dates, years, midnights and zone.
//! Decided from a sample and, only where the sample cannot decide, from the whole file.

use std::collections::BTreeSet;

use mainstay_core::UtcMicros;

use super::detect::{self, Detected, Shape};
use super::ids::{self, Ids};
use super::jsonlog;
use super::lines::Line;
use super::logfmt;
pub use super::reader::{LogReader, LogSummary};
use super::windows_event;
use super::wrapper::Wrapper;
use crate::recognise::Recognition;
use crate::stamp::{
    self, ClockPlan, Date, Given, Order, OrderSurvey, Stamp, TimeLayout, TimeSurvey, Zone,
    ZoneRules,
};

/// What is known about a log from outside its text.
pub struct Anchors<'a> {
    /// Path inside the bundle.
    pub path: &'a str,
    /// When the file was last written, if the archive says so.
    pub modified: Option<UtcMicros>,
    /// Now and two days: nothing lies after it.
    pub not_after: UtcMicros,
    /// The middle of what is already known of the bundle: spans, ticket, other logs.
    pub near: Option<UtcMicros>,
    /// The zone of the machine that wrote it, as `timedatectl` or `/etc/timezone` in the bundle says.
    pub zone: Option<&'a str>,
    /// The start of a span by its id.
    pub span_start: &'a (dyn Fn(&str) -> Option<UtcMicros> + Sync),
}

/// How a log is read; the same for every run over the same bytes.
#[derive(Debug, Clone)]
pub struct LogPlan {
    pub(crate) wrappers: Vec<Wrapper>,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) clock: ClockPlan,
    pub(crate) label: String,
    pub(crate) modified: Option<UtcMicros>,
    pub(crate) order_guessed: bool,
}

impl LogPlan {
    /// `CRI › Spring Boot`.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Minutes east of UTC that the bundle's spans gave this file; for reports.
    #[must_use]
    pub fn zone_minutes(&self) -> Option<i32> {
        self.clock.zone_minutes
    }
}

/// Reads the whole file and shows each line. It need not be redacted: only times are taken from it.
pub type Survey<'s> = &'s mut dyn FnMut(&mut dyn FnMut(&Line<'_>));

/// Plans the reading of a log. `survey` reads the whole file and is called at most
/// twice: for the order of short dates, and for missing years, dates and zones.
pub fn plan(
    recognition: &Recognition,
    sample_lines: &[String],
    survey: Survey<'_>,
    anchors: &Anchors,
) -> LogPlan {
    let lines: Vec<&str> = sample_lines.iter().map(String::as_str).collect();
    let detected = detect::detect(&lines);
    let given = Given {
        name_year: day_in_name(anchors.path).map(|day| day.0),
        name_day: day_in_name(anchors.path).map(|day| day.1),
        near: anchors.near,
        modified: anchors.modified,
        not_after: anchors.not_after,
    };
    let kinds = StampKinds::of(&detected, &lines);
    let (order, order_guessed) = decide_order(&detected, &kinds, survey, &given);
    let clock = decide_clock(&detected, &kinds, order, survey, anchors, &given);
    LogPlan {
        label: if detected.is_log() {
            detected.label(recognition.encoding.framing)
        } else {
            recognition.label.clone()
        },
        wrappers: detected.wrappers,
        shapes: detected.shapes,
        clock,
        modified: anchors.modified,
        order_guessed,
    }
}

/// Which kinds of incomplete times the sample shows.
#[derive(Debug, Default)]
struct StampKinds {
    unordered: bool,
    incomplete: bool,
    layout: Option<TimeLayout>,
}

impl StampKinds {
    fn of(detected: &Detected, lines: &[&str]) -> Self {
        let mut kinds = Self::default();
        for line in lines {
            let Some((stamp, layout)) = stamp_of_line(detected, line) else { continue };
            kinds.unordered |= stamp.is_unordered();
            kinds.incomplete |= !stamp.is_absolute();
            if stamp.is_unordered() {
                kinds.layout = kinds.layout.or(layout);
            }
        }
        kinds
    }
}

/// The time a line states for itself, inside its wrappers.
fn stamp_of_line(detected: &Detected, line: &str) -> Option<(Stamp, Option<TimeLayout>)> {
    let (inner, _) = detect::peel(&detected.wrappers, line);
    detected.shapes.iter().find_map(|shape| stamp_of(shape, &inner.text))
}

fn stamp_of(shape: &Shape, text: &str) -> Option<(Stamp, Option<TimeLayout>)> {
    match shape {
        Shape::Json => Some((jsonlog::read(text)?.stamp?, None)),
        Shape::Logfmt => Some((logfmt::read(text)?.stamp?, None)),
        Shape::Columns(columns) => Some((columns.read(text)?.stamp?, None)),
        Shape::WindowsEvent => Some((windows_event::read(text)?.stamp?, None)),
        Shape::Header { layout, time } => {
            let (stamp, layout) = layout.read(text, *time)?.stamp?;
            Some((stamp, Some(layout)))
        }
    }
}

fn decide_order(
    detected: &Detected,
    kinds: &StampKinds,
    survey: Survey<'_>,
    given: &Given,
) -> (Order, bool) {
    if !kinds.unordered {
        return (Order::YearFirst, false);
    }
    let mut orders = OrderSurvey::default();
    survey(&mut |line| {
        if let Some((stamp, _)) = stamp_of_line(detected, &line.text) {
            orders.observe(&stamp);
        }
    });
    let habitual = kinds.layout.map_or(Order::MonthFirst, stamp::habitual_order);
    orders.decide(habitual, given)
}

fn decide_clock(
    detected: &Detected,
    kinds: &StampKinds,
    order: Order,
    survey: Survey<'_>,
    anchors: &Anchors,
    given: &Given,
) -> ClockPlan {
    let mut clock = ClockPlan::new(given.not_after);
    clock.order = order;
    let wrapper_timed = detected.wrappers.iter().any(|wrapper| wrapper.is_timed());
    // where the transport states every time, nothing has to be inferred
    if !kinds.incomplete || wrapper_timed {
        return clock;
    }
    let mut times = TimeSurvey::new(order);
    let mut repeated = RepeatedTime::default();
    survey(&mut |line| {
        if repeated.begins(&line.text) {
            return;
        }
        let Some((stamp, layout)) = stamp_of_line(detected, &line.text) else { return };
        repeated.see(&line.text, stamp, layout);
        let complete = matches!(
            (stamp.date, stamp.zone),
            (Date::Instant(_), _) | (Date::Full { .. }, Zone::Offset(_))
        );
        if complete {
            return;
        }
        times.observe_uptime(&stamp, &line.text);
        let mut ids = Ids::default();
        ids::find(&line.text, 0, &mut ids);
        let span = ids.span.map(|(start, end)| &line.text[start..end]);
        let span_start = span.and_then(anchors.span_start);
        times.observe(&stamp, span_start);
    });
    // spans that share ids with this file say more about it than the machine's settings: a
    // container has a zone of its own
    let mut clock = times.decide(None, given);
    clock.zone = anchors.zone.and_then(ZoneRules::named);
    clock
}

/// The time that the last line began with. Most lines of a busy log begin with the same second as
/// the line before them, and a time that was seen twice says no more than once.
#[derive(Debug, Default)]
struct RepeatedTime {
    text: String,
}

impl RepeatedTime {
    /// Does the line begin with that time, and tell nothing else about it?
    fn begins(&self, line: &str) -> bool {
        let repeated = !self.text.is_empty() && line.starts_with(&self.text);
        // a span's id would say when the line was written
        repeated && memchr::memmem::find(line.as_bytes(), b"pan").is_none()
    }

    fn see(&mut self, line: &str, stamp: Stamp, layout: Option<TimeLayout>) {
        self.text.clear();
        let written = layout.and_then(|layout| stamp::scan_as(layout, line.as_bytes()));
        if let Some((found, end)) = written
            && found == stamp
            && !matches!(stamp.date, Date::Uptime(_))
            // with what ends it, or a longer fraction would begin like a shorter one
            && let Some(text) = line.get(..end + 1)
        {
            self.text.push_str(text);
        }
    }
}

/// A day in a file's own name (`app-2024-05-01.log`, `app.log.20240501`): its year, and the day
/// since 1970. Folders are left out: they are named after the collection.
fn day_in_name(path: &str) -> Option<(i32, i64)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let bytes = name.as_bytes();
    let starts: BTreeSet<usize> = (0..bytes.len())
        .filter(|at| {
            bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_alphanumeric())
        })
        .collect();
    starts.into_iter().find_map(|at| day_at(&bytes[at..]))
}

fn day_at(bytes: &[u8]) -> Option<(i32, i64)> {
    let number = |from: usize, digits: usize| -> Option<u16> {
        let text = bytes.get(from..from + digits)?;
        text.iter()
            .all(u8::is_ascii_digit)
            .then(|| text.iter().fold(0, |sum, byte| sum * 10 + u16::from(byte - b'0')))
    };
    let year = i32::from(number(0, 4)?);
    let separator = *bytes.get(4)?;
    let (month, day, end) = if matches!(separator, b'-' | b'_' | b'.') {
        (number(5, 2)?, number(8, 2)?, 10)
    } else {
        (number(4, 2)?, number(6, 2)?, 8)
    };
    let separated = !matches!(separator, b'-' | b'_' | b'.') || bytes.get(7) == Some(&separator);
    let ends = bytes.get(end).is_none_or(|byte| !byte.is_ascii_digit());
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let real = (1990..2100).contains(&year)
        && (1..=12).contains(&month)
        && day >= 1
        && day <= stamp::month_length(year, month);
    (separated && ends && real).then(|| (year, stamp::days_from_civil(year, month, day)))
}
