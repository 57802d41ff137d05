//! Hypotheses that people take up and judge, and the bundle that shows a case without fault.

use mainstay_core::case::{Command, Judgement, STATEMENT_CHARACTERS_MAX, Suspicion};
use mainstay_core::{Action, Actor, BundleId, CaseNumber, HypothesisNumber, policy};

use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::Hypothesis;

impl App {
    /// Takes up the hypothesis that the ranking states of a component. The same one twice gives the
    /// same number.
    ///
    /// # Errors
    /// `forbidden`, `not_found` for the case, the bundle or the suspect, `conflict`.
    pub async fn pin_hypothesis(
        &self,
        request: &Request,
        number: CaseNumber,
        bundle: BundleId,
        reference: Option<BundleId>,
        component: &str,
    ) -> Result<Hypothesis, AppError> {
        policy::authorise(&request.actor, Action::PinEvidence)?;
        let ranking = self.ranking(&request.actor, bundle, reference).await?;
        let found = ranking.diagnosis.hypotheses.into_iter().find(|it| it.component == component);
        let found = found.ok_or_else(|| {
            AppError::not_found("the ranking suspects no such component; load it again")
        })?;
        let kind = found.kind.as_str();
        let suspicion = Suspicion {
            bundle,
            reference,
            component: component.to_owned(),
            kind: kind.to_owned(),
            statement: found.statement.chars().take(STATEMENT_CHARACTERS_MAX).collect(),
        };
        let arguments = [
            number.to_string(),
            bundle.to_string(),
            reference.map_or_else(String::new, |it| it.to_string()),
            component.to_owned(),
        ];
        let asked = fingerprint("hypothesis.pin", &arguments.each_ref().map(String::as_str));
        self.command_case(request, number, asked, Command::PinHypothesis { suspicion }).await?;
        let all = self.hypotheses_of_case(&request.actor, number).await?;
        let pinned = all
            .into_iter()
            .find(|it| it.bundle == bundle && it.component == component && it.kind == kind);
        pinned.ok_or_else(|| AppError::internal("a pinned hypothesis is not there"))
    }

    /// Says what was found out about a hypothesis, and why.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` without a reason, `conflict`.
    pub async fn judge_hypothesis(
        &self,
        request: &Request,
        number: CaseNumber,
        hypothesis: HypothesisNumber,
        judgement: Judgement,
        reason: String,
    ) -> Result<Hypothesis, AppError> {
        policy::authorise(&request.actor, Action::JudgeHypothesis)?;
        self.check_foreign_citations(number, &reason).await?;
        let case = number.to_string();
        let arguments = [&case, &hypothesis.to_string(), judgement.as_str(), &reason];
        let asked = fingerprint("hypothesis.judge", &arguments);
        let command = Command::JudgeHypothesis { hypothesis, judgement, reason };
        self.command_case(request, number, asked, command).await?;
        self.hypothesis(&request.actor, number, hypothesis).await
    }

    /// What was taken up in a case, by number.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn hypotheses_of_case(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<Vec<Hypothesis>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        Ok(self.store().hypotheses_of_case(case).await?)
    }

    /// What a citation of a hypothesis leads to.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn hypothesis(
        &self,
        actor: &Actor,
        number: CaseNumber,
        hypothesis: HypothesisNumber,
    ) -> Result<Hypothesis, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        let found = self.store().hypothesis(case, hypothesis).await?;
        found.ok_or_else(|| AppError::not_found(format!("no hypothesis {hypothesis} in {number}")))
    }

    /// Says which bundle of the case shows the system of another without fault; `None` takes it
    /// back.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` for the bundle itself, `conflict`.
    pub async fn choose_reference(
        &self,
        request: &Request,
        bundle: BundleId,
        reference: Option<BundleId>,
    ) -> Result<(), AppError> {
        policy::authorise(&request.actor, Action::PinEvidence)?;
        let number = self.bundle(&request.actor, bundle).await?.case_number;
        let named = reference.map_or_else(String::new, |it| it.to_string());
        let asked = fingerprint("reference.choose", &[&bundle.to_string(), &named]);
        let command = Command::ChooseReference { bundle, reference };
        self.command_case(request, number, asked, command).await?;
        Ok(())
    }
}
