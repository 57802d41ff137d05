//! The hash chain: what an event's hash covers. One chain per stream; the hash covers the hash of
//! the body and not the body, so that a body can be erased and the chain stays whole.

use sha2::{Digest as _, Sha256};

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// Everything of an event that its hash covers.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    pub tenant: &'a str,
    pub stream: &'a str,
    pub version: u64,
    pub kind: &'a str,
    pub format: u32,
    pub actor: &'a str,
    pub origin: &'a str,
    pub occurred_at_us: i64,
    pub recorded_at_us: i64,
    pub causation: Option<&'a str>,
    pub correlation: &'a str,
    pub idempotency_key: Option<&'a str>,
    pub body_hash: &'a Hash,
}

/// Each field carries its length, so that no two divisions into fields look the same.
struct Fields(Sha256);

impl Fields {
    fn tagged(tag: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(tag);
        Self(hasher)
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Nothing has a length that no text can have.
    fn optional_text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.0.update(u64::MAX.to_be_bytes()),
        }
    }

    fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// What the first event of a stream continues.
#[must_use]
pub fn stream_start(tenant: &str, stream: &str) -> Hash {
    let mut fields = Fields::tagged(b"mainstay.stream.v1");
    fields.text(tenant);
    fields.text(stream);
    fields.finish()
}

/// The hash of the bytes of a body as they are stored.
#[must_use]
pub fn body_hash(body: &str) -> Hash {
    Sha256::digest(body.as_bytes()).into()
}

/// The hash of an event that continues `prev_hash`.
#[must_use]
pub fn event_hash(prev_hash: &Hash, link: &Link<'_>) -> Hash {
    let mut fields = Fields::tagged(b"mainstay.event.v1");
    fields.raw(prev_hash);
    fields.text(link.tenant);
    fields.text(link.stream);
    fields.bytes(&link.version.to_be_bytes());
    fields.text(link.kind);
    fields.bytes(&u64::from(link.format).to_be_bytes());
    fields.text(link.actor);
    fields.text(link.origin);
    fields.bytes(&link.occurred_at_us.to_be_bytes());
    fields.bytes(&link.recorded_at_us.to_be_bytes());
    fields.optional_text(link.causation);
    fields.text(link.correlation);
    fields.optional_text(link.idempotency_key);
    fields.raw(link.body_hash);
    fields.finish()
}
