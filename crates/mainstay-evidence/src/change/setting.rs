//! Settings that differ: files of configuration that both bundles hold, key by key.
//!
//! Order, comments and blank lines do not count. Values are redacted before they are stored, so a
//! secret that changed shows as two different pseudonyms and never as itself.

use std::collections::BTreeMap;

use super::{Change, ChangeKind};
use crate::recognise::Kind;
use crate::view::{Bundle, ViewError};

/// Lines of settings that are read of one bundle.
const LINES_MAX: u64 = 100_000;

/// Keys that differ in one file and are written out; of more, the file is called other.
const KEYS_MAX: usize = 40;

/// By file name: keys, their values and the line.
type Settings = BTreeMap<String, BTreeMap<String, (String, u32, u64)>>;

/// Keys whose values differ, are new or are gone.
pub(super) fn differences(case: &Bundle, reference: &Bundle) -> Result<Vec<Change>, ViewError> {
    let (here, there) = (read(case)?, read(reference)?);
    let mut changes = Vec::new();
    for (name, keys) in &here {
        let Some(before) = there.get(name) else { continue };
        let mut of_file = Vec::new();
        for (key, (value, file, line)) in keys {
            let detail = match before.get(key) {
                Some((old, _, _)) if old == value => continue,
                Some((old, _, _)) => format!("{key} was {old}, is {value}"),
                None => format!("{key} is new: {value}"),
            };
            of_file.push((detail, *file, *line));
        }
        let gone = before.keys().filter(|key| !keys.contains_key(*key));
        let file = keys.values().next().map_or(0, |it| it.1);
        of_file.extend(gone.map(|key| (format!("{key} is gone"), file, 1)));
        if of_file.len() > KEYS_MAX {
            of_file = vec![(format!("{} keys differ", of_file.len()), file, 1)];
        }
        changes.extend(of_file.into_iter().map(|(detail, file, line)| Change {
            kind: ChangeKind::Setting,
            about: name.clone(),
            detail,
            at: None,
            cites: vec![crate::finding::Place {
                file,
                path:
                    case.files().get(file as usize).map_or_else(String::new, |it| it.path.clone()),
                line,
            }],
        }));
    }
    Ok(changes)
}

fn read(bundle: &Bundle) -> Result<Settings, ViewError> {
    let mut settings = Settings::new();
    let files: Vec<u32> = bundle
        .files()
        .iter()
        .filter(|file| file.kind == Kind::Config)
        .map(|file| file.id)
        .collect();
    if files.is_empty() {
        return Ok(settings);
    }
    let mut read = 0;
    for row in 0..bundle.records() {
        let place = bundle.index().file(u32::try_from(row).unwrap_or(u32::MAX));
        if !files.contains(&place) {
            continue;
        }
        read += 1;
        if read > LINES_MAX {
            break;
        }
        let line = bundle.line(row)?;
        let name = line.path.rsplit('/').next().unwrap_or(&line.path).to_owned();
        let keys = settings.entry(name).or_default();
        for (offset, text) in line.line.text.lines().chain(line.more_full.lines()).enumerate() {
            if let Some((key, value)) = pair(text) {
                let at = line.line.line + offset as u64;
                keys.insert(key.to_owned(), (value.to_owned(), line.line.file, at));
            }
        }
    }
    Ok(settings)
}

/// `key = value`, `key: value`, `export KEY=value`.
fn pair(text: &str) -> Option<(&str, &str)> {
    let text = text.trim().trim_start_matches("- ").trim_start_matches("export ");
    if text.starts_with(['#', ';', '!', '/', '[']) {
        return None;
    }
    let at = text.find(['=', ':'])?;
    let (key, value) = (text[..at].trim(), text[at + 1..].trim());
    (!key.is_empty() && !value.is_empty()).then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_in_every_style() {
        assert_eq!(pair("pool.size = 10"), Some(("pool.size", "10")));
        assert_eq!(pair("  timeout: 3s"), Some(("timeout", "3s")));
        assert_eq!(pair("export MODE=fast"), Some(("MODE", "fast")));
        assert_eq!(pair("# pool.size = 10"), None);
        assert_eq!(pair("section:"), None);
    }
}
