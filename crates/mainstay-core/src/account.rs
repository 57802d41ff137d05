//! Accounts: what happened to people who sign in. The account rows themselves are plain tables;
//! these events on the stream `admin` are their audit trail, with opaque ids only.

use serde::{Deserialize, Serialize};

use crate::id::{SessionId, UserId};
use crate::policy::Role;
use crate::refusal::Refusal;

/// Passwords shorter than this are guessed, not broken.
pub const PASSWORD_CHARACTERS_MIN: usize = 12;
/// Argon2 reads the whole password: an upper bound keeps sign-in cheap to refuse.
pub const PASSWORD_CHARACTERS_MAX: usize = 256;
/// A login is typed by people; 64 characters are an e-mail address.
pub const LOGIN_CHARACTERS_MAX: usize = 64;
/// A name is shown in a column.
pub const NAME_CHARACTERS_MAX: usize = 80;

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Created(Created),
    SignedIn(SignedIn),
    SignedOut(SignedOut),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Created {
    pub user: UserId,
    pub role: Role,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedIn {
    pub user: UserId,
    pub session: SessionId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedOut {
    pub user: UserId,
    pub session: SessionId,
}

/// Checks what a new account is made of.
///
/// # Errors
/// `invalid`, naming the field and its bound.
pub fn check_new(login: &str, name: &str, password: &str) -> Result<(), Refusal> {
    let login_is_plain = login.chars().all(|c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '@')
    });
    if login.is_empty() || login.len() > LOGIN_CHARACTERS_MAX || !login_is_plain {
        return Err(Refusal::invalid(format!(
            "login must be 1 to {LOGIN_CHARACTERS_MAX} of a-z 0-9 . - _ @"
        )));
    }
    if name.trim().is_empty() || name.chars().count() > NAME_CHARACTERS_MAX {
        return Err(Refusal::invalid(format!(
            "name must have 1 to {NAME_CHARACTERS_MAX} characters"
        )));
    }
    let length = password.chars().count();
    if !(PASSWORD_CHARACTERS_MIN..=PASSWORD_CHARACTERS_MAX).contains(&length) {
        return Err(Refusal::invalid(format!(
            "password must have {PASSWORD_CHARACTERS_MIN} to {PASSWORD_CHARACTERS_MAX} characters"
        )));
    }
    Ok(())
}
