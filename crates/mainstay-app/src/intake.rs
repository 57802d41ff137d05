//! Intake: is it there, and who takes it. Every door asks `judge`, and `judge` asks the evidence.

use mainstay_core::case::{Command, IntakeCommand, IntakeState, ReturnReason};
use mainstay_core::event::{Event, Stream};
use mainstay_core::intake::assess::read_window;
use mainstay_core::intake::rate::{Rate, Tally};
use mainstay_core::intake::{
    Assessment, BundleFacts, Checklist, ChecklistSet, ChecklistSetForm, Facts, Mail, Report,
    SourceSpan, assess, event,
};
use mainstay_core::sla::Attributes;
use mainstay_core::{Action, Actor, BundleId, CaseNumber, UtcMicros, case, policy};
use mainstay_evidence::query::{Expression, Query, Term};
use mainstay_evidence::view::{Bundle as OpenBundle, ViewError};
use mainstay_store::{BundleState, CaseSummary};

use crate::case::{CaseDraft, Target, Written, finish, load, no_such_case, remembered};
use crate::repeat::check_version;
use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::{Checklists, Decision, Reported, Round};

/// The newest bundles of a case that are asked; older ones answered their question.
const BUNDLES_MAX: usize = 8;
/// Rates look back this far.
pub const RATE_DAYS: i64 = 90;
const DAY_US: i64 = 24 * 3_600 * 1_000_000;

/// The intake of a case, judged at this moment.
#[derive(Debug, Clone)]
pub struct IntakeView {
    /// `None` before anything was reported.
    pub state: Option<IntakeState>,
    pub checklist: Checklist,
    pub assessment: Assessment,
    pub reported: Option<Reported>,
    pub rounds: Vec<Round>,
}

/// What becomes of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hand {
    /// It is kept, and nobody is asked.
    Keep,
    /// It is handed over, if the score or the reason to override lets it.
    Over { team: String, override_reason: String },
    /// It is handed over if the score lets it, and kept otherwise: a mail cannot be asked back.
    OverIfItPasses { team: String },
}

/// How often the rounds of a team came back.
#[derive(Debug, Clone)]
pub struct TeamRate {
    pub team: String,
    pub tally: Tally,
    /// `None` while too few were decided.
    pub rate: Option<Rate>,
}

impl App {
    /// The intake of a case.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn intake(&self, actor: &Actor, number: CaseNumber) -> Result<IntakeView, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let summary = self.summary(number).await?;
        let reported = self.store().intake_report(summary.id).await?;
        let report = reported.as_ref().map(|it| it.report.clone()).unwrap_or_default();
        let (checklist, assessment) = self.judge_now(actor, &summary, &report).await?;
        // who may not see the evidence is told what was found when it was reported
        let assessment = match &reported {
            Some(reported) if !policy::allowed(actor.role, Action::ReadEvidence) => {
                reported.assessment.clone()
            }
            _ => assessment,
        };
        let rounds = self.store().intake_rounds(summary.id).await?;
        let state = summary.intake.map(|(state, _)| state);
        Ok(IntakeView { state, checklist, assessment, reported, rounds })
    }

    /// What a report would score now; nothing is kept.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`.
    pub async fn assess_intake(
        &self,
        actor: &Actor,
        number: CaseNumber,
        report: &Report,
    ) -> Result<(Checklist, Assessment), AppError> {
        policy::authorise(actor, Action::ReportIntake)?;
        report.check()?;
        let summary = self.summary(number).await?;
        self.judge_now(actor, &summary, report).await
    }

    /// Keeps a report, and hands it over as asked. `seen` is the revision the caller edited.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`; `stale` names what differs; `conflict` names what is
    /// missing.
    pub async fn report_intake(
        &self,
        request: &Request,
        number: CaseNumber,
        report: Report,
        seen: Option<u32>,
        hand: Hand,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::ReportIntake)?;
        report.check()?;
        let asked = fingerprint(
            "intake.report",
            &[&number.to_string(), &format!("{report:?}"), &format!("{seen:?} {hand:?}")],
        );
        let set = self.checklist_set().await?;
        let bundles = self.bundles(&request.actor, number).await?;
        let facts = self.facts(&request.actor, &bundles, &report).await?;
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        let (id, loaded) = load(&mut write, number).await?;
        check_version(request, number, loaded.version)?;
        let detail = write.case_detail(number).await?.ok_or_else(|| no_such_case(number))?;
        let assessment = judge(&set, &detail.summary, &report, &facts, meta.at).1;
        let report = Box::new(report);
        let command = match hand {
            Hand::OverIfItPasses { team } if may_submit(&assessment, loaded.state.as_ref()) => {
                let override_reason = String::new();
                IntakeCommand::Submit { report, assessment, seen, team, override_reason }
            }
            Hand::Keep | Hand::OverIfItPasses { .. } => {
                IntakeCommand::Report { report, assessment, seen }
            }
            Hand::Over { team, override_reason } => {
                IntakeCommand::Submit { report, assessment, seen, team, override_reason }
            }
        };
        let command = Command::Intake(Box::new(command));
        let events = case::decide(&loaded.state, command, &request.context(meta.at))?;
        finish(write, request, &asked, Target { id, number, version: loaded.version }, events).await
    }

    /// Takes what waits; whoever takes it owns the case.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `conflict` when nothing waits.
    pub async fn accept_intake(
        &self,
        request: &Request,
        number: CaseNumber,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::DecideIntake)?;
        let asked = fingerprint("intake.accept", &[&number.to_string()]);
        let command = Command::Intake(Box::new(IntakeCommand::Accept));
        self.command_case(request, number, asked, command).await
    }

    /// Gives back what waits, with the reason; the sender owns the case again.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict` when nothing waits.
    pub async fn return_intake(
        &self,
        request: &Request,
        number: CaseNumber,
        reason: ReturnReason,
        text: String,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::DecideIntake)?;
        let arguments = [&number.to_string(), reason.as_str(), &text];
        let asked = fingerprint("intake.return", &arguments);
        let command = Command::Intake(Box::new(IntakeCommand::Return { reason, text }));
        self.command_case(request, number, asked, command).await
    }

    /// A version of the checklists; without a number the newest. `None` when none was published.
    ///
    /// # Errors
    /// `forbidden`, `not_found` for a version that does not exist.
    pub async fn checklists(
        &self,
        actor: &Actor,
        version: Option<u32>,
    ) -> Result<Option<Checklists>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let found = self.store().checklists(version).await?;
        if found.is_none() && version.is_some() {
            return Err(AppError::not_found("no such version of the checklists"));
        }
        Ok(found)
    }

    /// Publishes the next version; `expected_version` of the request is the newest one the caller
    /// saw. What is submitted from now on is judged by it; what was judged stays.
    ///
    /// # Errors
    /// `forbidden`, `invalid` names what is wrong, `stale` when somebody published meanwhile.
    pub async fn publish_checklists(
        &self,
        request: &Request,
        set: ChecklistSetForm,
        reason: String,
    ) -> Result<Checklists, AppError> {
        policy::authorise(&request.actor, Action::PublishChecklists)?;
        let text = serde_json::to_string(&set)
            .map_err(|_| AppError::internal("checklists could not be written down"))?;
        let asked = fingerprint("intake.publish", &[&text, &reason]);
        let next = |last| Ok(Event::Intake(event::publish(last, set, reason)?));
        let version = self.publish(request, Stream::Checklists, &asked, next).await?;
        let found = self.store().checklists(Some(version)).await?;
        found.ok_or_else(|| AppError::internal("published checklists are not there"))
    }

    /// How often intake came back, per sending team: all teams for who may see them, and what one
    /// sent oneself for everybody else.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn return_rates(&self, actor: &Actor) -> Result<Vec<TeamRate>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let all = policy::allowed(actor.role, Action::ReadReturnRates);
        let since = UtcMicros(self.inner.clock.now().0 - RATE_DAYS * DAY_US);
        let tallies = self.store().intake_tallies(since, (!all).then_some(actor.user)).await?;
        let rated = |(team, tally): (String, Tally)| TeamRate { team, rate: tally.rate(), tally };
        Ok(tallies.into_iter().map(rated).collect())
    }

    async fn summary(&self, number: CaseNumber) -> Result<CaseSummary, AppError> {
        let found = self.store().case_by_number(number).await?;
        Ok(found.ok_or_else(|| no_such_case(number))?.summary)
    }

    async fn checklist_set(&self) -> Result<ChecklistSet, AppError> {
        match self.store().checklists(None).await? {
            None => Ok(ChecklistSet::built_in()),
            Some(published) => ChecklistSet::new(published.version, published.set)
                .map_err(|_| AppError::internal("published checklists are not readable")),
        }
    }

    async fn judge_now(
        &self,
        actor: &Actor,
        summary: &CaseSummary,
        report: &Report,
    ) -> Result<(Checklist, Assessment), AppError> {
        let set = self.checklist_set().await?;
        let facts = if policy::allowed(actor.role, Action::ReadEvidence) {
            let bundles = self.bundles(actor, summary.number).await?;
            self.facts(actor, &bundles, report).await?
        } else {
            Facts::default()
        };
        Ok(judge(&set, summary, report, &facts, self.inner.clock.now()))
    }

    /// What the bundles of a case say about a report.
    async fn facts(
        &self,
        actor: &Actor,
        bundles: &[crate::bundle::Bundle],
        report: &Report,
    ) -> Result<Facts, AppError> {
        let in_state = |state| bundles.iter().filter(move |bundle| bundle.state == state);
        let mut facts = Facts {
            reading: in_state(BundleState::Reading).count(),
            failed: in_state(BundleState::Failed).count(),
            ..Facts::default()
        };
        let ready: Vec<BundleId> = in_state(BundleState::Ready).map(|bundle| bundle.id).collect();
        let window = read_window(report, self.inner.clock.now()).ok();
        let window = window.map(|span| (span.from, span.to));
        for id in ready.into_iter().rev().take(BUNDLES_MAX) {
            let mut texts: Vec<String> = report.searched().map(str::to_owned).collect();
            texts.retain(|text| !facts.found.contains(text));
            let (bundle, found) =
                self.ask_bundle(actor, id, move |open| question(open, window, texts)).await?;
            facts.read.push(bundle);
            facts.found.extend(found);
        }
        Ok(facts)
    }
}

/// What one bundle says: its spans, whether it speaks in the window, and which texts it holds.
fn question(
    bundle: &OpenBundle,
    window: Option<(UtcMicros, UtcMicros)>,
    texts: Vec<String>,
) -> Result<(BundleFacts, Vec<String>), ViewError> {
    let holds = |term: Term| bundle.count(&Query::default().and(Expression::Term(term)));
    let spans = bundle.sources().iter().filter_map(|source| {
        source.first.zip(source.last).map(|(first, last)| SourceSpan { first, last })
    });
    let spans = spans.collect();
    let records_in_window = match window {
        Some((from, to)) => {
            // the end of a time of a query is not part of it
            holds(Term::Time { from: Some(from), to: Some(UtcMicros(to.0.saturating_add(1))) })?
        }
        None => 0,
    };
    let mut found = Vec::new();
    for text in texts {
        if holds(Term::Text(text.clone()))? > 0 {
            found.push(text);
        }
    }
    Ok((BundleFacts { spans, records_in_window }, found))
}

/// The one place where a report meets its checklist.
fn judge(
    set: &ChecklistSet,
    case: &CaseSummary,
    report: &Report,
    facts: &Facts,
    at: UtcMicros,
) -> (Checklist, Assessment) {
    let attributes = Attributes {
        severity: case.severity,
        customer: &case.customer,
        product: &case.product,
        version: &case.version,
        tier: &case.tier,
    };
    let checklist = set.choose(attributes);
    let assessment = assess((set.version(), checklist), case.severity, report, facts, at);
    (checklist.clone(), assessment)
}

fn may_submit(assessment: &Assessment, case: Option<&case::Case>) -> bool {
    let state = case.and_then(|case| case.intake.as_ref()).map(|intake| intake.state);
    let is_free = matches!(state, None | Some(IntakeState::Draft | IntakeState::Returned));
    assessment.passes() && is_free
}

impl App {
    /// The case of a mail: the one it names, or a new one. The same mail twice is one case.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`.
    pub async fn open_mail(&self, request: &Request, mail: &Mail) -> Result<CaseNumber, AppError> {
        policy::authorise(&request.actor, Action::ReportIntake)?;
        if let Some(number) = mail.case_number()? {
            let number = self.living(number).await?.unwrap_or(number);
            return Ok(self.summary(number).await?.number);
        }
        mail.report.check()?;
        let draft = CaseDraft {
            subject: mail.subject.clone(),
            severity: mail.severity,
            customer: mail.customer.clone(),
            product: mail.product.clone(),
            version: mail.version.clone(),
            description: mail.description(),
            sample: false,
        };
        let request = request.clone().with_key(format!("mail/{}/open", mail.message_id));
        Ok(self.open_case(&request, draft).await?.number)
    }

    /// Hands over what a mail reports, if the score lets it, and keeps it otherwise.
    ///
    /// # Errors
    /// As `report_intake`.
    pub async fn take_mail(
        &self,
        request: &Request,
        number: CaseNumber,
        mail: &Mail,
    ) -> Result<IntakeView, AppError> {
        let hand = Hand::OverIfItPasses { team: mail.team.clone() };
        let keyed = request.clone().with_key(format!("mail/{}/report", mail.message_id));
        self.report_intake(&keyed, number, mail.report.clone(), None, hand).await?;
        self.intake(&request.actor, number).await
    }
}
