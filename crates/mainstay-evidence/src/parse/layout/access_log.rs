//! Access logs of web servers: common, combined, with or without the virtual host in front; the
//! page log of CUPS, which looks like them and has no status.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new("access log", &["{word} {word} {text} [{time}] {\"}"])
        .one_line()
        .http_status(),
    KnownFormat::new(
        "CUPS page log",
        &["{word} {word} {number} [{time}] {=total |0|1|2|3|4|5|6|7|8|9}"],
    )
    .one_line(),
    KnownFormat::new("CUPS error log", &["{letter} [{time}] "]),
];
