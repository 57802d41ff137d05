//! Logs of Java's garbage collectors: the unified form (`[time][uptime][level][tags] text`, each
//! decoration optional) and the older one (`time: uptime: [GC …`).

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "GC",
    &[
        "[{time}][{uptime}][{level}~][{text}] ",
        "[{time}][{level}~][{text}] ",
        "[{uptime}][{level}~][{text}] ",
        "{time}: {uptime}: ",
        "{uptime}: {[}",
    ],
)];
