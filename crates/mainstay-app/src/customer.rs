//! Customers: whose problems the cases are.

use mainstay_core::customer::{self, Command, Profile};
use mainstay_core::event::{Event, Stream};
use mainstay_core::{Action, Actor, Code, CustomerId, Refusal, case, policy};
use mainstay_store::Write;

use crate::case::CaseSummary;
use crate::repeat::{first_result, remember};
use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::{Customer, CustomerPage};

/// A page of customers: more is a search.
pub const PAGE_MAX: u32 = 200;
/// Cases shown beside a customer; the queue finds the rest.
const CASES_MAX: u32 = 200;

impl App {
    /// The customers whose name holds the text, by name.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn customers(
        &self,
        actor: &Actor,
        text: &str,
        after: &str,
        limit: u32,
    ) -> Result<CustomerPage, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        Ok(self.store().customers(text, after, limit.clamp(1, PAGE_MAX)).await?)
    }

    /// One customer.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn customer(&self, actor: &Actor, id: CustomerId) -> Result<Customer, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        self.store().customer(id).await?.ok_or_else(no_such_customer)
    }

    /// The customer with this name, however it is spelt.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn customer_by_name(&self, actor: &Actor, name: &str) -> Result<Customer, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        self.store().customer_by_name(name).await?.ok_or_else(no_such_customer)
    }

    /// The cases of a customer, open ones in front.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn cases_of_customer(
        &self,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<Vec<CaseSummary>, AppError> {
        self.customer(actor, id).await?;
        Ok(self.store().cases_of_customer(id, CASES_MAX).await?)
    }

    /// Adds a customer.
    ///
    /// # Errors
    /// `forbidden`, `invalid` names the field, `conflict` when the name is taken.
    pub async fn add_customer(
        &self,
        request: &Request,
        profile: Profile,
    ) -> Result<Customer, AppError> {
        let id = CustomerId::from_uuid(self.inner.clock.new_id());
        let asked = fingerprint("customer.add", &[&format!("{profile:?}")]);
        self.put_customer(request, id, asked, Command::Add { customer: id, profile }).await
    }

    /// Changes what is known of a customer, as a whole; `expected_version` of the request is the
    /// version the caller saw.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict` when the name is taken, `stale` names the
    /// fields in which the newer version differs.
    pub async fn change_customer(
        &self,
        request: &Request,
        id: CustomerId,
        profile: Profile,
    ) -> Result<Customer, AppError> {
        let asked = fingerprint("customer.change", &[&id.to_string(), &format!("{profile:?}")]);
        self.put_customer(request, id, asked, Command::Change { profile }).await
    }

    async fn put_customer(
        &self,
        request: &Request,
        id: CustomerId,
        asked: [u8; 32],
        command: Command,
    ) -> Result<Customer, AppError> {
        policy::authorise(&request.actor, Action::ManageCustomers)?;
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if let Some(first) = first_result(&mut write, request, &asked).await? {
            return write.customer(first).await?.ok_or_else(no_such_customer);
        }
        let loaded = write.load_customer(id).await?;
        let profile = match &command {
            Command::Add { profile, .. } | Command::Change { profile } => profile,
        };
        check_seen(request, loaded.version, loaded.state.as_ref(), profile)?;
        check_name(&mut write, id, &profile.name).await?;
        let events = customer::decide(&loaded.state, command, &request.context(meta.at))?;
        let events: Vec<Event> = events.into_iter().map(Event::Customer).collect();
        write.append(Stream::Customer(id), loaded.version, &events).await?;
        remember(&mut write, request, &asked, &id.to_string()).await?;
        let changed = write.customer(id).await?.ok_or_else(no_such_customer)?;
        write.commit().await?;
        Ok(changed)
    }
}

/// Whom a case is opened for: by name from the list, or else as free text without a tier.
pub(crate) async fn chosen(write: &mut Write, name: &str) -> Result<case::CustomerSet, AppError> {
    let found = if name.trim().is_empty() { None } else { write.customer_by_name(name).await? };
    Ok(match found {
        Some(customer) => set_to(customer),
        None => case::CustomerSet { customer: None, name: name.to_owned(), tier: String::new() },
    })
}

pub(crate) fn set_to(customer: Customer) -> case::CustomerSet {
    let Profile { name, tier, .. } = customer.profile;
    case::CustomerSet { customer: Some(customer.id), name, tier }
}

pub(crate) fn no_such_customer() -> AppError {
    AppError::not_found("no such customer; add them first")
}

/// The second editor is told where the first one's version differs from theirs.
fn check_seen(
    request: &Request,
    version: u64,
    state: Option<&customer::Customer>,
    profile: &Profile,
) -> Result<(), AppError> {
    let (Some(seen), Some(customer)) = (request.expected_version, state) else { return Ok(()) };
    if seen == version {
        return Ok(());
    }
    let differs = customer.profile.differences(profile).join(", ");
    let detail = format!(
        "the customer has changed since you saw it; it differs from yours in: {differs}; load it \
         again"
    );
    Err(Refusal::new(Code::Stale, detail).into())
}

async fn check_name(write: &mut Write, id: CustomerId, name: &str) -> Result<(), AppError> {
    match write.customer_by_name(name).await? {
        Some(other) if other.id != id => {
            Err(Refusal::conflict("another customer has this name; choose another").into())
        }
        _ => Ok(()),
    }
}
