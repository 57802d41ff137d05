//! What the platform did to the programs: killed, evicted, restarted; and stack traces.
//!
//! Words of log texts are looked for in the templates, which are few, and in the continuation
//! lines of the first multi-line records, while those pass by (`traces`).

use std::sync::LazyLock;

use regex::Regex;

use super::traces::{Trace, Traces};
use super::{Finding, FindingKind, Place, Weight, counted, quote};
use crate::view::{Bundle, ViewError};

pub(super) struct Sign {
    pub(super) kind: FindingKind,
    pub(super) weight: Weight,
    pub(super) title: &'static str,
    pub(super) pattern: Regex,
}

/// Phrases that the platforms themselves write; a program that merely talks of memory is no sign.
pub(super) static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    let sign = |kind, weight, title, pattern| {
        let pattern = Regex::new(pattern).expect("the pattern is constant and tested");
        Sign { kind, weight, title, pattern }
    };
    vec![
        sign(
            FindingKind::OutOfMemory,
            Weight::High,
            "Out of memory",
            r"(?i)\bOOM-?Kill(ed|ing|er)\b|invoked oom-killer|Out of memory: Kill|oom_reaper|\bOutOfMemoryError\b|Memory cgroup out of memory",
        ),
        sign(
            FindingKind::Eviction,
            Weight::High,
            "Pods evicted",
            r"(?i)the node was low on resource|\bevicted pod\b|\bpod\b.{0,60}\b(was )?evicted\b|\bevicting pod\b",
        ),
        sign(
            FindingKind::CrashLoop,
            Weight::High,
            "A container keeps crashing",
            r"(?i)\bCrashLoopBackOff\b|back-off restarting failed container",
        ),
        sign(
            FindingKind::Restart,
            Weight::Medium,
            "A service was restarted by its supervisor",
            r"(?i)scheduled restart job, restart counter|main process exited, code=(killed|dumped|exited)|liveness probe failed.{0,80}will be restarted",
        ),
    ]
});

pub(super) static FRAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?m)^\s*at [\w$.<>/]+\(|^Traceback \(most recent call last\)|^\s+File "[^"]+", line \d+|^goroutine \d+ \[|^\s+at .+ in .+:line \d+|^Caused by: "#,
    )
    .expect("the pattern is constant and tested")
});

pub(super) fn find(
    bundle: &Bundle,
    traces: &Traces,
    found: &mut Vec<Finding>,
) -> Result<(), ViewError> {
    let index = bundle.index();
    let row_of = |trace: &Trace| index.row_at(trace.file, trace.line);
    for (sign, number) in SIGNS.iter().zip(0..) {
        let mut rows = rows_of_templates(bundle, &sign.pattern);
        rows.extend(traces.iter().filter(|trace| trace.shows(number)).filter_map(row_of));
        rows.sort_by_cached_key(|row| index.rank(*row));
        rows.dedup();
        push(bundle, sign.kind, sign.weight, sign.title, &rows, found)?;
    }
    let stacks: Vec<u32> =
        traces.iter().filter(|trace| trace.is_stack).filter_map(row_of).collect();
    push(bundle, FindingKind::StackTraces, Weight::Low, "Stack traces", &stacks, found)
}

fn push(
    bundle: &Bundle,
    kind: FindingKind,
    weight: Weight,
    title: &str,
    rows: &[u32],
    found: &mut Vec<Finding>,
) -> Result<(), ViewError> {
    let Some(first) = rows.first() else { return Ok(()) };
    let line = bundle.line(u64::from(*first))?;
    let source = bundle.source_name(bundle.index().source(*first));
    let title = format!("{title} in {source}: {}", quote(&line.body));
    let detail = format!("stated by {}", counted(rows.len() as u64, "record"));
    let cites: Vec<Place> =
        rows.iter().take(super::CITES_MAX).map(|row| bundle.place(*row)).collect();
    found.push(Finding::new(kind, weight, title, detail).at(line.line.time).citing(cites));
    Ok(())
}

fn rows_of_templates(bundle: &Bundle, pattern: &Regex) -> Vec<u32> {
    let templates = &bundle.dictionary().templates;
    let hits: Vec<bool> =
        templates.iter().map(|template| pattern.is_match(&template.text)).collect();
    if !hits.contains(&true) {
        return Vec::new();
    }
    let index = bundle.index();
    let order = index.order().iter().copied();
    order.filter(|row| hits.get(index.template(*row) as usize) == Some(&true)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<FindingKind> {
        SIGNS.iter().filter(|sign| sign.pattern.is_match(text)).map(|sign| sign.kind).collect()
    }

    #[test]
    fn only_the_platforms_own_words_are_signs() {
        assert_eq!(kinds("Out of memory: Killed process <*> (java)"), [FindingKind::OutOfMemory]);
        assert_eq!(
            kinds("java.lang.OutOfMemoryError: Java heap space"),
            [FindingKind::OutOfMemory]
        );
        assert_eq!(kinds("Back-off restarting failed container"), [FindingKind::CrashLoop]);
        assert_eq!(kinds("The node was low on resource: memory."), [FindingKind::Eviction]);
        assert_eq!(kinds("evicted <*> entries from the cache, memory is low"), []);
        assert!(FRAME.is_match("\tat com.shop.Pay.charge(Pay.java:42)"));
        assert!(!FRAME.is_match("meet me at noon (maybe)"));
    }
}
