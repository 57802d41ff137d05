//! Package managers and the programs beside them that write one line for each step.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "dpkg",
        &["{time} {=startup |install |upgrade |configure |trigproc |triggers-|status |remove |purge |disappear |conffile }"],
    )
    .one_line(),
    KnownFormat::new("uWSGI", &["[pid: {text}] {text} [{time}] "]).one_line(),
];
