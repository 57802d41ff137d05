//! A packet as Markdown: the same text for a file, a mail and a page.

use super::{NONE, Sent};
use crate::id::UserId;
use crate::time::UtcMicros;

/// Who the ids of a packet are; the log itself holds no name of ours.
pub struct Named<'a> {
    pub giver: &'a str,
    pub receiver: &'a str,
    pub sent_at: UtcMicros,
    pub person: &'a dyn Fn(UserId) -> String,
}

/// `2026-11-24 09:41Z`: to the minute, always in UTC, because two zones read it.
pub(super) fn minute(at: UtcMicros) -> String {
    match at.to_timestamp() {
        Some(moment) => moment.strftime("%Y-%m-%d %H:%MZ").to_string(),
        None => at.to_string(),
    }
}

const TITLES: [(&str, &str); 9] = [
    ("state", "State"),
    ("clocks", "Clocks"),
    ("hypotheses", "Hypotheses, for and against"),
    ("tried", "What was tried"),
    ("next_step", "Next step"),
    ("promise", "Promised to the customer"),
    ("open", "Open actions and approvals"),
    ("risks", "Risks"),
    ("people", "People to call"),
];

/// The packet as it was sent.
#[must_use]
pub fn markdown(sent: &Sent, named: &Named<'_>) -> String {
    let mut text = format!(
        "# Hand-off from {} to {}\n\nSent {}; the lead is told of what nobody took by {}.\n",
        line(named.giver),
        line(named.receiver),
        minute(named.sent_at),
        minute(sent.answer_by),
    );
    if !sent.note.trim().is_empty() {
        text.push_str(&format!("\n{}\n", sent.note.trim()));
    }
    for item in &sent.items {
        let severity = item.severity;
        text.push_str(&format!("\n## {} {severity}: {}\n", item.number, line(&item.subject)));
        for (name, part) in item.parts.named() {
            let title = TITLES.iter().find(|(known, _)| *known == name).map_or(name, |it| it.1);
            text.push_str(&format!("\n### {title}\n\n{}\n", part.trim()));
            text.push_str(&behind(name, item, named));
        }
        let new = if item.difference.is_empty() {
            NONE.to_owned()
        } else {
            item.difference
                .iter()
                .map(|it| format!("- {}", line(it)))
                .collect::<Vec<_>>()
                .join("\n")
        };
        text.push_str(&format!("\n### Since the last packet\n\n{new}\n"));
    }
    text
}

/// The owner and the moments that belong to a part.
fn behind(name: &str, item: &super::Item, named: &Named<'_>) -> String {
    let owner = item.step_owner.map(|owner| format!("Owner: {}", line(&(named.person)(owner))));
    let due = item.step_due.map(|due| format!("due {}", minute(due)));
    let said: Vec<String> = match name {
        "next_step" => owner.into_iter().chain(due).collect(),
        "promise" => item.promised.map(|by| format!("By {}", minute(by))).into_iter().collect(),
        _ => Vec::new(),
    };
    if said.is_empty() { String::new() } else { format!("\n{}\n", said.join(", ")) }
}

/// A name or a subject is one line, so it opens no heading.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
