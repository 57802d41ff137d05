//! What kind of fault the signals of a component speak of. Rules in order, the words as the report
//! and every scorer know them.

use super::constant::RAISED;
use super::score::Candidate;
use super::signal::Group;
use crate::observation::Observation;

/// The closed list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Cpu,
    Memory,
    Disk,
    Network,
    Code,
    Latency,
    Error,
    Overload,
    Config,
}

impl Kind {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Disk => "disk",
            Self::Network => "network",
            Self::Code => "code",
            Self::Latency => "latency",
            Self::Error => "error",
            Self::Overload => "overload",
            Self::Config => "config",
        }
    }
}

/// Words by which a service graph says that a node stores or passes on data: such a node has no
/// code of its owner, so when it slows down it is asked for more than it can give.
const STORES: [&str; 16] = [
    "database",
    "table",
    "sql",
    "queue",
    "topic",
    "bucket",
    "cache",
    "redis",
    "mongo",
    "kafka",
    "elasticsearch",
    "cassandra",
    "dynamodb",
    "storage",
    "memcached",
    "rabbitmq",
];

/// The kind of a candidate.
pub(super) fn of(
    candidate: &Candidate,
    case: &Observation<'_>,
    changed: bool,
    stated: Option<Kind>,
) -> Kind {
    let strength = |group: Group| candidate.strength(group) * group.weight();
    // a message that states its cause says more of the kind than that it is new, and than what
    // users feel; only what is measured of another mechanism contradicts it
    let mechanisms = [Group::Cpu, Group::Memory, Group::Disk, Group::EdgeGap];
    let measured = mechanisms.map(strength).into_iter().fold(0.0, f64::max);
    let stated = stated.filter(|_| strength(Group::Statement) >= measured);
    // who runs out of something after a change runs out of it because of the change; a resource
    // that is gone is gone, whatever came before
    if let Some(stated) = stated
        && (!changed || matches!(stated, Kind::Cpu | Kind::Memory | Kind::Disk))
    {
        return stated;
    }
    let resource = [Group::Cpu, Group::Memory, Group::Disk]
        .into_iter()
        .max_by(|a, b| strength(*a).total_cmp(&strength(*b)))
        .filter(|group| is_raised(candidate, *group));
    let code = strength(Group::Messages).max(strength(Group::Shape));
    let gap = strength(Group::EdgeGap);
    if let Some(resource) = resource
        && strength(resource) >= code.max(if waits_itself(candidate) { 0.0 } else { gap })
    {
        return match resource {
            Group::Memory => Kind::Memory,
            Group::Disk => Kind::Disk,
            _ => Kind::Cpu,
        };
    }
    let others = strength(Group::SelfTime).max(code).max(strength(Group::Failures));
    if gap >= RAISED && gap >= others {
        return Kind::Network;
    }
    if changed {
        return Kind::Config;
    }
    if code >= RAISED * 0.5 && code >= strength(Group::Failures) {
        return Kind::Code;
    }
    let traffic_up = candidate
        .signals
        .iter()
        .any(|signal| signal.group == Group::Traffic && signal.value >= RAISED);
    let felt = strength(Group::Latency) + strength(Group::Failures) + strength(Group::SelfTime);
    if felt > 0.0 && (traffic_up || is_store(candidate.component, case)) {
        return Kind::Overload;
    }
    if strength(Group::Failures) >= RAISED {
        return Kind::Error;
    }
    Kind::Latency
}

fn is_raised(candidate: &Candidate, group: Group) -> bool {
    candidate.signals.iter().any(|signal| signal.group == group && signal.value >= RAISED)
}

/// Requests that wait before a busy component show as a gap, too.
fn waits_itself(candidate: &Candidate) -> bool {
    is_raised(candidate, Group::SelfTime) || is_raised(candidate, Group::Latency)
}

fn is_store(component: u32, case: &Observation<'_>) -> bool {
    let kinds = case.cluster.kinds.iter().filter(|(id, _)| *id == component);
    kinds.map(|(_, kind)| kind.to_ascii_lowercase()).any(|kind| {
        kind.split(|letter: char| !letter.is_ascii_alphanumeric())
            .any(|word| STORES.contains(&word))
    })
}
