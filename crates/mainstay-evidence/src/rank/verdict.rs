//! Fault, no fault, or not decided; and how sure.

use serde::{Deserialize, Serialize};

use super::constant::AT_FAULT;
use super::hypothesis::{Hypothesis, Status};

/// What the engine says of a bundle as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Fault,
    NoFault,
    Inconclusive,
}

impl Verdict {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::NoFault => "no_fault",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// What there was to judge by.
pub(super) struct Grounds {
    pub(super) has_baseline: bool,
    /// At least one signal speaks of the window.
    pub(super) covered: bool,
    /// What keeps it from being called healthy.
    pub(super) not_healthy: Option<String>,
}

/// The verdict and the sentence that says why.
pub(super) fn decide(hypotheses: &[Hypothesis], grounds: &Grounds) -> (Verdict, String) {
    let best = hypotheses.first();
    let supported = hypotheses.iter().find(|it| it.status == Status::Supported);
    if let Some(best) = supported
        && (grounds.has_baseline || best.has_statement())
    {
        let why = format!("{}: {}", best.component, best.statement);
        return (Verdict::Fault, why);
    }
    if !grounds.covered {
        return (Verdict::Inconclusive, "no signal covers the time of the symptom".to_owned());
    }
    if !grounds.has_baseline {
        let why =
            "there is no baseline to compare with: neither a reference nor a calm time before";
        return (Verdict::Inconclusive, why.to_owned());
    }
    match best {
        Some(best) if best.own_score >= AT_FAULT => {
            let why = match best.against.first() {
                Some(against) => format!("{} stands out, but {against}", best.component),
                None => format!("{} stands out, but no second signal supports it", best.component),
            };
            (Verdict::Inconclusive, why)
        }
        _ => match &grounds.not_healthy {
            Some(lacking) => (Verdict::Inconclusive, lacking.clone()),
            None => {
                let why = "every component is within what varies by itself; see what was examined";
                (Verdict::NoFault, why.to_owned())
            }
        },
    }
}

/// Scores and how often a first suspect with such a score is right. Set by hand from what invented
/// systems and the visible cases gave; ten cases fit no curve. Between two rows it is interpolated.
const RELIABILITY: [(f64, f64); 6] =
    [(0.0, 0.02), (2.0, 0.15), (AT_FAULT, 0.45), (6.0, 0.7), (12.0, 0.85), (25.0, 0.93)];

/// How sure a score is, 0 to 1; a close second makes it less sure.
pub(super) fn confidence(score: f64, second: f64) -> f64 {
    let above = RELIABILITY.iter().position(|row| row.0 > score);
    let alone = match above {
        None => RELIABILITY[RELIABILITY.len() - 1].1,
        Some(0) => RELIABILITY[0].1,
        Some(at) => {
            let (low, high) = (RELIABILITY[at - 1], RELIABILITY[at]);
            low.1 + (high.1 - low.1) * (score - low.0) / (high.0 - low.0)
        }
    };
    let lead = if score > 0.0 { 1.0 - second / score } else { 0.0 };
    alone * (0.6 + 0.4 * lead.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_rises_with_score_and_lead() {
        assert!(confidence(10.0, 0.0) > confidence(4.0, 0.0));
        assert!(confidence(10.0, 0.0) > confidence(10.0, 9.0));
        assert!(confidence(1e9, 0.0) <= 1.0 && confidence(0.0, 0.0) >= 0.0);
    }
}
