//! Loggers of the Java world: log4j, logback, Spring Boot, JBoss, `java.util.logging` (its message is
//! on a second line) and the programs that wrap a virtual machine.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "Spring Boot",
        &[
            "{time} {level} {number} --- {bracket} ({bracket} )?({bracket} )?{word} : ",
            "{time} {level} {bracket} {number} --- {bracket} ({bracket} )?{word} : ",
        ],
    ),
    KnownFormat::new("Hadoop", &["{time} {number} {level} {word}: "]),
    KnownFormat::new(
        "logback",
        &[
            "{time} {bracket} {level} {word} {bracket} - ",
            "{time} {bracket} {level} {word} - ",
            "{time} {bracket} {level} {word}: ",
        ],
    ),
    KnownFormat::new("IntelliJ", &["{time} {bracket} {level} - {word} - "]),
    KnownFormat::new(
        "log4j",
        &[
            "{time} {level} {bracket} {word} - ",
            "{time} {level} {bracket} {word}: ",
            "{time} {level} {word} {bracket} - ",
            "{time} {level} {word} - ",
        ],
    ),
    KnownFormat::new("java.util.logging", &["{time} {logger} {word}{end}"]),
    KnownFormat::new("Java service wrapper", &["{product-level} | {text} | {time} | "]),
    KnownFormat::new(
        "JBoss",
        &[
            "{time} {level} {bracket} \\({text}\\) ({bracket} )?",
            // oVirt's host agent
            "{time} {level} \\({text}\\) {bracket} ",
        ],
    ),
    KnownFormat::new("VDSM", &["{text}::{level}::{time}::{text}::{text}::{text}::\\({text}\\) "]),
    KnownFormat::new(
        "Satellite",
        &[
            "[{level}] [{time}] ",
            "[~{level} {time} {word}] ",
            "[{level}:{word}] {text} {time}: ",
            "{time} {number} {word}: {=xmlrpc/|rhnServer/|server/}",
        ],
    ),
    KnownFormat::new("OpenAM", &["{module}:{time}: Thread{bracket}{end}", "\"{time}\" "]),
    KnownFormat::new(
        "ZooKeeper",
        &["{time} {bracket} - {level} {bracket} - ", "{time} - {level} {bracket} - "],
    ),
];
