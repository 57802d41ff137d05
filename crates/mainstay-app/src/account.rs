//! Accounts and sessions: who may come in, and as what.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use mainstay_core::account::{self, check_new};
use mainstay_core::event::{Event, Stream};
use mainstay_core::{Action, Actor, Code, Refusal, Role, SessionId, UtcMicros, policy};
use mainstay_store::{NewAccount, NewSession, Write};
use secrecy::{ExposeSecret, SecretString};

use crate::request::{Origin, Request};
use crate::secret::{hash_password, new_token, password_fits, token_hash};
use crate::{App, AppError};

pub use mainstay_core::UserId;
pub use mainstay_store::Person;

/// A working day with its breaks; the next morning signs in again.
const SESSION_US: i64 = 12 * 3_600 * 1_000_000;
/// Wrong passwords for one login within `ATTEMPT_WINDOW_US`; people mistype three times.
const ATTEMPTS_MAX: usize = 10;
const ATTEMPT_WINDOW_US: i64 = 5 * 60 * 1_000_000;
/// Logins remembered at once: made-up ones must not fill the memory.
const ATTEMPT_LOGINS_MAX: usize = 10_000;

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub session: SessionId,
    pub user: Person,
    pub csrf_token: String,
    pub expires_at: UtcMicros,
}

impl SignedIn {
    /// Who this is to the policy.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { user: self.user.id, role: self.user.role }
    }
}

/// A fresh session with the token that goes into the cookie, once.
pub struct FreshSession {
    pub token: SecretString,
    pub signed_in: SignedIn,
}

/// What an account is made of.
pub struct AccountDraft {
    pub login: String,
    pub name: String,
    pub role: Role,
    pub password: SecretString,
}

impl App {
    /// Signs in with login and password.
    ///
    /// # Errors
    /// `unauthenticated` without saying which of the two was wrong; `busy` after too many tries.
    pub async fn sign_in(
        &self,
        login: &str,
        password: SecretString,
    ) -> Result<FreshSession, AppError> {
        let now = self.inner.clock.now();
        if !self.inner.sign_ins.may_try(login, now) {
            let detail = "too many wrong passwords for this login; try again in five minutes";
            return Err(Refusal::new(Code::Busy, detail).into());
        }
        let too_long = password.expose_secret().len() > account::PASSWORD_CHARACTERS_MAX * 4;
        let found = self.store().account_by_login(login).await?;
        let stored = found.as_ref().and_then(|account| account.password_hash.clone());
        let fits = !too_long && password_fits(password, stored).await?;
        match found {
            Some(account) if fits => {
                self.inner.sign_ins.forget(login);
                self.start_session(account.person()).await
            }
            _ => {
                self.inner.sign_ins.failed(login, now);
                Err(Refusal::new(Code::Unauthenticated, "login or password is wrong").into())
            }
        }
    }

    /// Signs in somebody without a password: the demo on loopback, and nothing else, asks this.
    ///
    /// # Errors
    /// `not_found` when there is no such account.
    pub async fn sign_in_without_password(&self, user: UserId) -> Result<FreshSession, AppError> {
        let account = self.store().account(user).await?;
        let account = account.ok_or_else(|| AppError::not_found("no such account"))?;
        self.start_session(account.person()).await
    }

    async fn start_session(&self, user: Person) -> Result<FreshSession, AppError> {
        let token = new_token()?;
        let csrf_token = new_token()?.expose_secret().to_owned();
        let session = SessionId::from_uuid(self.inner.clock.new_id());
        let request = Request::new(Actor { user: user.id, role: user.role }, Origin::Ui);
        let meta = self.meta(&request);
        let expires_at = UtcMicros(meta.at.0 + SESSION_US);
        let mut write = self.store().begin(&meta).await?;
        if write.hold_person(user.id).await?.is_some_and(|person| person.removed) {
            let detail = "login or password is wrong";
            return Err(Refusal::new(Code::Unauthenticated, detail).into());
        }
        write
            .create_session(&NewSession {
                id: session,
                token_hash: token_hash(token.expose_secret()),
                csrf_token: csrf_token.clone(),
                user: user.id,
                expires_at,
            })
            .await?;
        let signed_in = account::SignedIn { user: user.id, session };
        append(&mut write, account::Event::SignedIn(signed_in)).await?;
        write.commit().await?;
        Ok(FreshSession { token, signed_in: SignedIn { session, user, csrf_token, expires_at } })
    }

    /// Who has this token, if its session is alive.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn session(&self, token: &str) -> Result<Option<SignedIn>, AppError> {
        let now = self.inner.clock.now();
        let session = self.store().session_by_token(&token_hash(token), now).await?;
        Ok(session.map(|session| SignedIn {
            session: session.id,
            user: session.user,
            csrf_token: session.csrf_token,
            expires_at: session.expires_at,
        }))
    }

    /// Ends a session at once.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out(&self, signed_in: &SignedIn) -> Result<(), AppError> {
        let request = Request::new(signed_in.actor(), Origin::Ui);
        let mut write = self.store().begin(&self.meta(&request)).await?;
        write.end_session(signed_in.session).await?;
        let signed_out = account::SignedOut { user: signed_in.user.id, session: signed_in.session };
        append(&mut write, account::Event::SignedOut(signed_out)).await?;
        write.commit().await?;
        Ok(())
    }

    /// Creates an account.
    ///
    /// # Errors
    /// `forbidden`, `invalid` with the field, `conflict` when the login is taken.
    pub async fn create_account(
        &self,
        request: &Request,
        draft: AccountDraft,
    ) -> Result<UserId, AppError> {
        policy::authorise(&request.actor, Action::ManageAccounts)?;
        self.add_account(request, draft).await
    }

    /// Creates the first administrator of a desk that has no account yet.
    ///
    /// # Errors
    /// `conflict` when there is an account already, `invalid` with the field.
    pub async fn create_first_admin(
        &self,
        draft: AccountDraft,
        origin: Origin,
    ) -> Result<UserId, AppError> {
        if self.has_accounts().await? {
            return Err(Refusal::conflict("this desk has an account; sign in").into());
        }
        let user = UserId::from_uuid(self.inner.clock.new_id());
        let request = Request::new(Actor { user, role: Role::Admin }, origin);
        self.add_account_as(&request, user, AccountDraft { role: Role::Admin, ..draft }).await
    }

    async fn add_account(
        &self,
        request: &Request,
        draft: AccountDraft,
    ) -> Result<UserId, AppError> {
        let user = UserId::from_uuid(self.inner.clock.new_id());
        self.add_account_as(request, user, draft).await
    }

    async fn add_account_as(
        &self,
        request: &Request,
        user: UserId,
        draft: AccountDraft,
    ) -> Result<UserId, AppError> {
        check_new(&draft.login, &draft.name, draft.password.expose_secret())?;
        let password_hash = Some(hash_password(draft.password).await?);
        let (login, name, role) = (draft.login, draft.name, draft.role);
        self.write_account(request, &NewAccount { id: user, login, name, role, password_hash })
            .await?;
        Ok(user)
    }

    pub(crate) async fn write_account(
        &self,
        request: &Request,
        account: &NewAccount,
    ) -> Result<(), AppError> {
        let mut write = self.store().begin(&self.meta(request)).await?;
        write.create_account(account).await?;
        let created = account::Created { user: account.id, role: account.role };
        append(&mut write, account::Event::Created(created)).await?;
        write.commit().await?;
        Ok(())
    }

    /// Creates an account on the machine that holds the data: who can write the database file
    /// needs nobody's leave.
    ///
    /// # Errors
    /// `invalid` with the field, `conflict` when the login is taken.
    pub async fn create_account_here(
        &self,
        draft: AccountDraft,
        origin: Origin,
    ) -> Result<UserId, AppError> {
        let user = UserId::from_uuid(self.inner.clock.new_id());
        let request = Request::new(Actor { user, role: draft.role }, origin);
        self.add_account_as(&request, user, draft).await
    }

    /// A code for whoever reads the terminal: it opens the first-run page.
    ///
    /// # Errors
    /// When the machine gives no random bytes.
    pub fn new_setup_code() -> Result<SecretString, AppError> {
        new_token()
    }

    /// Is there anybody who could sign in?
    ///
    /// # Errors
    /// When the store fails.
    pub async fn has_accounts(&self) -> Result<bool, AppError> {
        Ok(!self.store().people().await?.is_empty())
    }

    /// Everybody who works here.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn people(&self, actor: &Actor) -> Result<Vec<Person>, AppError> {
        policy::authorise(actor, Action::ReadAccounts)?;
        Ok(self.store().people().await?)
    }

    /// The person behind a login, for the command line on the machine that holds the data: who
    /// can read the database file needs no password.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn local_actor(&self, login: &str) -> Result<Actor, AppError> {
        let account = self.store().account_by_login(login).await?;
        let account = account.ok_or_else(|| {
            AppError::not_found(format!("no account {login}; see mainstay account list"))
        })?;
        let person = self.store().person_detail(account.id).await?;
        if person.is_some_and(|person| person.removed) {
            return Err(Refusal::conflict(format!("{login} was removed from the desk")).into());
        }
        Ok(Actor { user: account.id, role: account.role })
    }

    /// Everybody, for the same command line.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn local_people(&self) -> Result<Vec<Person>, AppError> {
        Ok(self.store().people().await?)
    }
}

/// What happens to accounts stands in the log, on a stream that is not folded.
async fn append(write: &mut Write, event: account::Event) -> Result<(), AppError> {
    let version = write.load_version(Stream::Admin).await?;
    write.append(Stream::Admin, version, &[Event::Account(event)]).await?;
    Ok(())
}

/// Failed sign-ins by login, forgotten after a while.
#[derive(Default)]
pub(crate) struct Attempts {
    by_login: Mutex<HashMap<String, Vec<UtcMicros>>>,
}

impl Attempts {
    fn may_try(&self, login: &str, now: UtcMicros) -> bool {
        let mut by_login = self.by_login.lock().unwrap_or_else(PoisonError::into_inner);
        by_login.retain(|_, failures| {
            failures.retain(|at| now.0 - at.0 < ATTEMPT_WINDOW_US);
            !failures.is_empty()
        });
        let failures = by_login.get(login).map_or(0, Vec::len);
        failures < ATTEMPTS_MAX && by_login.len() < ATTEMPT_LOGINS_MAX
    }

    fn failed(&self, login: &str, at: UtcMicros) {
        let mut by_login = self.by_login.lock().unwrap_or_else(PoisonError::into_inner);
        by_login.entry(login.to_owned()).or_default().push(at);
    }

    fn forget(&self, login: &str) {
        self.by_login.lock().unwrap_or_else(PoisonError::into_inner).remove(login);
    }
}
