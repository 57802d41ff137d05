//! Who is signed in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Role;

/// A person who works here.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub login: String,
    pub role: Role,
}

/// The browser's session, and what it may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    pub user: Person,
    pub role: Role,
    /// To be sent as `X-CSRF-Token` with every write.
    pub csrf_token: String,
    pub expires_at: String,
    /// The sample desk on loopback, signed in by itself.
    pub demo: bool,
    pub version: String,
    /// What the policy lets this role do, for showing and hiding; the server asks again.
    pub may: Vec<String>,
}

/// Signing in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    pub login: String,
    pub password: String,
}
