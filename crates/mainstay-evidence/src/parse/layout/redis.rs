//! Redis: process and role, then a mark for the level; the signal handler writes an epoch.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "Redis",
    &[
        "{number}:{word} {time} {redis-mark} ",
        "[{number}] {time} {redis-mark} ",
        "{number}:signal-handler \\({epoch}\\) ",
    ],
)];
