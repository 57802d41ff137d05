//! Rules, previews and the way back as they travel.

use mainstay_app::preview::{PreviewFile, Previewed};
use mainstay_app::redaction::{RedactionRules, ShownLine, Tried};
use mainstay_app::reveal::BundleRedaction;
use mainstay_core::redaction::RulesUsed;

use super::person;
use crate::dto::{redaction as dto, time};

pub(crate) fn rules(rules: Option<&RedactionRules>) -> dto::RedactionRules {
    dto::RedactionRules {
        version: rules.map_or(0, |rules| rules.version),
        text: rules.map(|rules| rules.text.clone()).unwrap_or_default(),
        reason: rules.map(|rules| rules.reason.clone()).unwrap_or_default(),
        published_at: rules.map(|rules| time(rules.published_at)),
        published_by: rules.map(|rules| person(&rules.published_by)),
    }
}

pub(crate) fn tried(tried: &Tried) -> dto::TriedRedaction {
    let profiles = tried.outline.profiles.iter();
    let mistakes = tried.outline.mistakes.iter().map(|mistake| dto::RulesMistake {
        line: mistake.line,
        column: mistake.column,
        message: mistake.message.clone(),
    });
    dto::TriedRedaction {
        rules: tried.outline.rules as u64,
        profiles: profiles
            .map(|(name, rules)| dto::RulesProfile { name: name.clone(), rules: *rules as u64 })
            .collect(),
        profile: tried.profile.clone(),
        mistakes: mistakes.collect(),
        lines: tried.lines.iter().map(line).collect(),
    }
}

fn line(line: &ShownLine) -> dto::ShownLine {
    let parts = line.parts.iter().map(|part| dto::ShownPart {
        text: part.text.clone(),
        hit: part.hit.as_ref().map(|hit| dto::ShownHit {
            kind: hit.kind.to_owned(),
            rule: hit.rule.clone(),
            reason: hit.reason.to_owned(),
            replacement: hit.replacement.clone(),
        }),
    });
    dto::ShownLine { line: line.line, parts: parts.collect(), after: line.after.clone() }
}

pub(crate) fn used(used: &RulesUsed) -> dto::RulesUsed {
    dto::RulesUsed { version: used.version, profile: used.profile.clone() }
}

pub(crate) fn bundle(redaction: &BundleRedaction) -> dto::BundleRedaction {
    dto::BundleRedaction {
        rules: redaction.rules.as_ref().map(used),
        kinds: redaction.kinds.iter().map(|(kind, count)| hidden(kind, *count)).collect(),
        identities: redaction.identities,
        has_key: redaction.has_key,
        may_reveal: redaction.may_reveal.iter().map(|role| (*role).into()).collect(),
    }
}

pub(crate) fn preview(previewed: &Previewed) -> dto::BundlePreview {
    let preview = &previewed.preview;
    dto::BundlePreview {
        id: previewed.id.to_string(),
        size_bytes: previewed.size_bytes,
        rules: previewed.rules.as_ref().map(used),
        files_total: preview.files_total,
        problems: preview.problems,
        kinds: kinds(&preview.counts.kinds),
        files: preview.files.iter().map(file).collect(),
    }
}

fn file(file: &PreviewFile) -> dto::PreviewFile {
    dto::PreviewFile {
        path: file.path.clone(),
        withheld: file.is_withheld,
        kinds: kinds(&file.counts.kinds),
        examples: file.examples.iter().map(line).collect(),
    }
}

fn kinds<'a>(
    kinds: impl IntoIterator<Item = (&'a String, &'a mainstay_app::preview::KindCount)>,
) -> Vec<dto::HiddenKind> {
    kinds.into_iter().map(|(kind, counted)| hidden(kind, counted.count)).collect()
}

fn hidden(kind: &str, count: u64) -> dto::HiddenKind {
    dto::HiddenKind { kind: kind.to_owned(), count }
}
