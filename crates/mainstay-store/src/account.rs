//! Accounts: the people and services who act here. A plain table; the log holds their ids only.

use mainstay_core::{Role, UserId, UtcMicros};

use crate::error::StoreError;
use crate::row::{FromColumn as _, FromRow, Row};
use crate::statement::plain as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// Somebody as others see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub login: String,
    pub name: String,
    pub role: Role,
}

/// An account with what signing in needs.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub id: UserId,
    pub login: String,
    pub name: String,
    pub role: Role,
    /// `None` for who cannot sign in with a password.
    pub password_hash: Option<String>,
    pub created_at: UtcMicros,
}

/// What an account begins with.
#[derive(Clone)]
pub struct NewAccount {
    pub id: UserId,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub password_hash: Option<String>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Account").field("id", &self.id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for NewAccount {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("NewAccount").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Account {
    /// As others see them.
    #[must_use]
    pub fn person(&self) -> Person {
        Person { id: self.id, login: self.login.clone(), name: self.name.clone(), role: self.role }
    }
}

impl FromRow for Account {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            login: row.get("login")?,
            name: row.get("name")?,
            role: row.get("role")?,
            password_hash: row.get("password_hash")?,
            created_at: row.get("created_at_us")?,
        })
    }
}

/// The columns of a person who was joined in as `prefix`.
macro_rules! person_columns {
    ($prefix:literal) => {
        [$prefix, concat!($prefix, "_login"), concat!($prefix, "_name"), concat!($prefix, "_role")]
    };
}
pub(crate) use person_columns;

/// A log that came from elsewhere may name people who have no account here.
pub(crate) fn person_or_none(
    row: &Row,
    [id, login, name, role]: [&'static str; 4],
) -> Result<Option<Person>, StoreError> {
    let Some(id) = Option::<UserId>::from_column(row, id)? else {
        return Ok(None);
    };
    let name: Option<String> = row.get(name)?;
    Ok(Some(match name {
        Some(name) => Person { id, login: row.get(login)?, name, role: row.get(role)? },
        None => {
            Person { id, login: String::new(), name: "unknown".to_owned(), role: Role::Service }
        }
    }))
}

pub(crate) fn person(row: &Row, columns: [&'static str; 4]) -> Result<Person, StoreError> {
    person_or_none(row, columns)?.ok_or(StoreError::Column { column: columns[0] })
}

impl Store {
    /// Everybody with an account, by login.
    ///
    /// # Errors
    /// `Busy` or `Database`, as every question.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let accounts: Vec<Account> = self.ask(statement::ACCOUNTS, vec![]).await?;
        Ok(accounts.iter().map(Account::person).collect())
    }

    /// The account with this login.
    ///
    /// # Errors
    /// As every question.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, StoreError> {
        self.ask_one(statement::ACCOUNT_BY_LOGIN, values![login]).await
    }

    /// The account with this id.
    ///
    /// # Errors
    /// As every question.
    pub async fn account(&self, id: UserId) -> Result<Option<Account>, StoreError> {
        self.ask_one(statement::ACCOUNT_BY_ID, values![id]).await
    }
}

impl Write {
    /// Adds an account.
    ///
    /// # Errors
    /// `LoginTaken`.
    pub async fn create_account(&mut self, account: &NewAccount) -> Result<(), StoreError> {
        let values = values![
            account.id,
            account.login.as_str(),
            account.name.as_str(),
            account.role.as_str(),
            account.password_hash.clone(),
            self.at(),
        ];
        match self.execute(statement::CREATE_ACCOUNT, values).await? {
            0 => Err(StoreError::LoginTaken),
            _ => Ok(()),
        }
    }

    /// The account with this id, inside the transaction.
    ///
    /// # Errors
    /// As every question.
    pub async fn account(&mut self, id: UserId) -> Result<Option<Account>, StoreError> {
        self.ask_one(statement::ACCOUNT_BY_ID, values![id]).await
    }

    /// Replaces the hash of the password.
    ///
    /// # Errors
    /// As every write.
    pub async fn set_password(&mut self, id: UserId, hash: &str) -> Result<(), StoreError> {
        self.execute(statement::SET_PASSWORD, values![id, hash]).await.map(|_| ())
    }

    /// Changes what somebody is here.
    ///
    /// # Errors
    /// As every write.
    pub async fn set_role(&mut self, id: UserId, role: Role) -> Result<(), StoreError> {
        self.execute(statement::SET_ROLE, values![id, role.as_str()]).await.map(|_| ())
    }
}
