//! `ticket.json`: the intake form of a case, written by a person or a help desk.

use std::io::Read;

use mainstay_core::UtcMicros;
use serde_json::Value;

use super::document;
use super::structured::{Context, Ticket};

/// Reads the one object of the file.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let rest = document::elements(reader, &[], context, &mut |_, context| {
        context.skip_object("a ticket is one object, not a list");
    });
    if rest.members.is_empty() {
        return;
    }
    let members = Value::Object(rest.members);
    let mut text = |name: &str| members[name].as_str().map(|text| context.redacted(text));
    let ticket = Ticket {
        case_id: text("case_id"),
        system: text("system"),
        timezone: text("timezone"),
        entrypoint: text("entrypoint"),
        reported_at: time(&members["reported_at"]),
        symptom_start_about: time(&members["symptom_start_about"]),
        symptom_metric: text("symptom_metric"),
        symptom_statistic: text("symptom_statistic"),
        text: text("text"),
    };
    context.counts.tickets += 1;
    context.sink.ticket(ticket);
}

fn time(value: &Value) -> Option<UtcMicros> {
    value.as_str()?.parse().ok()
}
