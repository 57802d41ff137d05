//! Go: klog and glog, the standard logger with its file name, zap for people, logrus in a terminal.

use super::Message;
use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new("klog", &["{letter}{time} {number} {word}] "]),
    KnownFormat::new("Go", &["{time} {logger}: "]),
    KnownFormat::new("zap console", &["{time}\t{level}\t({module}\t)?{source}\t"])
        .message(Message::BeforeFields),
    KnownFormat::new("logrus", &["{product-level}[{number}] "]),
];
