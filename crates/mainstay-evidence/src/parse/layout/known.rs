//! The headers of known formats, one file for each product or family. A pattern is a fact about a
//! product's format, never a hint for mining; order breaks ties between layouts that fit equally
//! well.

use std::sync::OnceLock;

use super::{
    Continuation, HeaderLayout, LevelSource, Message, access_log, apache, bar_separated,
    dated_block, desktop, dotnet, elasticsearch, envoy, garbage_collector, go, haproxy, ibm, java,
    java_plain, kafka, kernel, kubernetes_events, load_balancer, logcat, mongodb, mysql, nginx,
    openstack, packages, php, postgresql, python, rabbitmq, redis, ruby, rust, s3, spdlog, sssd,
    strace, supercomputer, syslog, vmware,
};

/// Every family; a new file is one more name here.
const FAMILIES: [&[KnownFormat]; 38] = [
    go::FORMATS,
    java::FORMATS,
    python::FORMATS,
    openstack::FORMATS,
    rust::FORMATS,
    java_plain::FORMATS,
    nginx::FORMATS,
    apache::FORMATS,
    access_log::FORMATS,
    envoy::FORMATS,
    haproxy::FORMATS,
    postgresql::FORMATS,
    redis::FORMATS,
    spdlog::FORMATS,
    mongodb::FORMATS,
    ruby::FORMATS,
    php::FORMATS,
    dotnet::FORMATS,
    vmware::FORMATS,
    sssd::FORMATS,
    desktop::FORMATS,
    packages::FORMATS,
    bar_separated::FORMATS,
    ibm::FORMATS,
    mysql::FORMATS,
    kafka::FORMATS,
    elasticsearch::FORMATS,
    rabbitmq::FORMATS,
    logcat::FORMATS,
    kernel::FORMATS,
    kubernetes_events::FORMATS,
    garbage_collector::FORMATS,
    strace::FORMATS,
    s3::FORMATS,
    load_balancer::FORMATS,
    supercomputer::FORMATS,
    dated_block::FORMATS,
    syslog::FORMATS,
];

/// A format as its file states it.
pub(crate) struct KnownFormat {
    pub(super) name: &'static str,
    pub(super) patterns: &'static [&'static str],
    one_line: bool,
    level_source: LevelSource,
    message: Message,
}

impl KnownFormat {
    /// A format whose lines may continue and whose header states the level.
    pub(super) const fn new(name: &'static str, patterns: &'static [&'static str]) -> Self {
        Self {
            name,
            patterns,
            one_line: false,
            level_source: LevelSource::Header,
            message: Message::Rest,
        }
    }

    /// Every line is a record.
    pub(super) const fn one_line(self) -> Self {
        Self { one_line: true, ..self }
    }

    /// The status after the request is the level.
    pub(super) const fn http_status(self) -> Self {
        self.level_source(LevelSource::HttpStatus)
    }

    pub(super) const fn level_source(self, level_source: LevelSource) -> Self {
        Self { level_source, ..self }
    }

    pub(super) const fn message(self, message: Message) -> Self {
        Self { message, ..self }
    }

    fn layouts(&self) -> impl Iterator<Item = HeaderLayout> {
        self.patterns.iter().map(|pattern| {
            let mut layout = HeaderLayout::parse(self.name, pattern);
            if self.one_line {
                layout.continuation = Continuation::OneLine;
            }
            layout.level_source = self.level_source;
            layout.message = self.message;
            layout
        })
    }
}

/// The names of all formats that are known by their header.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().copied().flatten().map(|format| format.name)
}

/// All known layouts, built once.
pub(crate) fn all() -> &'static [HeaderLayout] {
    static LAYOUTS: OnceLock<Vec<HeaderLayout>> = OnceLock::new();
    LAYOUTS
        .get_or_init(|| FAMILIES.iter().copied().flatten().flat_map(KnownFormat::layouts).collect())
}
