//! Why something was hidden: what people see when they ask.

/// Why a value is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The name beside the value.
    Name,
    /// A known form of credential.
    Form,
    /// The lines of a private key.
    KeyBlock,
    /// The value of a Kubernetes secret.
    SecretData,
    /// The shape of the value, its checksum or a word before it.
    Shape,
    /// A name from the bundle's own lists.
    Listed,
    /// A document in base64 that holds something.
    Encoded,
    /// The user's rule with this number.
    Custom(u16),
    /// A greeting, a title or another thing about the same person.
    Person,
}

impl Rule {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Form => "form",
            Self::KeyBlock => "key-block",
            Self::SecretData => "secret-data",
            Self::Shape => "shape",
            Self::Listed => "listed",
            Self::Encoded => "encoded",
            Self::Custom(_) => "custom",
            Self::Person => "person",
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Name => "the name beside it tells what it is",
            Self::Form => "it has the form of a known kind of credential",
            Self::KeyBlock => "it is part of a private key",
            Self::SecretData => "it is a value of a Kubernetes secret",
            Self::Shape => "its shape, its checksum or the word before it tells what it is",
            Self::Listed => "the bundle lists it as one of its hosts or users",
            Self::Encoded => "it is base64 of a document that holds something to hide",
            Self::Custom(_) => "a rule of your own says so",
            Self::Person => "a greeting, a title or more about the same person stands beside it",
        }
    }
}
