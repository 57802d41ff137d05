//! Customers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::Person;

/// What is known of a customer: one document, changed as a whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerProfile {
    pub name: String,
    /// `platinum`, `gold`: whatever the policies call it.
    #[serde(default)]
    pub tier: String,
    /// Where their data may be.
    #[serde(default)]
    pub residency: String,
    #[serde(default)]
    pub entitlements: Vec<String>,
    #[serde(default)]
    pub uses: Vec<CustomerUse>,
    #[serde(default)]
    pub contacts: Vec<CustomerContact>,
}

/// A product that runs there.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerUse {
    pub product: String,
    #[serde(default)]
    pub version: String,
    /// `production`, `staging`, ...
    #[serde(default)]
    pub environment: String,
}

/// Somebody there.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerContact {
    pub name: String,
    #[serde(default)]
    pub email: String,
    /// What they are asked about.
    #[serde(default)]
    pub role: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Customer {
    pub id: String,
    pub profile: CustomerProfile,
    pub open_cases: u64,
    pub cases: u64,
    pub added_at: String,
    pub changed_at: String,
    pub changed_by: Person,
    /// For `If-Match`.
    pub version: u64,
}

/// Whose case it is: by id, by name, or as free text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCustomer {
    #[serde(default)]
    pub customer_id: Option<String>,
    #[serde(default)]
    pub name: String,
}
