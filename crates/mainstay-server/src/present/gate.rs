//! What a case is closed with.

use mainstay_core::case::{Confirmation, Gate, Kept, Left};

use crate::dto;

dto::twin!(dto::case::Confirmation = Confirmation { Customer, Monitoring, Nobody });
dto::twin!(dto::case::Kept = Kept { Linked, Created, NotNeeded });

pub(crate) fn gate(gate: &Gate) -> dto::case::Gate {
    let left = |left: &Left| dto::case::Left { kept: left.kept.into(), text: left.text.clone() };
    dto::case::Gate {
        confirmed: gate.confirmed.into(),
        confirmed_how: gate.confirmed_how.clone(),
        cause: gate.cause.clone(),
        signature: left(&gate.signature),
        article: left(&gate.article),
    }
}

/// The answers of the gate as core checks them.
pub(crate) fn gate_of(gate: dto::case::Gate) -> Gate {
    let left = |left: dto::case::Left| Left { kept: left.kept.into(), text: left.text };
    Gate {
        confirmed: gate.confirmed.into(),
        confirmed_how: gate.confirmed_how,
        cause: gate.cause,
        signature: left(gate.signature),
        article: left(gate.article),
    }
}
