//! Opaque ids. They are UUIDs (version 7, made outside this crate) and travel as text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that was made at the edge of the program.
            #[must_use]
            pub fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

opaque_id!(
    /// A case. People see its number (`MS-1042`), machines see this.
    CaseId
);
opaque_id!(
    /// A support bundle.
    BundleId
);
opaque_id!(
    /// A person, or a service with a token. Never a name or a mail address.
    UserId
);
opaque_id!(
    /// A note on a case.
    NoteId
);
opaque_id!(
    /// A customer. Cases show the name, machines see this.
    CustomerId
);
opaque_id!(
    /// A team of people.
    TeamId
);
opaque_id!(
    /// A packet that hands cases from one shift to the next.
    HandoffId
);
opaque_id!(
    /// A signature. People see its number (`SIG-1012`).
    SignatureId
);
opaque_id!(
    /// A browser session.
    SessionId
);
