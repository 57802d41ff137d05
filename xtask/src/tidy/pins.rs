//! Parquet, arrow and `object_store` stay at the versions that DataFusion holds, once each: the
//! optional query engine must share them, and a free requirement takes both majors.

use anyhow::{Context, Result};

use super::{Files, Finding};

const LOCK: &str = "Cargo.lock";

/// Crate and version that begin alike.
const PINS: &[(&str, &str)] = &[
    ("arrow-array", "59."),
    ("arrow-buffer", "59."),
    ("arrow-data", "59."),
    ("arrow-ipc", "59."),
    ("arrow-schema", "59."),
    ("arrow-select", "59."),
    ("parquet", "59."),
    ("object_store", "0.13."),
];

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    let lock = files.get(LOCK).context("the repository has no Cargo.lock")?;
    let lock: toml::Table = lock.text().parse().context("could not read Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("an empty lock")?;
    let mut findings = Vec::new();
    for (name, pin) in PINS {
        let versions: Vec<&str> = packages
            .iter()
            .filter(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))
            .filter_map(|package| package.get("version").and_then(toml::Value::as_str))
            .collect();
        let kept = versions.len() == 1 && versions[0].starts_with(pin);
        if !kept {
            let text = format!("{name} is {versions:?}, the query engine holds {pin}x");
            findings.push(Finding::file(LOCK, text));
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(extra: &str) -> String {
        let mut text = String::new();
        for (name, pin) in PINS {
            text.push_str(&format!("[[package]]\nname = \"{name}\"\nversion = \"{pin}1\"\n"));
        }
        text + extra
    }

    #[test]
    fn a_second_major_is_seen() {
        let good = Files::of(&[(LOCK, lock("").as_str())]);
        assert!(check(&good).expect("the lock can be read").is_empty());
        let second = lock("[[package]]\nname = \"parquet\"\nversion = \"60.1.0\"\n");
        let bad = Files::of(&[(LOCK, second.as_str())]);
        assert_eq!(check(&bad).expect("the lock can be read").len(), 1);
    }
}
