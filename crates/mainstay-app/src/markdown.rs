//! Notes are Markdown, rendered once, here: the same output for the desk, the portal and print.
//! Citations become links; everything is cleaned afterwards, whatever the text tried.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use mainstay_core::citation::find_in_text;
use mainstay_core::{CaseNumber, Item};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Renders and cleans `text`, with the citations of the case `home` as links.
#[must_use]
pub(crate) fn render(text: &str, home: CaseNumber) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut state = Inside::default();
    let parser = joined_text(Parser::new_ext(text, options))
        .into_iter()
        .flat_map(|event| linked(event, home, &mut state))
        .collect::<Vec<_>>();
    let mut rendered = String::with_capacity(text.len() * 2);
    html::push_html(&mut rendered, parser.into_iter());
    CLEANER.clean(&rendered).to_string()
}

/// The parser splits text at brackets; a citation in brackets must be seen whole.
fn joined_text<'t>(events: impl Iterator<Item = Event<'t>>) -> Vec<Event<'t>> {
    let mut joined: Vec<Event<'t>> = Vec::new();
    for event in events {
        match (joined.last_mut(), event) {
            (Some(Event::Text(before)), Event::Text(more)) => {
                *before = CowStr::from(format!("{before}{more}"));
            }
            (_, event) => joined.push(event),
        }
    }
    joined
}

/// Code and links keep their text as it is.
#[derive(Default)]
struct Inside {
    code_or_link: usize,
}

fn linked<'t>(event: Event<'t>, home: CaseNumber, inside: &mut Inside) -> Vec<Event<'t>> {
    match &event {
        Event::Start(Tag::CodeBlock(_) | Tag::Link { .. }) => inside.code_or_link += 1,
        Event::End(TagEnd::CodeBlock | TagEnd::Link) => {
            inside.code_or_link = inside.code_or_link.saturating_sub(1);
        }
        Event::Text(text) if inside.code_or_link == 0 => return link_citations(text, home),
        // Raw HTML is shown, not interpreted: a customer's tag is evidence.
        Event::Html(raw) | Event::InlineHtml(raw) => return vec![Event::Text(raw.clone())],
        _ => {}
    }
    vec![event]
}

fn link_citations<'t>(text: &str, home: CaseNumber) -> Vec<Event<'t>> {
    let mut events = Vec::new();
    let mut done = 0;
    for hit in find_in_text(text, home) {
        events.push(Event::Text(CowStr::from(text[done..hit.start].to_owned())));
        let (case, item) = (hit.citation.case, hit.citation.item);
        let noun = match item {
            Item::Evidence(_) => "evidence",
            Item::Hypothesis(_) => "hypotheses",
        };
        let link = format!(
            "<a class=\"citation\" href=\"/cases/{case}/{noun}/{item}\" data-citation=\"{}\">{}</a>",
            hit.citation,
            &text[hit.start..hit.end]
        );
        events.push(Event::InlineHtml(CowStr::from(link)));
        done = hit.end;
    }
    events.push(Event::Text(CowStr::from(text[done..].to_owned())));
    events
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .rm_tags(["img", "map", "area", "details", "summary"])
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title", "data-citation"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .allowed_classes(HashMap::from([("a", HashSet::from(["citation"]))]));
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        assert_eq!(render(text, CaseNumber(7)).trim(), expect, "of {text:?}");
    }

    #[test]
    fn citations_become_links_but_not_in_code() {
        check(
            "see [E2] and MS-9/E1",
            "<p>see [<a class=\"citation\" href=\"/cases/MS-7/evidence/E2\" data-citation=\"MS-7/E2\" rel=\"noopener noreferrer nofollow\">E2</a>] and <a class=\"citation\" href=\"/cases/MS-9/evidence/E1\" data-citation=\"MS-9/E1\" rel=\"noopener noreferrer nofollow\">MS-9/E1</a></p>",
        );
        check(
            "[H3]",
            "<p>[<a class=\"citation\" href=\"/cases/MS-7/hypotheses/H3\" data-citation=\"MS-7/H3\" rel=\"noopener noreferrer nofollow\">H3</a>]</p>",
        );
        check("`[E2]`", "<p><code>[E2]</code></p>");
    }

    #[test]
    fn whatever_a_text_tries_it_stays_text() {
        check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
        check("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        check("[x](javascript:alert(1))", "<p><a rel=\"noopener noreferrer nofollow\">x</a></p>");
        check("![x](https://tracker.example/p.gif)", "<p></p>");
    }
}
