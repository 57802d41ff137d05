//! Hypotheses that people took up and what they judged of them, and which bundle shows the system
//! without fault. What ranks them is `mainstay-evidence`; here stands what it said at that time.

use serde::{Deserialize, Serialize};

use super::{
    Case, Event, LABEL_CHARACTERS_MAX, REASON_CHARACTERS_MAX, check_length, check_text,
    require_open,
};
use crate::citation::HypothesisNumber;
use crate::id::BundleId;
use crate::refusal::Refusal;

/// A component's name comes from the bundle; longer is a text.
pub const COMPONENT_CHARACTERS_MAX: usize = 500;
/// One sentence with a quoted message.
pub const STATEMENT_CHARACTERS_MAX: usize = 2_000;
/// Who takes up more than this tests nothing.
pub const HYPOTHESES_PER_CASE_MAX: u32 = 1_000;

/// What a person found out about a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    Confirmed,
    Refuted,
    Inconclusive,
}

impl Judgement {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Refuted, Self::Inconclusive];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Refuted => "refuted",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// A word that is no judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a judgement: confirmed, refuted or inconclusive")]
pub struct NotAJudgement;

impl std::str::FromStr for Judgement {
    type Err = NotAJudgement;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|judgement| judgement.as_str() == text).ok_or(NotAJudgement)
    }
}

/// A hypothesis as the ranking stated it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    pub bundle: BundleId,
    /// The bundle without fault it was ranked against.
    pub reference: Option<BundleId>,
    pub component: String,
    pub kind: String,
    pub statement: String,
}

/// A hypothesis of the case, as its rules need to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hypothesis {
    pub number: HypothesisNumber,
    pub bundle: BundleId,
    pub component: String,
    pub kind: String,
    /// The newest, with its reason.
    pub judged: Option<(Judgement, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HypothesisPinned {
    pub hypothesis: HypothesisNumber,
    pub bundle: BundleId,
    pub reference: Option<BundleId>,
    pub component: String,
    pub kind: String,
    /// Redacted, as the ranking stated it.
    pub statement: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HypothesisJudged {
    pub hypothesis: HypothesisNumber,
    pub judgement: Judgement,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceChosen {
    pub bundle: BundleId,
    /// `None`: it is looked at alone again.
    pub reference: Option<BundleId>,
}

/// Taking the same hypothesis up twice answers with the number it has.
pub(super) fn pin(case: &Case, suspicion: Suspicion) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    require_attached(case, suspicion.bundle)?;
    if let Some(reference) = suspicion.reference {
        require_attached(case, reference)?;
    }
    check_text("component", &suspicion.component, COMPONENT_CHARACTERS_MAX)?;
    check_length("kind", &suspicion.kind, LABEL_CHARACTERS_MAX)?;
    check_length("statement", &suspicion.statement, STATEMENT_CHARACTERS_MAX)?;
    let Suspicion { bundle, reference, component, kind, statement } = suspicion;
    let known =
        |it: &&Hypothesis| it.bundle == bundle && it.component == component && it.kind == kind;
    if case.hypotheses.iter().find(known).is_some() {
        return Ok(vec![]);
    }
    let last = case.hypotheses.iter().map(|it| it.number.0).max().unwrap_or(0);
    if last >= HYPOTHESES_PER_CASE_MAX {
        return Err(Refusal::conflict(format!(
            "{} has {HYPOTHESES_PER_CASE_MAX} hypotheses, the most a case may have",
            case.number
        )));
    }
    let hypothesis = HypothesisNumber(last + 1);
    Ok(vec![Event::HypothesisPinned(HypothesisPinned {
        hypothesis,
        bundle,
        reference,
        component,
        kind,
        statement,
    })])
}

/// A judgement can be changed; each stands in the log with its reason.
pub(super) fn judge(
    case: &Case,
    hypothesis: HypothesisNumber,
    judgement: Judgement,
    reason: String,
) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    let Some(known) = case.hypotheses.iter().find(|it| it.number == hypothesis) else {
        return Err(Refusal::not_found(format!("no hypothesis {hypothesis} in {}", case.number)));
    };
    check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
    let same = known.judged.as_ref().is_some_and(|it| it.0 == judgement && it.1 == reason);
    Ok(if same {
        vec![]
    } else {
        vec![Event::HypothesisJudged(HypothesisJudged { hypothesis, judgement, reason })]
    })
}

pub(super) fn choose_reference(
    case: &Case,
    bundle: BundleId,
    reference: Option<BundleId>,
) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    require_attached(case, bundle)?;
    if let Some(reference) = reference {
        require_attached(case, reference)?;
        if reference == bundle {
            return Err(Refusal::invalid("a bundle is no reference for itself; choose another"));
        }
    }
    let before = case.references.iter().find(|(of, _)| *of == bundle).map(|(_, known)| *known);
    Ok(if before == reference {
        vec![]
    } else {
        vec![Event::ReferenceChosen(ReferenceChosen { bundle, reference })]
    })
}

fn require_attached(case: &Case, bundle: BundleId) -> Result<(), Refusal> {
    if case.bundles.contains(&bundle) {
        return Ok(());
    }
    Err(Refusal::not_found(format!("the bundle is not attached to {}", case.number)))
}

/// What the three events do to the case.
pub(super) fn evolve(case: &mut Case, event: &Event) {
    match event {
        Event::HypothesisPinned(pinned) => case.hypotheses.push(Hypothesis {
            number: pinned.hypothesis,
            bundle: pinned.bundle,
            component: pinned.component.clone(),
            kind: pinned.kind.clone(),
            judged: None,
        }),
        Event::HypothesisJudged(judged) => {
            let known = case.hypotheses.iter_mut().find(|it| it.number == judged.hypothesis);
            if let Some(known) = known {
                known.judged = Some((judged.judgement, judged.reason.clone()));
            }
        }
        Event::ReferenceChosen(chosen) => {
            case.references.retain(|(of, _)| *of != chosen.bundle);
            case.references.extend(chosen.reference.map(|reference| (chosen.bundle, reference)));
        }
        _ => {}
    }
}
