//! VMware: the hypervisor's syslog with two-letter levels, the kernel with its processor and world,
//! and the management services.

use mainstay_core::Level;

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "VMkernel",
        &[
            "{time} {short-level}\\({number}\\)([+])? vmkernel: cpu{number}:{number}{text}\\)({level}: )?",
            "{time} cpu{number}:{number}\\)({level}: )?",
        ],
    ),
    KnownFormat::new(
        "ESXi syslog",
        &[
            "{time} {short-level}\\({number}\\)([+])? {program}: ",
            "{time} {short-level}\\({number}\\)([+])? host-{number} ",
        ],
    ),
    KnownFormat::new(
        "VMware",
        &[
            "{time} {level}(\\({number}\\))? {word}[{text}](:)? {bracket} ",
            "[{time} {word} {level} '{text}] ",
            "{time} [{word} {level} '{text}] ",
            "{time} {word}: {number}: {text}: {level}: ",
        ],
    ),
];

/// The level of two letters.
pub(super) fn level(letters: &str) -> Option<Level> {
    Some(match letters {
        "Db" => Level::Debug,
        "In" => Level::Info,
        "No" => Level::Notice,
        "Wa" => Level::Warn,
        "Er" | "Cr" => Level::Error,
        "Al" | "Em" => Level::Fatal,
        _ => return None,
    })
}
