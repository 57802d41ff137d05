//! The summary as Markdown: for a ticket, a wiki or a mail. It says what the other reports say and
//! cites the same places.

use std::fmt::Write as _;

use super::quantity::{count, counted, duration, moment, size, span};
use super::summary::{FindingItem, Moment, PlaceItem, Summary, Templates};

pub(super) fn page(summary: &Summary) -> String {
    let mut page = String::new();
    head(summary, &mut page);
    heading(&mut page, "Worth a look");
    if summary.findings.is_empty() {
        page.push_str("Nothing stands out.\n");
    }
    for item in &summary.findings {
        finding(item, &mut page);
    }
    templates(&summary.errors, "Errors", &mut page);
    templates(&summary.templates, "Templates", &mut page);
    sources(summary, &mut page);
    files(summary, &mut page);
    problems(summary, &mut page);
    page
}

fn head(summary: &Summary, page: &mut String) {
    let totals = &summary.totals;
    let (first, last) = (summary.first.map(|it| it.0), summary.last.map(|it| it.0));
    put(page, format_args!("# {}\n\n", escaped(&summary.name)));
    put(page, format_args!("| what | value |\n|---|---|\n"));
    put(page, format_args!("| time | {} UTC, {} |\n", span(first, last), duration(first, last)));
    let read = counted(totals.files_read, "file");
    put(page, format_args!("| read | {read} of {} |\n", count(totals.files)));
    put(page, format_args!("| size | {} unpacked |\n", size(totals.bytes)));
    put(
        page,
        format_args!(
            "| lines | {} in {} |\n",
            count(totals.lines),
            counted(totals.records, "record")
        ),
    );
    put(
        page,
        format_args!(
            "| errors | {} |\n| warnings | {} |\n",
            count(totals.errors),
            count(totals.warns)
        ),
    );
    put(page, format_args!("| hidden by redaction | {} |\n", count(totals.redactions)));
    put(page, format_args!("| BLAKE3 of the input | `{}` |\n", summary.input_blake3));
}

fn finding(item: &FindingItem, page: &mut String) {
    let at = item.at.map_or_else(String::new, |at| format!(" at {} UTC", moment(at.0)));
    put(page, format_args!("- **{}**: {}{at}  \n", item.severity, escaped(&item.title)));
    put(page, format_args!("  {}\n", escaped(&item.detail)));
    for cite in &item.cites {
        put(page, format_args!("  - {}\n", place(cite)));
    }
}

fn templates(list: &Templates, title: &str, page: &mut String) {
    if list.items.is_empty() {
        return;
    }
    heading(page, title);
    page.push_str("| records | level | template | first | example |\n|---:|---|---|---|---|\n");
    for item in &list.items {
        let level = item.level.map_or("", |level| level.as_str());
        let first = item.first.map_or_else(String::new, |Moment(first)| moment(first));
        let example = item.example.as_ref().map_or_else(String::new, place);
        let text = escaped(&item.text);
        put(
            page,
            format_args!("| {} | {level} | {text} | {first} | {example} |\n", count(item.count)),
        );
    }
    if list.others > 0 {
        let others = counted(list.others, "other template");
        put(page, format_args!("\n{others} with {}.\n", counted(list.others_records, "record")));
    }
}

fn sources(summary: &Summary, page: &mut String) {
    if summary.sources.is_empty() {
        return;
    }
    heading(page, "Sources");
    page.push_str("| source | records | errors | warnings |\n|---|---:|---:|---:|\n");
    for source in &summary.sources {
        let counts = [source.records, source.errors, source.warns].map(count).join(" | ");
        put(page, format_args!("| {} | {counts} |\n", escaped(&source.name)));
    }
}

fn files(summary: &Summary, page: &mut String) {
    heading(page, "Files");
    page.push_str("| file | format | lines | records | problems |\n|---|---|---:|---:|---:|\n");
    for file in &summary.files {
        let counts = [file.lines, file.records, file.problems].map(count).join(" | ");
        let (path, format) = (escaped(&file.path), escaped(&file.format));
        put(page, format_args!("| {path} | {format} | {counts} |\n"));
    }
}

fn problems(summary: &Summary, page: &mut String) {
    if summary.problems.is_empty() {
        return;
    }
    heading(page, "Problems");
    for problem in &summary.problems {
        let file = problem.file.as_deref().unwrap_or("the input");
        let line = problem.line.map_or_else(String::new, |line| format!(":{line}"));
        let times = if problem.count > 1 {
            format!(" ({} times)", count(problem.count))
        } else {
            String::new()
        };
        let (file, detail) = (escaped(file), escaped(&problem.detail));
        put(page, format_args!("- {file}{line}: {detail}{times}\n"));
    }
}

/// `app.log:12`, as everywhere.
fn place(place: &PlaceItem) -> String {
    format!("{}:{}", escaped(&place.path), place.line)
}

fn heading(page: &mut String, text: &str) {
    put(page, format_args!("\n## {text}\n\n"));
}

pub(super) fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    // a string takes any text
    let _ = page.write_fmt(text);
}

/// Text of a bundle never becomes markup: what has a meaning gets a backslash, and `<` an entity,
/// because most pages show HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '>' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_log_is_no_markup() {
        assert_eq!(escaped("a|b *c* [x](y) <b>\n`d`"), "a\\|b \\*c\\* \\[x\\](y) &lt;b\\> \\`d\\`");
    }
}
