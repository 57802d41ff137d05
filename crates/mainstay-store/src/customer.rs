//! Customers: the list, one of them, and whose cases are theirs.

use mainstay_core::customer::Profile;
use mainstay_core::{CustomerId, UtcMicros, customer};

use crate::account::{Person, person, person_columns};
use crate::case::CaseSummary;
use crate::connection::Connection;
use crate::error::StoreError;
use crate::log::{Loaded, fold_customer};
use crate::project::Happened;
use crate::row::{FromRow, Row};
use crate::statement::customer as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A customer as the desk shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub profile: Profile,
    pub open_cases: u64,
    pub cases: u64,
    pub added_at: UtcMicros,
    pub changed_at: UtcMicros,
    pub changed_by: Person,
    /// The version of the customer's stream: what an edit expects.
    pub version: u64,
}

/// A page of customers, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerPage {
    pub customers: Vec<Customer>,
    /// The name to go on after.
    pub next_cursor: Option<String>,
    pub total: u64,
}

impl FromRow for Customer {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let body: String = row.get("body")?;
        let profile =
            serde_json::from_str(&body).map_err(|_| StoreError::Column { column: "body" })?;
        Ok(Self {
            id: row.get("id")?,
            profile,
            open_cases: row.get("open_cases")?,
            cases: row.get("cases")?,
            added_at: row.get("added_at_us")?,
            changed_at: row.get("changed_at_us")?,
            changed_by: person(row, person_columns!("changed_by"))?,
            version: row.get("customer_version")?,
        })
    }
}

impl Store {
    /// The customers whose name holds this text, by name, after the cursor.
    ///
    /// # Errors
    /// As every question.
    pub async fn customers(
        &self,
        text: &str,
        after: &str,
        limit: u32,
    ) -> Result<CustomerPage, StoreError> {
        let like = holds(text);
        let row = self.ask_row(statement::CUSTOMERS_TOTAL, values![like.as_str()]).await?;
        let total = row.map_or(Ok(0), |row| row.get("total"))?;
        let asked = values![like, after, limit.saturating_add(1)];
        let mut customers: Vec<Customer> = self.ask(statement::CUSTOMERS, asked).await?;
        let more = customers.len() > limit as usize;
        customers.truncate(limit as usize);
        let last = customers.last().filter(|_| more);
        let next_cursor = last.map(|last| customer::name_key(&last.profile.name));
        Ok(CustomerPage { customers, next_cursor, total })
    }

    /// One customer.
    ///
    /// # Errors
    /// As every question.
    pub async fn customer(&self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        self.ask_one(statement::CUSTOMER, values![id]).await
    }

    /// The customer with this name, however it is spelt.
    ///
    /// # Errors
    /// As every question.
    pub async fn customer_by_name(&self, name: &str) -> Result<Option<Customer>, StoreError> {
        self.ask_one(statement::CUSTOMER_BY_KEY, values![customer::name_key(name)]).await
    }

    /// The cases of a customer, open ones in front, most urgent first.
    ///
    /// # Errors
    /// As every question.
    pub async fn cases_of_customer(
        &self,
        id: CustomerId,
        limit: u32,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        self.ask(statement::CASES_OF_CUSTOMER, values![id, limit]).await
    }
}

impl Write {
    /// The customer and the version to append after, checked and locked.
    ///
    /// # Errors
    /// As `load_case`.
    pub async fn load_customer(
        &mut self,
        id: CustomerId,
    ) -> Result<Loaded<customer::State>, StoreError> {
        let (events, version) = self.load(mainstay_core::event::Stream::Customer(id)).await?;
        Ok(Loaded { state: fold_customer(&events), version })
    }

    /// The customer with this name, however it is spelt, as this write leaves it.
    ///
    /// # Errors
    /// As every question.
    pub async fn customer_by_name(&mut self, name: &str) -> Result<Option<Customer>, StoreError> {
        self.ask_one(statement::CUSTOMER_BY_KEY, values![customer::name_key(name)]).await
    }

    /// One customer as this write leaves it.
    ///
    /// # Errors
    /// As every question.
    pub async fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        self.ask_one(statement::CUSTOMER, values![id]).await
    }
}

/// A pattern for names that hold the text; its own signs stand for themselves.
pub(crate) fn holds(text: &str) -> String {
    let mut pattern = "%".to_owned();
    for sign in customer::name_key(text).chars() {
        if matches!(sign, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

pub(crate) async fn project_customer(
    connection: &mut Connection<'_>,
    id: CustomerId,
    happened: &Happened<'_>,
    event: &customer::Event,
) -> Result<(), StoreError> {
    let (sql, profile) = match event {
        customer::Event::Added(added) => (statement::ADD_CUSTOMER, &added.profile),
        customer::Event::Changed(changed) => (statement::CHANGE_CUSTOMER, &changed.profile),
    };
    let body = serde_json::to_string(profile).map_err(StoreError::Encode)?;
    let values = values![
        id,
        profile.name.as_str(),
        customer::name_key(&profile.name),
        profile.tier.as_str(),
        body,
        happened.at,
        happened.actor,
        happened.version,
    ];
    connection.execute(sql, values).await?;
    Ok(())
}
