//! One odd thing about one component, with a signed value, words and places.

use crate::finding::Place;

/// What a signal speaks of; signals of one group support each other little, those of two much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Group {
    Cpu,
    Memory,
    Disk,
    Saturation,
    SelfTime,
    EdgeGap,
    Failures,
    Messages,
    Shape,
    Latency,
    ClientLatency,
    Traffic,
    Network,
    /// The evidence states the cause in words: killed for memory, certificate expired.
    Statement,
}

impl Group {
    /// The word in JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Disk => "disk",
            Self::Saturation => "saturation",
            Self::SelfTime => "self_time",
            Self::EdgeGap => "edge_gap",
            Self::Failures => "failures",
            Self::Messages => "messages",
            Self::Shape => "shape",
            Self::Latency => "latency",
            Self::ClientLatency => "client_latency",
            Self::Traffic => "traffic",
            Self::Network => "network_traffic",
            Self::Statement => "statement",
        }
    }

    /// How much a group says about a *cause*: symptoms say less than states.
    pub(crate) fn weight(self) -> f64 {
        match self {
            Self::Cpu | Self::Memory | Self::Disk | Self::SelfTime | Self::EdgeGap => 1.0,
            Self::Messages | Self::Failures => 1.0,
            Self::Saturation | Self::Shape => 0.7,
            Self::Latency => 0.6,
            Self::ClientLatency | Self::Network => 0.1,
            Self::Traffic => 0.2,
            Self::Statement => 1.5,
        }
    }

    /// Does a callee's trouble show in this group of its caller?
    pub(crate) fn is_symptom(self) -> bool {
        matches!(
            self,
            Self::Latency
                | Self::ClientLatency
                | Self::Failures
                | Self::Messages
                | Self::Shape
                | Self::SelfTime
                | Self::EdgeGap
        )
    }
}

/// One odd thing.
#[derive(Debug, Clone)]
pub(crate) struct Signal {
    pub(crate) component: u32,
    pub(crate) group: Group,
    /// What: a metric, an operation, a message.
    pub(crate) name: String,
    /// Signed and bounded; what is weak is already made small.
    pub(crate) value: f64,
    /// From what to what, in words.
    pub(crate) detail: String,
    pub(crate) cites: Vec<Place>,
    /// The change happened between these moments.
    pub(crate) onset: Option<(i64, i64)>,
    /// Seconds that an answer takes longer, where that is what changed.
    pub(crate) seconds: Option<f64>,
}

/// "5.3 ms", "30.0 s".
pub(super) fn told(seconds: f64) -> String {
    if seconds.abs() < 1.0 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.1} s") }
}
