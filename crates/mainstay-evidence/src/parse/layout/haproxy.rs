//! HAProxy behind syslog: requests, connections and the program's own notices in one file.

use mainstay_core::Level;

use super::LevelSource;
use super::known::KnownFormat;
use crate::parse::level;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("HAProxy", &["(<{priority}>)?{time} {host} haproxy[{number}]: "])
        .one_line()
        .level_source(LevelSource::HaproxyStatus)];

/// The level of `client [time] frontend backend/server timers status …`.
pub(super) fn level_of(message: &str) -> Option<Level> {
    let mut words = message.split(' ');
    let timed = words.nth(1)?.starts_with('[');
    let timers = words.nth(2)?;
    let status = words.next()?;
    let plain = timed && timers.contains('/') && status.len() == 3;
    level::from_http_status(status.parse().ok().filter(|_| plain)?)
}
