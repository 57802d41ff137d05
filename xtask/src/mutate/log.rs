//! Damage to logs: clocks, rotation, noise, copies, order, names of pods.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Files;

static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d").expect("the pattern is constant")
});

/// A time of day at the start of a message.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(^|"log":"|stdout F )(\d\d):(\d\d):(\d\d)\."#).expect("the pattern is constant")
});

static POD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"-([0-9a-f]{6,10})-([0-9a-z]{5})\b").expect("the pattern is constant")
});

fn is_log(path: &str) -> bool {
    path.contains("/logs/")
}

fn each_log(files: Files, change: &dyn Fn(&str) -> String) -> Files {
    let mapped = files.into_iter().map(|(path, bytes)| {
        if !is_log(&path) {
            return (path, bytes);
        }
        let text = change(&String::from_utf8_lossy(&bytes));
        (path, text.into_bytes())
    });
    mapped.collect()
}

/// The clock of the pod with the most lines goes wrong by so many seconds.
pub(super) fn shift_one(mut files: Files, seconds: i64) -> Files {
    let largest = files.iter_mut().filter(|file| is_log(&file.0)).max_by_key(|file| file.1.len());
    if let Some((_, bytes)) = largest {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let lines: Vec<String> = text.lines().map(|line| shift_line(line, seconds)).collect();
        *bytes = (lines.join("\n") + "\n").into_bytes();
    }
    files
}

fn shift_line(line: &str, seconds: i64) -> String {
    let dated = STAMP.replace_all(line, |found: &Captures<'_>| {
        let stamp: Result<jiff::Timestamp, _> = format!("{}Z", &found[0]).parse();
        match stamp {
            Ok(stamp) => {
                let moved = stamp.as_second() + seconds;
                let moved = jiff::Timestamp::from_second(moved).unwrap_or(stamp);
                moved.to_string().trim_end_matches('Z').to_owned()
            }
            Err(_) => found[0].to_owned(),
        }
    });
    let clocked = CLOCK.replace_all(&dated, |found: &Captures<'_>| {
        let number = |at: usize| found[at].parse::<i64>().unwrap_or(0);
        let day = (number(2) * 3600 + number(3) * 60 + number(4) + seconds).rem_euclid(86_400);
        format!("{}{:02}:{:02}:{:02}.", &found[1], day / 3600, day / 60 % 60, day % 60)
    });
    clocked.into_owned()
}

pub(super) fn halve(files: Files, first: bool) -> Files {
    each_log(files, &|text| {
        let lines: Vec<&str> = text.lines().collect();
        let (head, tail) = lines.split_at(lines.len() / 2);
        let kept = if first { tail } else { head };
        kept.iter().map(|line| format!("{line}\n")).collect()
    })
}

/// One more pod that nobody calls shouts all the time.
pub(super) fn add_noise(mut files: Files) -> Files {
    let times: Vec<String> = files
        .iter()
        .filter(|file| is_log(&file.0))
        .flat_map(|file| {
            let text = String::from_utf8_lossy(&file.1).into_owned();
            STAMP.find_iter(&text).map(|found| found.as_str().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let Some(first) = files.first().map(|file| file.0.clone()) else { return files };
    let root = first.split('/').next().unwrap_or("bundle").to_owned();
    let (Some(start), Some(end)) = (times.iter().min(), times.iter().max()) else { return files };
    let mut text = String::new();
    for number in 0..4_000 {
        let time = if number % 4 == 0 { start } else { end };
        let line =
            format!("{time}.{number:06}Z stderr F ERROR cannot push metrics: queue is full\n");
        text.push_str(&line);
    }
    let path = format!("{root}/logs/pods/kube-system_exporter-7d9f8b6c5d-x2x4z/exporter/0.log");
    files.push((path, text.into_bytes()));
    files
}

pub(super) fn duplicate(files: Files) -> Files {
    each_log(files, &|text| text.lines().map(|line| format!("{line}\n{line}\n")).collect())
}

/// Neighbouring lines change places, as where several writers share a file.
pub(super) fn shuffle(files: Files) -> Files {
    each_log(files, &|text| {
        let mut lines: Vec<&str> = text.lines().collect();
        for pair in lines.chunks_mut(2) {
            pair.reverse();
        }
        lines.iter().map(|line| format!("{line}\n")).collect()
    })
}

/// Every pod is another one of the same workload, everywhere in the bundle.
pub(super) fn rename_pods(files: Files) -> Files {
    let turn = |text: &str| {
        let renamed = POD.replace_all(text, |found: &Captures<'_>| {
            let hash: String = found[1].chars().rev().collect();
            let end: String = found[2].chars().rev().collect();
            format!("-{hash}-{end}")
        });
        renamed.into_owned()
    };
    let mut by_path = BTreeMap::new();
    for (path, bytes) in files {
        by_path.insert(turn(&path), turn(&String::from_utf8_lossy(&bytes)).into_bytes());
    }
    by_path.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_move_in_every_style() {
        let moved = shift_line("2023-01-29T23:58:08.5Z stdout F 07:58:08.823 INFO x", 420);
        assert_eq!(moved, "2023-01-30T00:05:08.5Z stdout F 08:05:08.823 INFO x");
        assert_eq!(shift_line("23:59:59.001 INFO x", 2), "00:00:01.001 INFO x");
    }

    #[test]
    fn a_pod_is_renamed_and_its_workload_is_not() {
        let files =
            vec![("b/logs/pay-64469b5b48-25zj6.log".to_owned(), b"pay-64469b5b48-25zj6".to_vec())];
        let renamed = rename_pods(files);
        assert_eq!(renamed[0].0, "b/logs/pay-84b5b96446-6jz52.log");
    }
}
