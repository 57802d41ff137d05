//! Where a store lives. A password in it is never printed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::error::StoreError;

/// A SQLite file or a PostgreSQL database.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreUrl {
    Sqlite(PathBuf),
    /// The whole address, with a password if it has one.
    Postgres(String),
}

impl StoreUrl {
    /// A SQLite file.
    #[must_use]
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_owned())
    }
}

impl FromStr for StoreUrl {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = match text.strip_prefix("sqlite:") {
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None if text.contains("://") => return Err(StoreError::Address),
            None => text,
        };
        // an empty name or ":memory:" would be a store that forgets
        if path.is_empty() || path.starts_with(':') {
            return Err(StoreError::Address);
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(formatter, "sqlite://{}", path.display()),
            Self::Postgres(address) => formatter.write_str(&without_secrets(address)),
        }
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Drops the password, and the query, which may name one too.
fn without_secrets(address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = address.split_once("://") else {
        return "postgres://".to_owned();
    };
    // the last @: a password may hold one
    match rest.rsplit_once('@') {
        None => format!("{scheme}://{rest}"),
        Some((credentials, host)) => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let printed = text.parse::<StoreUrl>().map_or_else(|e| e.to_string(), |u| format!("{u:?}"));
        assert_eq!(printed, expect, "of {text:?}");
    }

    #[test]
    fn addresses_print_without_the_password() {
        check("postgres://desk:hunter2@db/mainstay?sslmode=require", "postgres://desk@db/mainstay");
        check("postgresql://desk:p@ss:w@db:5432/mainstay", "postgresql://desk@db:5432/mainstay");
        check("postgres://db/mainstay?password=hunter2", "postgres://db/mainstay");
    }

    #[test]
    fn files_are_named_by_path_or_by_address() {
        check("sqlite:///var/lib/mainstay.db", "sqlite:///var/lib/mainstay.db");
        check("sqlite://mainstay.db", "sqlite://mainstay.db");
        check("desk/mainstay.db", "sqlite://desk/mainstay.db");
    }

    #[test]
    fn stores_that_forget_and_strange_schemes_are_refused() {
        let refusal = StoreError::Address.to_string();
        for text in ["", "sqlite::memory:", ":memory:", "sqlite://", "mysql://db/mainstay"] {
            check(text, &refusal);
        }
    }
}
