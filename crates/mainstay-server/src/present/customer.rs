//! Customers as they travel.

use mainstay_app::customer::Customer;

use super::{person, same};
use crate::dto::{customer as dto, time};
use crate::problem::Failure;

pub(crate) fn customer(customer: &Customer) -> Result<dto::Customer, Failure> {
    Ok(dto::Customer {
        id: customer.id.to_string(),
        profile: same(&customer.profile)?,
        open_cases: customer.open_cases,
        cases: customer.cases,
        added_at: time(customer.added_at),
        changed_at: time(customer.changed_at),
        changed_by: person(&customer.changed_by),
        version: customer.version,
    })
}
