//! The summary for a terminal: sentences and aligned columns, no line longer than it must be.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Style;
use super::quantity::{count, counted, duration, moment, size, span};
use super::summary::{FileItem, FindingItem, Moment, PlaceItem, Summary, Templates};

/// Files are listed one by one up to this many, then by what they are.
const FILES_LISTED: usize = 12;

/// Problems listed with their place.
const PROBLEMS_LISTED: usize = 10;

/// Sources listed, those with most errors first.
const SOURCES_LISTED: usize = 10;

/// What a piece of text is, for those who colour.
#[derive(Clone, Copy)]
enum Tone {
    Heading,
    Alarm,
    Caution,
    Quiet,
}

struct Paper<'a> {
    out: &'a mut dyn Write,
    style: Style,
}

impl Paper<'_> {
    fn tone(&self, tone: Tone, text: &str) -> String {
        let code = match (self.style, tone) {
            (Style::Plain, _) => return text.to_owned(),
            (Style::Coloured, Tone::Heading) => "1",
            (Style::Coloured, Tone::Alarm) => "31",
            (Style::Coloured, Tone::Caution) => "33",
            (Style::Coloured, Tone::Quiet) => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = self.tone(Tone::Heading, text);
        writeln!(self.out, "\n{text}")
    }

    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", text.trim_end())
    }
}

pub(super) fn write(summary: &Summary, out: &mut dyn Write, style: Style) -> io::Result<()> {
    let mut paper = Paper { out, style };
    head(summary, &mut paper)?;
    if let Some(diagnosis) = &summary.diagnosis {
        paper.heading("what broke")?;
        for line in super::diagnosis::lines(diagnosis) {
            paper.line(&line)?;
        }
    }
    findings(summary, &mut paper)?;
    let title = counted(summary.totals.errors, "error");
    templates(&summary.errors, &format!("errors: {title}"), &mut paper)?;
    let title = format!("templates: {}", count(summary.totals.templates));
    templates(&summary.templates, &title, &mut paper)?;
    sources(summary, &mut paper)?;
    clocks(summary, &mut paper)?;
    files(summary, &mut paper)?;
    problems(summary, &mut paper)?;
    next_steps(summary, &mut paper)
}

fn head(summary: &Summary, paper: &mut Paper<'_>) -> io::Result<()> {
    let totals = &summary.totals;
    let name = paper.tone(Tone::Heading, &summary.name);
    let first = summary.first.map(|it| it.0);
    let last = summary.last.map(|it| it.0);
    paper.line(&format!(
        "{name}  {}, {} ({} unpacked)",
        size(summary.input_bytes),
        counted(totals.files, "file"),
        size(totals.bytes)
    ))?;
    if first.is_some() {
        paper.line(&format!(
            "  time      {} UTC ({})",
            span(first, last),
            duration(first, last)
        ))?;
    } else {
        paper.line("  time      none found")?;
    }
    let unread = totals.files - totals.files_read;
    let rest = if unread == 0 { String::new() } else { format!(", {} not", count(unread)) };
    paper.line(&format!("  read      {}{rest}", counted(totals.files_read, "file")))?;
    if totals.lines > 0 {
        paper.line(&format!(
            "  lines     {} = {} in {} + {} blank",
            count(totals.lines),
            count(totals.lines - totals.blank_lines),
            counted(totals.records, "record"),
            count(totals.blank_lines)
        ))?;
        paper.line(&format!(
            "  records   {} timed + {} without time; {}, {}",
            count(totals.timed),
            count(totals.records - totals.timed),
            counted(totals.errors, "error"),
            counted(totals.warns, "warning")
        ))?;
    }
    let other = [
        (totals.spans, "span"),
        (totals.samples, "sample"),
        (totals.objects, "object"),
        (totals.events, "event"),
        (totals.edges, "edge"),
    ];
    let other: Vec<String> =
        other.iter().filter(|it| it.0 > 0).map(|it| counted(it.0, it.1)).collect();
    if !other.is_empty() {
        paper.line(&format!("  besides   {}", other.join(", ")))?;
    }
    let rules: Vec<String> =
        summary.redactions.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    let rules = if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(", ")) };
    paper.line(&format!("  redacted  {}{rules}", counted(totals.redactions, "value")))
}

fn findings(summary: &Summary, paper: &mut Paper<'_>) -> io::Result<()> {
    paper.heading("worth a look")?;
    if summary.findings.is_empty() {
        return paper.line("  nothing stands out");
    }
    for finding in &summary.findings {
        let tone = match finding.severity {
            "high" => Tone::Alarm,
            "medium" => Tone::Caution,
            _ => Tone::Quiet,
        };
        let severity = paper.tone(tone, &format!("{:<6}", finding.severity));
        paper.line(&format!("  {severity}  {}", finding.title))?;
        let when = when(finding);
        paper.line(&format!("          {when}{}", finding.detail))?;
        let places: Vec<String> = finding.cites.iter().map(place).collect();
        for place in places {
            let place = paper.tone(Tone::Quiet, &place);
            paper.line(&format!("          {place}"))?;
        }
    }
    Ok(())
}

fn when(finding: &FindingItem) -> String {
    match (finding.at, finding.until) {
        (Some(at), Some(until)) => format!("{}: ", span(Some(at.0), Some(until.0))),
        (Some(at), None) => format!("{}: ", moment(at.0)),
        _ => String::new(),
    }
}

fn place(place: &PlaceItem) -> String {
    if place.line == 0 { place.path.clone() } else { format!("{}:{}", place.path, place.line) }
}

fn templates(list: &Templates, title: &str, paper: &mut Paper<'_>) -> io::Result<()> {
    if list.items.is_empty() {
        return Ok(());
    }
    paper.heading(title)?;
    for item in &list.items {
        let level = item.level.map_or("", |level| level.as_str());
        paper.line(&format!("  {:>9}  {level:<6}  {}", count(item.count), item.text))?;
    }
    if list.others > 0 {
        paper.line(&format!(
            "  {:>9}  in {}",
            count(list.others_records),
            counted(list.others, "other template")
        ))?;
    }
    Ok(())
}

/// Clocks whose offset is listed.
const CLOCKS_LISTED: usize = 10;

/// A clock that is off by less is right, for a person.
const CLOCK_OFF_S: f64 = 0.05;

fn clocks(summary: &Summary, paper: &mut Paper<'_>) -> io::Result<()> {
    if summary.clocks.is_empty() {
        return Ok(());
    }
    paper.heading("clocks, by requests that several of them saw")?;
    let (mut off, right): (Vec<_>, Vec<_>) =
        summary.clocks.iter().partition(|it| it.corrected || it.offset_s.abs() > CLOCK_OFF_S);
    off.sort_by(|left, right| {
        let size = |it: &&super::clock::ClockItem| (it.corrected, it.offset_s.abs());
        size(right).partial_cmp(&size(left)).unwrap_or(std::cmp::Ordering::Equal)
    });
    for clock in off.iter().take(CLOCKS_LISTED) {
        let from = clock.from.map_or(String::new(), |from| format!(" from {}", moment(from.0)));
        paper.line(&format!("  {}  {}{from}", clock.words(), clock.clock))?;
    }
    let rest = off.len().saturating_sub(CLOCKS_LISTED);
    if rest > 0 {
        paper.line(&format!("  and {}", counted(rest as u64, "more offset")))?;
    }
    if !right.is_empty() {
        let most = right.iter().map(|it| it.offset_s.abs() + it.uncertainty_s).fold(0.0, f64::max);
        let clocks = counted(right.len() as u64, "offset");
        paper.line(&format!("  {clocks} of at most {most:.3} s"))?;
    }
    Ok(())
}

fn sources(summary: &Summary, paper: &mut Paper<'_>) -> io::Result<()> {
    if summary.sources.len() < 2 {
        return Ok(());
    }
    paper.heading(&format!("sources: {}", summary.sources.len()))?;
    let mut sources: Vec<_> = summary.sources.iter().collect();
    sources.sort_by_key(|it| (std::cmp::Reverse((it.errors, it.warns, it.records)), it.id));
    paper.line("    records   errors    warns  source")?;
    for source in sources.iter().take(SOURCES_LISTED) {
        paper.line(&format!(
            "  {:>9}  {:>7}  {:>7}  {}",
            count(source.records),
            count(source.errors),
            count(source.warns),
            source.name
        ))?;
    }
    let rest = &sources[sources.len().min(SOURCES_LISTED)..];
    if !rest.is_empty() {
        let sum = |field: fn(&super::summary::SourceItem) -> u64| {
            count(rest.iter().map(|source| field(source)).sum())
        };
        paper.line(&format!(
            "  {:>9}  {:>7}  {:>7}  in {}",
            sum(|it| it.records),
            sum(|it| it.errors),
            sum(|it| it.warns),
            counted(rest.len() as u64, "other source")
        ))?;
    }
    Ok(())
}

#[derive(Default)]
struct Group {
    files: u64,
    records: u64,
    lines: u64,
    items: u64,
    first: Option<mainstay_core::UtcMicros>,
    last: Option<mainstay_core::UtcMicros>,
}

fn files(summary: &Summary, paper: &mut Paper<'_>) -> io::Result<()> {
    paper.heading("files")?;
    if summary.files.len() <= FILES_LISTED {
        for file in &summary.files {
            paper.line(&format!("  {}  {}", file.path, describe(file)))?;
        }
        return Ok(());
    }
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for file in &summary.files {
        let group = groups.entry(&file.format).or_default();
        group.files += 1;
        group.records += file.records;
        group.lines += file.lines;
        group.items += file.items;
        let (first, last) = (file.first.map(|it| it.0), file.last.map(|it| it.0));
        group.first = [group.first, first].into_iter().flatten().min();
        group.last = [group.last, last].into_iter().flatten().max();
    }
    let width = groups.keys().map(|format| format.chars().count()).max().unwrap_or(0);
    for (format, group) in &groups {
        let amount = amount(group.lines, group.records, group.items);
        let span = match group.first {
            Some(_) => format!(", {}", span(group.first, group.last)),
            None => String::new(),
        };
        let files = counted(group.files, "file");
        paper.line(&format!("  {format:<width$}  {files:>9}  {amount}{span}"))?;
    }
    Ok(())
}

fn describe(file: &FileItem) -> String {
    let mut words = vec![file.format.clone(), size(file.size_bytes)];
    if file.read {
        words.push(amount(file.lines, file.records, file.items));
    }
    if let (Some(Moment(first)), Some(Moment(last))) = (file.first, file.last) {
        words.push(span(Some(first), Some(last)));
    }
    words.extend(file.note.clone());
    words.join(", ")
}

fn amount(lines: u64, records: u64, items: u64) -> String {
    if items > 0 {
        return counted(items, "item");
    }
    if lines == records {
        return counted(lines, "line");
    }
    format!("{}, {}", counted(lines, "line"), counted(records, "record"))
}

fn problems(summary: &Summary, paper: &mut Paper<'_>) -> io::Result<()> {
    if summary.totals.problems == 0 {
        return Ok(());
    }
    paper.heading(&format!("problems: {}", count(summary.totals.problems)))?;
    for problem in summary.problems.iter().take(PROBLEMS_LISTED) {
        let at = match (&problem.file, problem.line) {
            (Some(file), Some(line)) => format!("{file}:{line}: "),
            (Some(file), None) => format!("{file}: "),
            _ => String::new(),
        };
        let times = if problem.count > 1 {
            format!(" ({} times)", count(problem.count))
        } else {
            String::new()
        };
        paper.line(&format!("  {}  {at}{}{times}", problem.code, problem.detail))?;
    }
    let listed = summary.problems.iter().take(PROBLEMS_LISTED).map(|it| it.count).sum::<u64>();
    let rest = summary.totals.problems.saturating_sub(listed);
    if rest > 0 {
        paper.line(&format!("  and {}", counted(rest, "more problem")))?;
    }
    Ok(())
}

fn next_steps(summary: &Summary, paper: &mut Paper<'_>) -> io::Result<()> {
    paper.heading("next")?;
    let name = shell_word(&summary.name);
    paper.line(&format!(
        "  mainstay inspect {name} --html report.html   all of this, with the lines"
    ))?;
    paper.line(&format!("  mainstay inspect {name} --json               the same for a program"))
}

/// The name as one word of a command line.
fn shell_word(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "._-+@/".contains(letter);
    if name.chars().all(plain) && !name.starts_with('-') {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', "'\\''"))
}
