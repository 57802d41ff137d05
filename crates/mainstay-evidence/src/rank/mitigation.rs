//! What may help at once and can be taken back, by kind of fault: for hypotheses that no pattern of
//! the library knows better.

use super::Kind;

/// One sentence: a step that does no harm when the hypothesis is wrong.
#[must_use]
pub fn safe_mitigation(kind: Kind) -> &'static str {
    match kind {
        Kind::Cpu => "add a replica or raise its processor limit; both can be taken back",
        Kind::Memory => {
            "save a heap profile first, then raise its memory limit or restart one replica"
        }
        Kind::Disk => {
            "make room by moving old files away, or grow the volume; delete nothing unseen"
        }
        Kind::Network => {
            "move one replica to another node and compare; change no rule for all at once"
        }
        Kind::Code => "roll one replica back to the version before and compare it with the others",
        Kind::Latency => {
            "add a replica or shed the least important load; take a thread dump before a restart"
        }
        Kind::Error => "send the failing calls to another replica, if there is one that answers",
        Kind::Overload => "limit the loudest caller or add a replica; both can be taken back",
        Kind::Config => {
            "take the change back on one replica first, and keep the new settings to compare"
        }
    }
}
