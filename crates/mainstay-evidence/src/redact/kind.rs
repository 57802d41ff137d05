//! What a hidden value was. The names are what people see in place of the value.

/// The kinds: where two overlap, the first one names the place. A value that is known by its own
/// shape comes before what the name beside it says, so that it has one placeholder everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    PrivateKey,
    Jwt,
    Token,
    Password,
    Secret,
    Cookie,
    /// What a rule of the user's hides.
    Custom,
    /// What a rule of the user's takes out without a trace.
    Dropped,
    Session,
    Card,
    Iban,
    Ssn,
    OfficialNumber,
    Email,
    Domain,
    Phone,
    Ip,
    Mac,
    Host,
    Person,
    User,
    /// Where somebody lives or is: a postal address, coordinates.
    Location,
    Birthday,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::PrivateKey,
        Self::Jwt,
        Self::Token,
        Self::Password,
        Self::Secret,
        Self::Cookie,
        Self::Custom,
        Self::Dropped,
        Self::Session,
        Self::Card,
        Self::Iban,
        Self::Ssn,
        Self::OfficialNumber,
        Self::Email,
        Self::Domain,
        Self::Phone,
        Self::Ip,
        Self::Mac,
        Self::Host,
        Self::Person,
        Self::User,
        Self::Location,
        Self::Birthday,
    ];

    /// The word in placeholders and counts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PrivateKey => "private-key",
            Self::Jwt => "jwt",
            Self::Password => "password",
            Self::Token => "token",
            Self::Secret => "secret",
            Self::Cookie => "cookie",
            Self::Custom => "hidden",
            Self::Dropped => "dropped",
            Self::Session => "session",
            Self::Card => "card",
            Self::Iban => "iban",
            Self::Ssn => "ssn",
            Self::OfficialNumber => "official-number",
            Self::Email => "email",
            Self::Domain => "domain",
            Self::Phone => "phone",
            Self::Ip => "ip",
            Self::Mac => "mac",
            Self::Host => "host",
            Self::Person => "person",
            Self::User => "user",
            Self::Location => "location",
            Self::Birthday => "birthday",
        }
    }

    /// Identities keep a pseudonym; from a credential nothing is derived, not even a hash. A session
    /// is both: its lines must stay together, and its number must not open it.
    #[must_use]
    pub fn is_identity(self) -> bool {
        self >= Self::Session
    }
}
