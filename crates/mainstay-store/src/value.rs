//! What crosses into a statement: text, integers, flags, bytes, and the absence of each.

use mainstay_core::{
    BundleId, CaseId, CaseNumber, CustomerId, EvidenceNumber, HandoffId, HypothesisNumber,
    SessionId, SignatureId, SignatureNumber, TeamId, UserId, UtcMicros,
};

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(Option<String>),
    Integer(Option<i64>),
    Boolean(bool),
    Bytes(Vec<u8>),
}

/// PostgreSQL has no place for NUL in a text, and no reader misses it. What is hashed is rid of it
/// before the hash.
pub(crate) fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.map(without_nul))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(Some(text))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::from(Some(text.to_owned()))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::from(text.map(str::to_owned))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Integer(number)
    }
}

/// No count of ours comes near 2^63.
impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Integer(Some(i64::try_from(number).unwrap_or(i64::MAX)))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(Some(i64::from(number)))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Boolean(flag)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<&[u8; 32]> for Value {
    fn from(bytes: &[u8; 32]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<UtcMicros> for Value {
    fn from(moment: UtcMicros) -> Self {
        Self::from(moment.0)
    }
}

impl From<Option<UtcMicros>> for Value {
    fn from(moment: Option<UtcMicros>) -> Self {
        Self::Integer(moment.map(|moment| moment.0))
    }
}

impl From<CaseNumber> for Value {
    fn from(number: CaseNumber) -> Self {
        Self::from(number.0)
    }
}

impl From<EvidenceNumber> for Value {
    fn from(number: EvidenceNumber) -> Self {
        Self::from(number.0)
    }
}

impl From<HypothesisNumber> for Value {
    fn from(number: HypothesisNumber) -> Self {
        Self::from(number.0)
    }
}

impl From<SignatureNumber> for Value {
    fn from(number: SignatureNumber) -> Self {
        Self::from(number.0)
    }
}

macro_rules! id_value {
    ($($id:ty),+) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::from(id.to_string())
            }
        }
        impl From<Option<$id>> for Value {
            fn from(id: Option<$id>) -> Self {
                Self::from(id.map(|id| id.to_string()))
            }
        }
    )+};
}
id_value!(CaseId, BundleId, CustomerId, HandoffId, TeamId, UserId, SessionId, SignatureId);

/// The values of a statement, in the order of its `$1`, `$2`, ...
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Value::from($value)),*] };
}
pub(crate) use values;
