//! How cases belong together: links, merges, splits, and who hears of a case.
//!
//! Every change is written to both cases in one transaction. The rules are in `mainstay_core::link`.

use std::collections::BTreeSet;

use mainstay_core::case::{self, Command, PoliciesPinned};
use mainstay_core::contact::{Informed, Side, informed};
use mainstay_core::event::{Event, Stream};
use mainstay_core::link::{self, Breached, End, Parts, Relation, Taken};
use mainstay_core::sla::clock::State;
use mainstay_core::sla::{Attributes, PolicySet, board};
use mainstay_core::{
    Action, Actor, CaseId, CaseNumber, EvidenceNumber, Refusal, UtcMicros, policy,
};
use mainstay_store::{CaseDetail, CaseSummary, Write};

use crate::case::{Target, Written, conclude, no_such_case, remembered};
use crate::repeat::check_version;
use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::{Link, Merged};

/// More cases than this suffer from an incident, which has its own page.
pub const SUFFERERS_MAX: u32 = 500;
/// A chain of merges is short; a longer one is not followed.
const MERGES_MAX: usize = 50;

/// What a case is to others.
#[derive(Debug, Clone)]
pub struct RelatedView {
    pub links: Vec<Link>,
    pub merged_into: Option<CaseNumber>,
    /// What went into it.
    pub merged: Vec<Merged>,
    /// Who hears what is said in it.
    pub informed: Vec<Informed>,
    /// The cases that suffer from it.
    pub sufferers: Vec<CaseSummary>,
}

/// What becomes a case of its own.
#[derive(Debug, Clone)]
pub struct SplitDraft {
    pub subject: String,
    /// Places in the timeline of the first case.
    pub messages: Vec<u64>,
    pub evidence: Vec<EvidenceNumber>,
    pub reason: String,
}

/// Whether two cases belong together from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    Link,
    Unlink,
}

/// One case of a change of two.
struct Half {
    id: CaseId,
    number: CaseNumber,
    version: u64,
    case: case::Case,
}

impl App {
    /// Says what a case is to another one, or that it is so no more.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `conflict` for a circle.
    pub async fn tie_case(
        &self,
        request: &Request,
        number: CaseNumber,
        tie: Tie,
        (relation, end): (Relation, End),
        other: CaseNumber,
        reason: &str,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::LinkCase)?;
        let use_case = match tie {
            Tie::Link => "case.link",
            Tie::Unlink => "case.unlink",
        };
        let pair = [&number.to_string(), end.word(relation), &other.to_string(), reason];
        let asked = fingerprint(use_case, &pair);
        let mut write = self.store().begin(&self.meta(request)).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        write.lock_links().await?;
        let (one, two) = halves(&mut write, number, other).await?;
        check_version(request, number, one.version)?;
        let (from, to) = if end == End::From { (one, two) } else { (two, one) };
        let both = match tie {
            Tie::Unlink => Some(link::unlink(&from.case, &to.case, relation, reason)?),
            Tie::Link => {
                let above = match relation.is_acyclic() {
                    true => write.above(to.id, relation).await?,
                    false => BTreeSet::new(),
                };
                link::link(&from.case, &to.case, relation, reason, &above)?
            }
        };
        finish_both(write, request, &asked, (from, to), both).await
    }

    /// Merges a case into another one of the same customer.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict`.
    pub async fn merge_case(
        &self,
        request: &Request,
        child: CaseNumber,
        parent: CaseNumber,
        reason: &str,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::MergeCase)?;
        let pair = [&child.to_string(), &parent.to_string(), reason];
        let asked = fingerprint("case.merge", &pair);
        let meta = self.meta(request);
        let taken = self.taken(child, meta.at).await?;
        let mut write = self.store().begin(&meta).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        let (from, to) = halves(&mut write, child, parent).await?;
        check_version(request, child, from.version)?;
        let both = link::merge(&from.case, &to.case, taken, reason)?;
        finish_both(write, request, &asked, (from, to), Some(both)).await
    }

    /// Takes a merge back, whenever it was.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` without a reason, `conflict`.
    pub async fn unmerge_case(
        &self,
        request: &Request,
        child: CaseNumber,
        reason: &str,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::MergeCase)?;
        let asked = fingerprint("case.unmerge", &[&child.to_string(), reason]);
        let mut write = self.store().begin(&self.meta(request)).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        self.case_id(child).await?;
        let parent =
            self.store().merged_into(child).await?.ok_or_else(|| {
                Refusal::conflict(format!("{child} is not merged into another case"))
            })?;
        let (from, to) = halves(&mut write, child, parent).await?;
        check_version(request, child, from.version)?;
        let both = link::unmerge(&from.case, &to.case, reason)?;
        finish_both(write, request, &asked, (from, to), Some(both)).await
    }

    /// Opens a case with a part of another one.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict`.
    pub async fn split_case(
        &self,
        request: &Request,
        number: CaseNumber,
        draft: SplitDraft,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::MergeCase)?;
        let asked = fingerprint("case.split", &[&number.to_string(), &format!("{draft:?}")]);
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        write.lock_links().await?;
        let first = half(&mut write, number).await?;
        check_version(request, number, first.version)?;
        let CaseDetail { summary, .. } =
            write.case_detail(number).await?.ok_or_else(|| no_such_case(number))?;
        let wanted: BTreeSet<u64> = draft.messages.iter().copied().collect();
        let mut messages = write.messages(first.id).await?;
        messages.retain(|message| wanted.contains(&message.sequence));
        if messages.len() != wanted.len() {
            return Err(AppError::not_found("a chosen message is not one of the case"));
        }
        let id = CaseId::from_uuid(self.inner.clock.new_id());
        let new_number = CaseNumber(write.next_number("case").await?);
        let opened = case::Opened {
            case: id,
            number: new_number,
            subject: draft.subject,
            severity: summary.severity,
            customer: summary.customer,
            product: summary.product,
            version: summary.version,
            description: cited(number, &draft.evidence),
            sample: summary.sample,
        };
        let context = request.context(meta.at);
        let mut opening = case::decide(&None, Command::Open(opened), &context)?;
        if let Some(version) = first.case.policies {
            opening.push(case::Event::PoliciesPinned(PoliciesPinned { version }));
        }
        if let Some(set) = &first.case.customer {
            opening.push(case::Event::CustomerSet(set.clone()));
        }
        let new = opening.iter().fold(None, case::evolve);
        let new = new.ok_or_else(|| AppError::internal("an opened case is not there"))?;
        let parts = Parts { messages, evidence: draft.evidence };
        let (here, there) = link::split(&first.case, &new, parts, &draft.reason)?;
        let mut events: Vec<Event> = opening.into_iter().map(Event::Case).collect();
        events.extend(there.into_iter().map(Event::Link));
        let here: Vec<Event> = here.into_iter().map(Event::Link).collect();
        let new = Half { id, number: new_number, version: 0, case: new };
        finish_streams(write, request, &asked, (new, events), (first, here)).await
    }

    /// What a case is to others, and who hears of it.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn related(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<RelatedView, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let found = self.store().case_by_number(number).await?;
        let CaseDetail { summary, .. } = found.ok_or_else(|| no_such_case(number))?;
        Ok(RelatedView {
            links: self.store().links(summary.id).await?,
            merged_into: self.living(number).await?.filter(|root| *root != number),
            merged: self.store().merged_cases(summary.id).await?,
            informed: self.informed(&summary).await?,
            sufferers: self.store().sufferers(summary.id, SUFFERERS_MAX).await?,
        })
    }

    /// Everybody who hears what is said in a case, with the people of what was merged into it.
    pub(crate) async fn informed(&self, case: &CaseSummary) -> Result<Vec<Informed>, AppError> {
        let mut sides = Vec::new();
        let mut open = vec![case.number];
        while let Some(number) = open.pop()
            && sides.len() < MERGES_MAX
        {
            let found = self.store().case_by_number(number).await?;
            let Some(CaseDetail { summary, .. }) = found else { continue };
            let customer = match summary.customer_id {
                Some(id) => self.store().customer(id).await?,
                None => None,
            };
            sides.push(Side {
                number: Some(number),
                customer: summary.customer_id,
                contacts: customer.map(|it| it.profile.contacts).unwrap_or_default(),
                writers: self.store().writers(summary.id).await?,
            });
            let children = self.store().merged_cases(summary.id).await?;
            open.extend(children.into_iter().map(|child| child.number));
        }
        Ok(informed(&sides))
    }

    /// The case that a number leads to: the case itself, or what it was merged into.
    pub(crate) async fn living(&self, number: CaseNumber) -> Result<Option<CaseNumber>, AppError> {
        if self.store().case_id(number).await?.is_none() {
            return Ok(None);
        }
        let mut root = number;
        for _ in 0..MERGES_MAX {
            match self.store().merged_into(root).await? {
                Some(into) => root = into,
                None => break,
            }
        }
        Ok(Some(root))
    }

    /// What a parent takes over of the time of a case.
    async fn taken(&self, number: CaseNumber, at: UtcMicros) -> Result<Taken, AppError> {
        let found = self.store().case_by_number(number).await?;
        let CaseDetail { summary, .. } = found.ok_or_else(|| no_such_case(number))?;
        let history = self.store().clock_history(summary.id).await?;
        let started_at = history.first().map_or(summary.opened_at, |entry| entry.at);
        let theirs = self.store().merged_cases(summary.id).await?;
        let mut breached: Vec<Breached> =
            theirs.iter().flat_map(|child| child.breached.clone()).collect();
        if let Some(version) = summary.policies
            && let Some(policies) = self.store().policies(Some(version)).await?
        {
            let set = PolicySet::new(policies.set)
                .map_err(|_| AppError::internal("published policies are not readable"))?;
            let attributes = Attributes {
                severity: summary.severity,
                customer: &summary.customer,
                product: &summary.product,
                version: &summary.version,
                tier: &summary.tier,
            };
            for row in board::board(&set, attributes, &history, at) {
                if row.clock.state == State::Breached {
                    breached.push(Breached {
                        metric: row.clock.instance.metric,
                        number: u32::try_from(row.number).unwrap_or(u32::MAX),
                        target_s: row.clock.target_us.div_euclid(1_000_000),
                        elapsed_s: row.clock.elapsed_s(),
                    });
                }
            }
        }
        let promised = theirs.iter().filter_map(|child| child.promised);
        let promised = promised.chain(summary.promised_at).min();
        Ok(Taken { started_at, promised, breached })
    }
}

/// What a split says of the evidence that it is about.
fn cited(number: CaseNumber, evidence: &[EvidenceNumber]) -> String {
    if evidence.is_empty() {
        return format!("Split from {number}.");
    }
    let cites: Vec<String> = evidence.iter().map(|it| format!("{number}/{it}")).collect();
    format!("Split from {number}. Evidence: {}.", cites.join(", "))
}

async fn half(write: &mut Write, number: CaseNumber) -> Result<Half, AppError> {
    let (id, loaded) = crate::case::load(write, number).await?;
    let case = loaded.state.ok_or_else(|| no_such_case(number))?;
    Ok(Half { id, number, version: loaded.version, case })
}

/// Both cases, locked in one order.
async fn halves(
    write: &mut Write,
    one: CaseNumber,
    other: CaseNumber,
) -> Result<(Half, Half), AppError> {
    let mut streams = Vec::new();
    for number in [one, other] {
        let id = write.case_by_number(number).await?.ok_or_else(|| no_such_case(number))?;
        streams.push(Stream::Case(id));
    }
    write.lock(&streams).await?;
    Ok((half(write, one).await?, half(write, other).await?))
}

async fn finish_both(
    write: Write,
    request: &Request,
    asked: &[u8; 32],
    (from, to): (Half, Half),
    both: Option<link::Both>,
) -> Result<Written, AppError> {
    let (here, there) = match both {
        Some((here, there)) => (vec![Event::Link(here)], vec![Event::Link(there)]),
        None => (vec![], vec![]),
    };
    finish_streams(write, request, asked, (from, here), (to, there)).await
}

/// Appends to both, remembers the result for the first, and commits.
async fn finish_streams(
    mut write: Write,
    request: &Request,
    asked: &[u8; 32],
    (one, here): (Half, Vec<Event>),
    (other, there): (Half, Vec<Event>),
) -> Result<Written, AppError> {
    // the other one first: what is told of the first one holds for both
    write.append(Stream::Case(other.id), other.version, &there).await?;
    let version = write.append(Stream::Case(one.id), one.version, &here).await?;
    let target = Target { id: one.id, number: one.number, version };
    conclude(write, request, asked, target).await
}
