//! The zone of a machine, as files of a bundle state it: `/etc/timezone`, `timedatectl`, `date`.

use super::{Zone, ZoneRules, zone};

/// The zone that a small file states; for `Anchors::zone` of the logs of the same machine.
#[must_use]
pub fn zone_in_file(path: &str, text: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stated = if path.ends_with("etc/timezone") {
        text.trim()
    } else if name.contains("timedatectl") {
        let line = text.lines().find_map(|line| {
            let line = line.trim();
            line.strip_prefix("Time zone:").or_else(|| line.strip_prefix("Timezone="))
        })?;
        line.split_whitespace().next()?
    } else if matches!(name, "date" | "date.txt") {
        return zone_of_date(text.trim());
    } else {
        return None;
    };
    ZoneRules::named(stated).map(|_| stated.to_owned())
}

/// `Wed May  1 12:00:00 CEST 2024`, `Wed, 01 May 2024 12:00:00 +0200`.
fn zone_of_date(text: &str) -> Option<String> {
    text.split_whitespace().find_map(|word| {
        let (stated, end) = zone::scan(word.as_bytes(), 0)?;
        (matches!(stated, Zone::Offset(_)) && end == word.len()).then(|| word.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expect: Option<&str>) {
        assert_eq!(zone_in_file(path, text).as_deref(), expect, "{path}: {text}");
    }

    #[test]
    fn files_state_the_zone_of_their_machine() {
        check("b/host/etc/timezone", "Europe/Berlin\n", Some("Europe/Berlin"));
        check("b/etc/timezone", "nonsense\n", None);
        let status = "               Local time: Wed 2024-05-01 12:00:00 CEST\n                Time zone: Europe/Berlin (CEST, +0200)\n";
        check("b/commands/timedatectl.txt", status, Some("Europe/Berlin"));
        check("b/timedatectl_show", "Timezone=Etc/UTC\nLocalRTC=no\n", Some("Etc/UTC"));
        check("b/date", "Wed May  1 12:00:00 CEST 2024\n", Some("CEST"));
        check("b/date.txt", "Wed, 01 May 2024 12:00:00 +0200\n", Some("+0200"));
        check("b/date", "Wed May  1 12:00:00 IST 2024\n", None);
        check("b/notes.txt", "Time zone: Europe/Berlin\n", None);
    }
}
