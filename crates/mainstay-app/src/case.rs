//! Cases: the use cases of the queue and of one case.

use mainstay_core::case::{self, Audience, Command, Gate, Kept, Left, PoliciesPinned};
use mainstay_core::citation::find_in_text;
use mainstay_core::event::{Event, Stream};
use mainstay_core::{
    Action, Actor, CaseId, CaseNumber, CustomerId, Item, NoteId, Refusal, Severity,
    SignatureNumber, Status, UserId, policy,
};
use mainstay_store::{Loaded, Write};
use serde::{Deserialize, Serialize};

use crate::customer::no_such_customer;
use crate::repeat::{self, check_version};
use crate::request::{Request, fingerprint};
use crate::signature::no_such_signature;
use crate::{App, AppError, customer, markdown, person, sla, swarm};

pub use mainstay_core::case::Then;

pub use mainstay_store::{
    CaseDetail, CaseSummary, Owner, Queue, QueueCounts, QueuePage, QueueSort, TimelineEntry,
    TimelinePage,
};

/// A page of a timeline or a queue: more is a scroll, not a page.
pub const PAGE_MAX: u32 = 500;

/// What a new case is made of.
#[derive(Debug, Clone)]
pub struct CaseDraft {
    pub subject: String,
    pub severity: Severity,
    pub customer: String,
    pub product: String,
    pub version: String,
    pub description: String,
    pub sample: bool,
}

/// What a write left behind; the same for a repeated request with the same key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    pub number: CaseNumber,
    pub version: u64,
    /// The newest entry of the timeline after the write.
    pub entry: u64,
}

/// What is asked of a case, before the policy and the rules were asked.
#[derive(Debug, Clone)]
pub enum Ask {
    Assign {
        assignee: Option<UserId>,
    },
    SetSeverity {
        severity: Severity,
        reason: String,
    },
    Note {
        audience: Audience,
        text: String,
        then: Then,
    },
    CustomerWrote {
        contact: String,
        text: String,
    },
    SetStatus {
        status: Status,
        waits_on: String,
        reason: String,
    },
    Close {
        reason: String,
        gate: Box<Gate>,
    },
    /// What was decided, for who comes later.
    Decide {
        decision: String,
        reason: String,
    },
    Resolve {
        resolution: String,
    },
    Reopen {
        reason: String,
    },
    /// Whose case it is: somebody of the list by id or name, or free text.
    SetCustomer {
        customer: Option<CustomerId>,
        name: String,
    },
}

impl Ask {
    fn action(&self) -> Action {
        match self {
            Self::Assign { .. } => Action::AssignCase,
            Self::SetSeverity { .. } => Action::SetSeverity,
            Self::Note { audience: Audience::Internal, .. } => Action::WriteInternalNote,
            Self::Note { audience: Audience::Public, .. } => Action::WritePublicNote,
            Self::CustomerWrote { .. } => Action::RecordCustomer,
            Self::SetStatus { .. } => Action::SetStatus,
            Self::Close { .. } => Action::CloseCase,
            Self::Decide { .. } => Action::Decide,
            Self::Resolve { .. } => Action::ResolveCase,
            Self::Reopen { .. } => Action::ReopenCase,
            Self::SetCustomer { .. } => Action::SetCustomer,
        }
    }

    /// Equal asks have equal texts; the idempotency key is checked against it.
    fn fingerprint(&self, number: CaseNumber) -> [u8; 32] {
        let asked = match self {
            // a plain note reads as it did before notes could bring something with them
            Self::Note { audience, text, then } if *then == Then::default() => {
                format!("Note {{ audience: {audience:?}, text: {text:?} }}")
            }
            ask => format!("{ask:?}"),
        };
        fingerprint("case", &[&number.to_string(), &asked])
    }
}

impl App {
    /// Opens a case.
    ///
    /// # Errors
    /// `forbidden`, `invalid` with the field, `key_reused`.
    pub async fn open_case(
        &self,
        request: &Request,
        draft: CaseDraft,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::OpenCase)?;
        let asked = fingerprint("case.open", &[&format!("{draft:?}")]);
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        let id = CaseId::from_uuid(self.inner.clock.new_id());
        let number = CaseNumber(write.next_number("case").await?);
        let customer = draft.customer.clone();
        let opened = case::Opened {
            case: id,
            number,
            subject: draft.subject,
            severity: draft.severity,
            customer: draft.customer,
            product: draft.product,
            version: draft.version,
            description: draft.description,
            sample: draft.sample,
        };
        let context = request.context(meta.at);
        let mut events = case::decide(&None, Command::Open(opened), &context)?;
        let policies = write.last_policies().await?;
        if policies > 0 {
            events.push(case::Event::PoliciesPinned(PoliciesPinned { version: policies }));
        }
        let chosen = customer::chosen(&mut write, &customer).await?;
        if chosen.customer.is_some() {
            events.push(case::Event::CustomerSet(chosen));
        }
        finish(write, request, &asked, Target { id, number, version: 0 }, events).await
    }

    /// Does what is asked of a case, if the policy, the rules and the expected version agree.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict`, `key_reused`.
    pub async fn ask_case(
        &self,
        request: &Request,
        number: CaseNumber,
        ask: Ask,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, ask.action())?;
        // what the customer says to a merged case is said to the one it went into
        let number = match ask {
            Ask::CustomerWrote { .. } => self.living(number).await?.unwrap_or(number),
            _ => number,
        };
        let asked = ask.fingerprint(number);
        let command = self.command_of(number, ask).await?;
        self.command_case(request, number, asked, command).await
    }

    /// The command of the core, with what only the store knows checked.
    async fn command_of(&self, number: CaseNumber, ask: Ask) -> Result<Command, AppError> {
        Ok(match ask {
            // whether they are there is asked in the write, where nobody removes them
            Ask::Assign { assignee } => Command::Assign { assignee },
            Ask::SetSeverity { severity, reason } => Command::SetSeverity { severity, reason },
            Ask::Note { audience, text, then } => {
                self.check_foreign_citations(number, &text).await?;
                let note = NoteId::from_uuid(self.inner.clock.new_id());
                Command::Note { note, audience, text, then }
            }
            Ask::CustomerWrote { contact, text } => {
                let comment = NoteId::from_uuid(self.inner.clock.new_id());
                Command::CustomerWrote { comment, contact, text }
            }
            Ask::SetStatus { status, waits_on, reason } => {
                Command::SetStatus { status, waits_on, reason }
            }
            Ask::Close { reason, gate } => {
                self.check_foreign_citations(number, &gate.cause).await?;
                self.check_signature(&gate.signature).await?;
                Command::Close { reason, gate: *gate }
            }
            Ask::Decide { decision, reason } => {
                self.check_foreign_citations(number, &reason).await?;
                Command::Decide { decision, reason }
            }
            Ask::Resolve { resolution } => Command::Resolve { resolution },
            Ask::Reopen { reason } => Command::Reopen { reason },
            Ask::SetCustomer { customer, name } => {
                let found = match customer {
                    Some(id) => {
                        Some(self.store().customer(id).await?.ok_or_else(no_such_customer)?)
                    }
                    None => self.store().customer_by_name(&name).await?,
                };
                let free = case::CustomerSet { customer: None, name, tier: String::new() };
                Command::SetCustomer(found.map_or(free, customer::set_to))
            }
        })
    }

    /// A signature that a case is closed with is one of the desk's.
    async fn check_signature(&self, left: &Left) -> Result<(), AppError> {
        if left.kept == Kept::NotNeeded {
            return Ok(());
        }
        let number: SignatureNumber = left
            .text
            .trim()
            .parse()
            .map_err(|_| Refusal::invalid("name the signature by its number, like SIG-1001"))?;
        let found = self.store().signature(number).await?;
        found.map(|_| ()).ok_or_else(|| no_such_signature(number))
    }

    /// A citation always resolves: those of other cases are looked up, those of this case are a
    /// rule of the core.
    pub(crate) async fn check_foreign_citations(
        &self,
        number: CaseNumber,
        text: &str,
    ) -> Result<(), AppError> {
        for hit in find_in_text(text, number) {
            let citation = hit.citation;
            if citation.case == number {
                continue;
            }
            let found = match (self.store().case_id(citation.case).await?, citation.item) {
                (Some(case), Item::Evidence(evidence)) => {
                    self.store().evidence(case, evidence).await?.is_some()
                }
                (Some(case), Item::Hypothesis(hypothesis)) => {
                    self.store().hypothesis(case, hypothesis).await?.is_some()
                }
                (None, _) => false,
            };
            if !found {
                return Err(AppError::not_found(format!("{citation} does not exist")));
            }
        }
        Ok(())
    }

    pub(crate) async fn command_case(
        &self,
        request: &Request,
        number: CaseNumber,
        asked: [u8; 32],
        command: Command,
    ) -> Result<Written, AppError> {
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        if let Command::Assign { assignee: Some(user) } = &command {
            person::require_active(&mut write, *user).await?;
        }
        let (id, loaded) = load(&mut write, number).await?;
        check_version(request, number, loaded.version)?;
        let events = case::decide(&loaded.state, command, &request.context(meta.at))?;
        let target = Target { id, number, version: loaded.version };
        finish(write, request, &asked, target, events).await
    }

    /// A page of the queue.
    ///
    /// # Errors
    /// `forbidden`, `invalid` for a cursor that is not ours.
    pub async fn queue(&self, actor: &Actor, queue: &Queue) -> Result<QueuePage, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        Ok(self.store().queue(queue).await?)
    }

    /// How many cases each view holds.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn queue_counts(&self, actor: &Actor) -> Result<QueueCounts, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        Ok(self.store().queue_counts(actor.user).await?)
    }

    /// One case.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn case(&self, actor: &Actor, number: CaseNumber) -> Result<CaseDetail, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let found = self.store().case_by_number(number).await?;
        found.ok_or_else(|| no_such_case(number))
    }

    /// A page of a case's timeline, oldest first.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn timeline(
        &self,
        actor: &Actor,
        number: CaseNumber,
        after: u64,
        limit: u32,
    ) -> Result<TimelinePage, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        Ok(self.store().timeline(case, after, limit.min(PAGE_MAX)).await?)
    }

    /// One entry of a timeline.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn timeline_entry(
        &self,
        actor: &Actor,
        written: &Written,
    ) -> Result<TimelineEntry, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(written.number).await?;
        let entry = self.store().timeline_entry(case, written.entry).await?;
        entry.ok_or_else(|| AppError::not_found("no such entry"))
    }

    /// A text of a case as clean HTML, its citations as links.
    #[must_use]
    pub fn render(&self, text: &str, number: CaseNumber) -> String {
        markdown::render(text, number)
    }

    pub(crate) async fn case_id(&self, number: CaseNumber) -> Result<CaseId, AppError> {
        let found = self.store().case_id(number).await?;
        found.ok_or_else(|| no_such_case(number))
    }
}

pub(crate) struct Target {
    pub(crate) id: CaseId,
    pub(crate) number: CaseNumber,
    pub(crate) version: u64,
}

pub(crate) fn no_such_case(number: CaseNumber) -> AppError {
    AppError::not_found(format!("no case {number}"))
}

/// The first result, when the request came before under the same key.
pub(crate) async fn remembered(
    write: &mut Write,
    request: &Request,
    asked: &[u8; 32],
) -> Result<Option<Written>, AppError> {
    let Some(stored) = repeat::first_result::<String>(write, request, asked).await? else {
        return Ok(None);
    };
    let written = serde_json::from_str(&stored)
        .map_err(|_| AppError::internal("a remembered result is not readable"))?;
    Ok(Some(written))
}

pub(crate) async fn load(
    write: &mut Write,
    number: CaseNumber,
) -> Result<(CaseId, Loaded<case::State>), AppError> {
    let id = write.case_by_number(number).await?.ok_or_else(|| no_such_case(number))?;
    Ok((id, write.load_case(id).await?))
}

/// Appends what was decided, remembers the result under the request's key, and commits.
pub(crate) async fn finish(
    mut write: Write,
    request: &Request,
    asked: &[u8; 32],
    target: Target,
    events: Vec<case::Event>,
) -> Result<Written, AppError> {
    swarm::set_bells(&mut write, target.id, &events).await?;
    let events: Vec<Event> = events.into_iter().map(Event::Case).collect();
    let version = write.append(Stream::Case(target.id), target.version, &events).await?;
    conclude(write, request, asked, Target { version, ..target }).await
}

/// Sets the bells that moved, remembers the result under the request's key, and commits. The target
/// has the version after the write.
pub(crate) async fn conclude(
    mut write: Write,
    request: &Request,
    asked: &[u8; 32],
    Target { id, number, version }: Target,
) -> Result<Written, AppError> {
    sla::set_bells(&mut write).await?;
    let entry = write.last_entry(id).await?.map_or(0, |entry| entry.sequence);
    let written = Written { number, version, entry };
    let result = serde_json::to_string(&written)
        .map_err(|_| AppError::internal("a result could not be remembered"))?;
    repeat::remember(&mut write, request, asked, &result).await?;
    write.commit().await?;
    Ok(written)
}
