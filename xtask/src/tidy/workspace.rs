//! A crate takes every dependency from `[workspace.dependencies]`, where its version, its features
//! and the reason for them stand once.

use anyhow::{Context, Result};

use super::{Files, Finding};

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let manifests = files.all().iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    for manifest in manifests {
        let table: toml::Table =
            manifest.text().parse().with_context(|| format!("could not read {}", manifest.path))?;
        for section in SECTIONS {
            let Some(entries) = table.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            for (name, entry) in entries {
                if !is_shared(entry) && !is_itself(entry) {
                    let text = format!("{name}: declare it in [workspace.dependencies]");
                    findings.push(Finding::file(&manifest.path, text));
                }
            }
        }
    }
    Ok(findings)
}

fn is_shared(entry: &toml::Value) -> bool {
    entry.get("workspace").and_then(toml::Value::as_bool) == Some(true)
}

/// A crate's tests may use the crate itself with another feature.
fn is_itself(entry: &toml::Value) -> bool {
    entry.get("path").and_then(toml::Value::as_str) == Some(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_in_a_crate_is_seen() {
        let text =
            "[dependencies]\nserde = { workspace = true }\n[dev-dependencies]\ninsta = \"1\"\n";
        let findings = check(&Files::of(&[("crates/a/Cargo.toml", text)])).expect("valid TOML");
        assert_eq!(findings.len(), 1);
        assert!(findings[0].text.starts_with("insta"));
    }
}
