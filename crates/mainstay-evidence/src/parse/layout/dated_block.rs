//! Lines that are only a time, or a banner around one, and open a block: histories of shells,
//! periodic dumps, file system checks.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new("shell history", &["#+{epoch}{end}", "#{epoch}{end}"]),
    KnownFormat::new(
        "dated blocks",
        &[
            "========== Start of {text} at {time} =========={end}",
            "{word}: fsck_hfs {word} at {time}{end}",
            "{time}{end}",
        ],
    ),
    KnownFormat::new("TCF", &["TCF {uptime}: "]),
];
