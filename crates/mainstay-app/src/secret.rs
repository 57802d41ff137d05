//! Random tokens and passwords. Tokens carry 256 random bits and are stored as SHA-256: one
//! indexed read finds them, and there is nothing to guess. Slow hashing is for passwords only.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::error::AppError;

/// The prefix by which secret scanners, ours too, know a token of Mainstay.
pub(crate) const TOKEN_PREFIX: &str = "ms_";

/// A fresh token.
///
/// # Errors
/// When the machine gives no random bytes.
pub(crate) fn new_token() -> Result<SecretString, AppError> {
    let bytes: [u8; 32] = random_bytes()?;
    Ok(SecretString::from(format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
}

/// Fresh random bytes from the operating system.
///
/// # Errors
/// When the machine gives none.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no random bytes"))?;
    Ok(bytes)
}

/// What is stored of a token.
#[must_use]
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Hashes a password with argon2id; takes tens of milliseconds on purpose.
///
/// # Errors
/// When the machine gives no random salt.
pub(crate) async fn hash_password(password: SecretString) -> Result<String, AppError> {
    blocking(move || {
        Argon2::default()
            .hash_password(password.expose_secret().as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|_| AppError::internal("password could not be hashed"))
    })
    .await
}

/// Does the password fit the stored hash? `None` takes as long as a real check, so that the time
/// of an answer does not tell which logins exist.
///
/// # Errors
/// When the worker was lost.
pub(crate) async fn password_fits(
    password: SecretString,
    stored: Option<String>,
) -> Result<bool, AppError> {
    blocking(move || {
        let Some(stored) = stored else {
            let _ = Argon2::default().hash_password(password.expose_secret().as_bytes());
            return Ok(false);
        };
        let Ok(hash) = PasswordHash::new(&stored) else {
            return Err(AppError::internal("stored password hash is not readable"));
        };
        let checked = Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash);
        Ok(checked.is_ok())
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::internal("worker was lost"))?
}
