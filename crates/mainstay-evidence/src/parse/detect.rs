//! Which wrappers and which layouts a sample of lines has. Used twice: to name the file before
//! redaction, and to plan its reading after.

use super::block::Block;
use super::header;
use super::jsonlog;
use super::layout::columns::Columns;
use super::layout::{Continuation, HeaderLayout, LevelSource, Message, known};
use super::logfmt;
use super::windows_event;
use super::wrapper::{Inner, Wrapped, Wrapper};
use crate::recognise::Framing;
use crate::stamp::TimeLayout;

/// Lines that are scored; more do not change the answer.
const SCORED_LINES_MAX: usize = 400;
/// Places of the sample that they are taken from.
const RUNS: usize = 8;
/// Wrappers around wrappers: docker around syslog around kubectl is three.
const WRAPPER_DEPTH_MAX: usize = 4;
/// Percent of lines that must show a wrapper, or be JSON.
const WRAPPED_PERCENT: usize = 80;
/// Percent of record starts a layout must match to be the file's format.
const FORMAT_PERCENT: f32 = 60.0;
/// The same for a time that stands on two lines only: most lines of a short file may be a trace.
const SHORT_FILE_PERCENT: f32 = 25.0;
/// Lines that a further layout of a file must match.
const FURTHER_LINES_MIN: usize = 3;

/// One way in which the lines of a file are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    Json,
    Logfmt,
    Columns(Columns),
    WindowsEvent,
    Header { layout: HeaderLayout, time: Option<TimeLayout> },
}

/// What a sample has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Detected {
    pub(crate) wrappers: Vec<Wrapper>,
    /// The file's own shapes, the commonest first; empty for bare text.
    pub(crate) shapes: Vec<Shape>,
    /// Share of record starts that the first shape matches.
    pub(crate) score: f32,
    pub(crate) runner_up: Option<(String, f32)>,
}

impl Shape {
    /// The family, for people.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Json => "JSON lines".to_owned(),
            Self::Logfmt => "logfmt".to_owned(),
            Self::Columns(columns) => columns.name.to_owned(),
            Self::WindowsEvent => "Windows events (XML)".to_owned(),
            Self::Header { layout, .. } if is_known(layout) => layout.name.to_owned(),
            Self::Header { layout, .. } => format!("header with {}", layout.name),
        }
    }

    /// Is every line of this shape a record of its own?
    pub(crate) fn is_one_line(&self) -> bool {
        match self {
            Self::Json | Self::Logfmt | Self::Columns(_) | Self::WindowsEvent => true,
            Self::Header { layout, .. } => layout.continuation == Continuation::OneLine,
        }
    }

    pub(crate) fn is_timed(&self) -> bool {
        match self {
            Self::Json | Self::Logfmt | Self::Columns(_) | Self::WindowsEvent => true,
            Self::Header { layout, .. } => layout.is_timed(),
        }
    }
}

fn is_known(layout: &HeaderLayout) -> bool {
    known::all().iter().any(|known| known == layout)
}

impl Detected {
    /// `CRI › Spring Boot`.
    pub(crate) fn label(&self, framing: Framing) -> String {
        match (framing, self.shapes.first()) {
            (Framing::JsonElements(0), Some(Shape::Json)) => return "JSON documents".to_owned(),
            (Framing::JsonElements(_), Some(Shape::Json)) => return "JSON array".to_owned(),
            _ => {}
        }
        let mut parts: Vec<String> =
            self.wrappers.iter().map(|wrapper| wrapper.name().to_owned()).collect();
        parts.push(self.shapes.first().map_or_else(|| "plain lines".to_owned(), Shape::name));
        parts.join(" › ")
    }

    /// Does anything speak for a log?
    pub(crate) fn is_log(&self) -> bool {
        !self.wrappers.is_empty() || !self.shapes.is_empty()
    }
}

/// Peels all wrappers off a line; a line that lacks one is handed on as it is from there.
pub(crate) fn peel<'t>(wrappers: &[Wrapper], text: &'t str) -> (Inner<'t>, Wrapped) {
    let mut inner = Inner::whole(text);
    let mut wrapped = Wrapped::default();
    for wrapper in wrappers {
        match wrapper.peel(&inner, &mut wrapped) {
            Some(next) => inner = next,
            None => break,
        }
    }
    (inner, wrapped)
}

/// Detects wrappers and shapes of a sample.
pub(crate) fn detect(lines: &[&str]) -> Detected {
    let mut inner: Vec<Inner<'_>> =
        runs(lines).filter(|line| !line.trim().is_empty()).map(Inner::whole).collect();
    let mut detected = Detected::default();
    while detected.wrappers.len() < WRAPPER_DEPTH_MAX {
        let Some((wrapper, peeled)) = next_wrapper(&inner) else { break };
        detected.wrappers.push(wrapper);
        inner = peeled;
    }
    shapes(&inner, &mut detected);
    if let Some((wrapper, peeled)) = relayed(&detected, &inner) {
        detected.wrappers.push(wrapper);
        detected.shapes.clear();
        shapes(&peeled, &mut detected);
    }
    detected
}

/// Runs of neighbours from all over the sample: blocks of lines must stay whole.
fn runs<'l, 't>(lines: &'l [&'t str]) -> impl Iterator<Item = &'t str> + use<'l, 't> {
    let kept = SCORED_LINES_MAX / RUNS;
    let every = lines.len().div_ceil(RUNS).max(kept);
    lines.chunks(every).flat_map(move |run| run.iter().take(kept)).copied()
}

fn next_wrapper<'t>(inner: &[Inner<'t>]) -> Option<(Wrapper, Vec<Inner<'t>>)> {
    Wrapper::ALL.into_iter().find_map(|wrapper| {
        let peeled = peel_all(wrapper, inner);
        let enough = !peeled.is_empty() && peeled.len() * 100 >= inner.len() * WRAPPED_PERCENT;
        // a fine time or a name before plain lines is a header, not a transport
        let real = enough && (!wrapper.is_faint() || has_own_header(&peeled));
        real.then_some((wrapper, peeled))
    })
}

fn peel_all<'t>(wrapper: Wrapper, inner: &[Inner<'t>]) -> Vec<Inner<'t>> {
    inner.iter().filter_map(|line| wrapper.peel(line, &mut Wrapped::default())).collect()
}

fn has_own_header(inner: &[Inner<'_>]) -> bool {
    let mut detected = Detected::default();
    shapes(inner, &mut detected);
    let stated = |shape: &Shape| match shape {
        Shape::Header { layout, .. } => layout.is_timed(),
        _ => true,
    };
    detected.shapes.first().is_some_and(stated)
}

/// A syslog layout around lines that have a time of their own is a relay.
fn relayed<'t>(detected: &Detected, inner: &[Inner<'t>]) -> Option<(Wrapper, Vec<Inner<'t>>)> {
    let Some(Shape::Header { layout, .. }) = detected.shapes.first() else { return None };
    if !layout.name.contains("syslog") {
        return None;
    }
    let index = known::all().iter().position(|known| known == layout)?;
    let peeled = peel_all(Wrapper::Relay(index), inner);
    let enough = peeled.len() * 100 >= inner.len() * WRAPPED_PERCENT && peeled.len() > 1;
    let mut own = Detected::default();
    shapes(&peeled, &mut own);
    let first = own.shapes.first()?;
    let wraps = enough && first.is_timed() && own.score * 100.0 >= 80.0;
    wraps.then_some((Wrapper::Relay(index), peeled))
}

/// The shapes of unwrapped lines, the commonest first.
fn shapes(inner: &[Inner<'_>], detected: &mut Detected) {
    let mut block = Block::default();
    let mut left: Vec<&str> = inner
        .iter()
        .map(|line| line.text.as_ref())
        .filter(|line| !line.trim().is_empty() && !block.goes_on(line) && !block.is_trace())
        .collect();
    while detected.shapes.len() < WRAPPER_DEPTH_MAX && !left.is_empty() {
        let first = detected.shapes.is_empty();
        let Some((shape, matched, runner_up)) = best_shape(&left) else { break };
        let share = share(matched, left.len());
        // statements over many lines leave few starts
        let telling = match &shape {
            Shape::Header { layout, .. } => layout.message == Message::AfterPreamble,
            // a directive that names columns is nothing else
            Shape::Columns(_) => left.iter().any(|line| Columns::of_directive(line).is_some()),
            _ => false,
        };
        let certain = first && (telling || share * 100.0 >= FORMAT_PERCENT);
        let often = matched >= FURTHER_LINES_MIN
            || (first && matched > 1 && share * 100.0 >= SHORT_FILE_PERCENT);
        let enough = certain || (often && shape.is_timed());
        if !enough {
            break;
        }
        if first {
            detected.score = share;
            detected.runner_up = runner_up;
        }
        let names_itself = matches!(shape, Shape::Columns(_));
        left.retain(|line| !matches(&shape, line));
        detected.shapes.push(shape);
        // a stretch with other columns has a directive of its own
        if names_itself {
            break;
        }
    }
}

fn share(matched: usize, of: usize) -> f32 {
    matched as f32 / of.max(1) as f32
}

/// Does the line start a record of this shape?
pub(crate) fn matches(shape: &Shape, line: &str) -> bool {
    match shape {
        Shape::Json => is_json_log(line),
        Shape::Logfmt => is_logfmt_log(line),
        Shape::WindowsEvent => windows_event::read(line).is_some(),
        Shape::Columns(columns) => Columns::is_remark(line) || columns.read(line).is_some(),
        Shape::Header { layout, time } => fits(layout, *time, line),
    }
}

fn fits(layout: &HeaderLayout, time: Option<TimeLayout>, line: &str) -> bool {
    layout.read(line, time).is_some_and(|found| {
        // without a status it is any line with a bracketed time and a quote
        layout.level_source != LevelSource::HttpStatus || found.level.is_some()
    })
}

fn is_json_log(line: &str) -> bool {
    line.trim_start().starts_with('{')
        && jsonlog::read(line).is_some_and(|read| read.known_keys > 0)
}

fn is_logfmt_log(line: &str) -> bool {
    let mut known = false;
    let whole = logfmt::pairs(line, &mut |pair| {
        known |= matches!(
            pair.key,
            "time" | "timestamp" | "ts" | "t" | "level" | "lvl" | "msg" | "message"
        );
    });
    whole && known
}

/// The columns that the lines name or show, and how many lines have those named last.
fn columns_of(lines: &[&str]) -> Option<(Columns, usize)> {
    let mut first = None;
    let mut current: Option<Columns> = None;
    let mut matched = 0;
    for line in lines {
        if let Some(named) = Columns::of_directive(line) {
            first.get_or_insert_with(|| named.clone());
            current = Some(named);
        } else if current.is_none() {
            current = Columns::of_line(line);
        }
        let fits = |columns: &Columns| line.starts_with('#') || columns.read(line).is_some();
        matched += usize::from(current.as_ref().is_some_and(fits));
    }
    first.or(current).map(|columns| (columns, matched))
}

type Candidate = (Shape, usize, Option<(String, f32)>);

/// The shape that most lines have; of equals the one that names more.
fn best_shape(lines: &[&str]) -> Option<Candidate> {
    let json = lines.iter().filter(|line| is_json_log(line)).count();
    let logfmt = lines.iter().filter(|line| is_logfmt_log(line)).count();
    let mut ranked: Vec<(usize, usize, Shape)> = Vec::new();
    if json > 0 {
        ranked.push((json, usize::MAX, Shape::Json));
    }
    if logfmt > 0 {
        ranked.push((logfmt, usize::MAX - 1, Shape::Logfmt));
    }
    let events = lines.iter().filter(|line| windows_event::read(line).is_some()).count();
    if events > 0 {
        ranked.push((events, usize::MAX, Shape::WindowsEvent));
    }
    if let Some((columns, matched)) = columns_of(lines) {
        ranked.push((matched, usize::MAX, Shape::Columns(columns)));
    }
    ranked.extend(best_known(lines));
    let known_share = ranked.iter().map(|(matched, ..)| share(*matched, lines.len()));
    let known_enough = known_share.fold(0.0, f32::max) * 100.0 >= FORMAT_PERCENT;
    if !known_enough && let Some(layout) = header::find(lines) {
        let matched = lines.iter().filter(|line| fits(&layout, None, line)).count();
        ranked.push((matched, layout.weight(), Shape::Header { layout, time: None }));
    }
    // stable: of equals the earlier in the list stays first
    ranked.sort_by_key(|(matched, weight, _)| std::cmp::Reverse((*matched, *weight)));
    if let Some(place) = refinement(&ranked, lines) {
        let refined = ranked.remove(place);
        ranked.insert(0, refined);
    }
    let runner_up = ranked
        .iter()
        .skip(1)
        .find(|(_, _, shape)| shape.name() != ranked[0].2.name())
        .map(|(matched, _, shape)| (shape.name(), share(*matched, lines.len())));
    let (matched, _, shape) = ranked.into_iter().next()?;
    Some((lock_time(shape, lines), matched, runner_up))
}

/// A format that names more than the one that fits most lines, and fits most of the same lines: a
/// program's own format behind syslog, where other programs write too.
fn refinement(ranked: &[(usize, usize, Shape)], lines: &[&str]) -> Option<usize> {
    let (_, weight, most @ Shape::Header { .. }) = ranked.first()? else { return None };
    ranked.iter().position(|(matched, richer, shape)| {
        matches!(shape, Shape::Header { .. })
            && richer > weight
            && share(*matched, lines.len()) * 100.0 >= FORMAT_PERCENT
            && lines.iter().all(|line| matches(most, line) || !matches(shape, line))
    })
}

/// The layout of each known format that fits best, with the lines that any layout of the format
/// matches: one that names less fits more lines, and is tried where the richer one does not fit.
fn best_known(lines: &[&str]) -> Vec<(usize, usize, Shape)> {
    let mut best = Vec::new();
    for layouts in known::all().chunk_by(|left, right| left.name == right.name) {
        let mut any = vec![false; lines.len()];
        let mut fitting: Vec<(usize, &HeaderLayout)> = Vec::new();
        for layout in layouts {
            let mut matched = 0;
            for (line, any) in lines.iter().zip(&mut any) {
                let fits = fits(layout, None, line);
                matched += usize::from(fits);
                *any |= fits;
            }
            fitting.push((matched, layout));
        }
        let together = any.into_iter().filter(|any| *any).count();
        let most = fitting.iter().map(|(matched, _)| *matched).max().unwrap_or(0);
        // stable: of equals the earlier stays
        fitting.sort_by_key(|(_, layout)| std::cmp::Reverse(layout.weight()));
        let richest = fitting.into_iter().find(|(matched, _)| *matched > 0 && matched * 2 >= most);
        if let Some((_, layout)) = richest {
            let shape = Shape::Header { layout: layout.clone(), time: None };
            best.push((together, layout.weight(), shape));
        }
    }
    best
}

/// Locks the time layout that most of the matching lines have.
fn lock_time(shape: Shape, lines: &[&str]) -> Shape {
    let Shape::Header { layout, time: None } = shape else { return shape };
    let mut votes = std::collections::BTreeMap::<TimeLayout, usize>::new();
    for line in lines {
        if let Some((_, time)) = layout.read(line, None).and_then(|found| found.stamp) {
            *votes.entry(time).or_default() += 1;
        }
    }
    let time = votes.into_iter().max_by_key(|(_, count)| *count).map(|(time, _)| time);
    Shape::Header { layout, time }
}

/// All layouts of the locked formats: a format has more than one.
pub(super) fn siblings(locked: &[Shape]) -> Vec<Shape> {
    let is_locked = |layout: &HeaderLayout| {
        locked.iter().any(
            |shape| matches!(shape, Shape::Header { layout: held, .. } if held.name == layout.name),
        )
    };
    let siblings = known::all().iter().filter(|layout| is_locked(layout)).cloned();
    siblings.map(|layout| Shape::Header { layout, time: None }).collect()
}

/// The shape of one line that no locked shape fits, if it certainly is a header with a date.
pub(crate) fn shape_of_line(line: &str) -> Option<Shape> {
    if is_json_log(line) {
        return Some(Shape::Json);
    }
    let dated = |layout: &HeaderLayout| {
        layout.read(line, None).and_then(|found| found.stamp).filter(|(stamp, _)| {
            use crate::stamp::Date;
            !matches!(stamp.date, Date::Missing | Date::Pair(_) | Date::Uptime(_))
        })
    };
    let known = known::all()
        .iter()
        .filter_map(|layout| dated(layout).map(|(_, time)| (layout, time)))
        .max_by_key(|(layout, _)| layout.weight());
    if let Some((layout, time)) = known {
        return Some(Shape::Header { layout: layout.clone(), time: Some(time) });
    }
    let layout = header::find(&[line])?;
    let (_, time) = dated(&layout)?;
    Some(Shape::Header { layout, time: Some(time) })
}
