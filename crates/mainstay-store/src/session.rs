//! Web sessions and API tokens. Only hashes of the secrets are kept; ending one is deleting it.

use mainstay_core::{SessionId, UserId, UtcMicros};

use crate::account::{Person, person, person_columns};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::plain as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebSession {
    pub id: SessionId,
    pub user: Person,
    pub csrf_token: String,
    pub created_at: UtcMicros,
    pub expires_at: UtcMicros,
    pub last_seen_at: UtcMicros,
}

/// What a session begins with.
#[derive(Clone)]
pub struct NewSession {
    pub id: SessionId,
    /// SHA-256 of the token in the cookie.
    pub token_hash: [u8; 32],
    pub csrf_token: String,
    pub user: UserId,
    pub expires_at: UtcMicros,
}

/// A machine that may act as an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: String,
    pub label: String,
    pub user: Person,
    /// Words separated by blanks.
    pub scopes: String,
    pub expires_at: Option<UtcMicros>,
}

/// What a token begins with.
#[derive(Clone)]
pub struct NewToken {
    pub id: String,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    pub label: String,
    pub user: UserId,
    pub scopes: String,
    pub expires_at: Option<UtcMicros>,
}

impl FromRow for WebSession {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            user: session_user(row)?,
            csrf_token: row.get("csrf_token")?,
            created_at: row.get("created_at_us")?,
            expires_at: row.get("expires_at_us")?,
            last_seen_at: row.get("last_seen_at_us")?,
        })
    }
}

impl FromRow for Token {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            label: row.get("label")?,
            user: session_user(row)?,
            scopes: row.get("scopes")?,
            expires_at: row.get("expires_at_us")?,
        })
    }
}

fn session_user(row: &Row) -> Result<Person, StoreError> {
    let [_, login, name, role] = person_columns!("user");
    person(row, ["user_id", login, name, role])
}

impl Store {
    /// The session whose token has this hash, unless it expired before `now`.
    ///
    /// # Errors
    /// As every question.
    pub async fn session_by_token(
        &self,
        token_hash: &[u8; 32],
        now: UtcMicros,
    ) -> Result<Option<WebSession>, StoreError> {
        self.ask_one(statement::SESSION_BY_TOKEN, values![token_hash, now]).await
    }

    /// Notes that the session was used; not an event, because nothing happened.
    ///
    /// # Errors
    /// As every write.
    pub async fn touch_session(&self, id: SessionId, now: UtcMicros) -> Result<(), StoreError> {
        self.change(statement::TOUCH_SESSION, values![id, now]).await.map(|_| ())
    }

    /// Forgets sessions that expired; how many.
    ///
    /// # Errors
    /// As every write.
    pub async fn end_expired_sessions(&self, now: UtcMicros) -> Result<u64, StoreError> {
        self.change(statement::END_EXPIRED_SESSIONS, values![now]).await
    }

    /// The API token with this hash, unless it expired before `now`.
    ///
    /// # Errors
    /// As every question.
    pub async fn token_by_hash(
        &self,
        token_hash: &[u8; 32],
        now: UtcMicros,
    ) -> Result<Option<Token>, StoreError> {
        self.ask_one(statement::TOKEN_BY_HASH, values![token_hash, now]).await
    }
}

impl Write {
    /// Begins a session.
    ///
    /// # Errors
    /// As every write.
    pub async fn create_session(&mut self, session: &NewSession) -> Result<(), StoreError> {
        let values = values![
            session.id,
            &session.token_hash,
            session.csrf_token.as_str(),
            session.user,
            self.at(),
            session.expires_at,
        ];
        self.execute(statement::CREATE_SESSION, values).await.map(|_| ())
    }

    /// Ends a session; whether there was one.
    ///
    /// # Errors
    /// As every write.
    pub async fn end_session(&mut self, id: SessionId) -> Result<bool, StoreError> {
        Ok(self.execute(statement::END_SESSION, values![id]).await? > 0)
    }

    /// Ends all sessions of somebody; how many.
    ///
    /// # Errors
    /// As every write.
    pub async fn end_sessions_of(&mut self, user: UserId) -> Result<u64, StoreError> {
        self.execute(statement::END_SESSIONS_OF, values![user]).await
    }

    /// Adds an API token.
    ///
    /// # Errors
    /// As every write.
    pub async fn create_token(&mut self, token: &NewToken) -> Result<(), StoreError> {
        let values = values![
            token.id.as_str(),
            &token.token_hash,
            token.label.as_str(),
            token.user,
            token.scopes.as_str(),
            self.at(),
            token.expires_at,
        ];
        self.execute(statement::CREATE_TOKEN, values).await.map(|_| ())
    }

    /// Forgets an API token; whether there was one.
    ///
    /// # Errors
    /// As every write.
    pub async fn revoke_token(&mut self, id: &str) -> Result<bool, StoreError> {
        Ok(self.execute(statement::REVOKE_TOKEN, values![id]).await? > 0)
    }
}
