//! A write that is asked for again: under the same key it is done once and answers the same, and one
//! that saw another version than there is does not happen.

use std::fmt::Display;
use std::str::FromStr;

use mainstay_core::{Code, Refusal};
use mainstay_store::Write;

use crate::AppError;
use crate::request::Request;

/// What the request gave the first time, when it came before under the same key.
pub(crate) async fn first_result<T: FromStr>(
    write: &mut Write,
    request: &Request,
    asked: &[u8; 32],
) -> Result<Option<T>, AppError> {
    let Some(key) = request.own_key() else { return Ok(None) };
    let Some(stored) = write.remembered(&key, asked).await? else { return Ok(None) };
    let unreadable = |_| AppError::internal("a remembered result is not readable");
    stored.trim_matches('"').parse().map(Some).map_err(unreadable)
}

/// Keeps what the request gives, under its key.
pub(crate) async fn remember(
    write: &mut Write,
    request: &Request,
    asked: &[u8; 32],
    result: &str,
) -> Result<(), AppError> {
    if let Some(key) = request.own_key() {
        write.remember(&key, asked, result).await?;
    }
    Ok(())
}

/// The client saw another version than there is: somebody else edited meanwhile.
pub(crate) fn check_version(
    request: &Request,
    what: impl Display,
    version: u64,
) -> Result<(), AppError> {
    match request.expected_version {
        Some(seen) if seen != version => {
            let detail =
                format!("{what} has changed (version {version}, you saw {seen}); load it again");
            Err(Refusal::new(Code::Stale, detail).into())
        }
        _ => Ok(()),
    }
}
