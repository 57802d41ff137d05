//! Files in the format of age (age-encryption.org/v1) for X25519 recipients, so that the program
//! `age` reads what we write and the other way round. Written here because the crate of that name
//! brings sixty others, many of them a second time. What is *not* here: passphrases and plugins.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};

use super::bech32;

const VERSION: &str = "age-encryption.org/v1";
const WRAP_INFO: &[u8] = b"age-encryption.org/v1/X25519";
const RECIPIENT: &str = "age";
const IDENTITY: &str = "age-secret-key-";
/// A payload is sealed in chunks of this size.
const CHUNK_BYTES: usize = 64 << 10;
/// What sealing adds to each.
const TAG_BYTES: usize = 16;
const FILE_KEY_BYTES: usize = 16;
/// Bytes of the nonce before the payload.
const NONCE_BYTES: usize = 16;
/// Lines of a header; an honest one has two for each recipient.
const HEADER_LINES_MAX: usize = 4_096;

/// Why a file cannot be opened, or a key not be used.
#[derive(Debug, thiserror::Error)]
pub enum AgeError {
    #[error("this is no recipient: it begins with age1")]
    Recipient,
    #[error("this is no identity: a line begins with AGE-SECRET-KEY-1")]
    Identity,
    #[error("this is no file of age, or it is cut")]
    Format,
    #[error("the file was not made for this identity")]
    NotForThis,
    #[error("the file was changed after it was made")]
    Changed,
    #[error("the system gives no random bytes")]
    Random,
}

/// Who may open a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient([u8; 32]);

/// The key that opens it.
pub struct Identity(StaticSecret);

impl std::str::FromStr for Recipient {
    type Err = AgeError;

    fn from_str(text: &str) -> Result<Self, AgeError> {
        let bytes = bech32::decode(RECIPIENT, text.trim()).ok_or(AgeError::Recipient)?;
        bytes.try_into().map(Self).map_err(|_| AgeError::Recipient)
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&bech32::encode(RECIPIENT, &self.0))
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Identity(..)")
    }
}

impl Identity {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Self, AgeError> {
        random().map(|bytes: [u8; 32]| Self(bytes.into()))
    }

    /// The first identity of a file as `age-keygen` writes it.
    ///
    /// # Errors
    /// When there is none.
    pub fn parse(text: &str) -> Result<Self, AgeError> {
        let mut lines = text.lines().map(str::trim);
        let line = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
        let bytes = bech32::decode(IDENTITY, line.ok_or(AgeError::Identity)?);
        let bytes: [u8; 32] =
            bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(AgeError::Identity)?;
        Ok(Self(bytes.into()))
    }

    /// As it stands in a file. Whoever has this text can open everything.
    #[must_use]
    pub fn expose(&self) -> String {
        bech32::encode(IDENTITY, self.0.as_bytes()).to_ascii_uppercase()
    }

    /// Who can be given files for it.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(*PublicKey::from(&self.0).as_bytes())
    }
}

/// Seals `plain` for one or more recipients.
///
/// # Errors
/// When the system gives no random bytes, or there is no recipient.
pub fn encrypt(plain: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, AgeError> {
    if recipients.is_empty() {
        return Err(AgeError::Recipient);
    }
    let file_key: [u8; FILE_KEY_BYTES] = random()?;
    let mut header = format!("{VERSION}\n");
    for recipient in recipients {
        let once = Identity::generate()?;
        let share = once.recipient();
        let shared = once.0.diffie_hellman(&PublicKey::from(recipient.0));
        let wrapped = seal(&wrap_key(shared.as_bytes(), &share, recipient), 0, &file_key, false);
        header.push_str(&format!(
            "-> X25519 {}\n{}\n",
            STANDARD_NO_PAD.encode(share.0),
            STANDARD_NO_PAD.encode(wrapped)
        ));
    }
    header.push_str("---");
    let mac = header_mac(&file_key, &header).finalize().into_bytes();
    let mut sealed = format!("{header} {}\n", STANDARD_NO_PAD.encode(mac)).into_bytes();
    let nonce: [u8; NONCE_BYTES] = random()?;
    sealed.extend_from_slice(&nonce);
    let key = derive(&file_key, &nonce, b"payload");
    let chunks = plain.len().div_ceil(CHUNK_BYTES).max(1);
    for (index, start) in (0..chunks).zip((0..).step_by(CHUNK_BYTES)) {
        let chunk = &plain[start..plain.len().min(start + CHUNK_BYTES)];
        sealed.extend(seal(&key, index as u64, chunk, index + 1 == chunks));
    }
    Ok(sealed)
}

/// Opens what was sealed for `identity`.
///
/// # Errors
/// When it is no such file, was not made for the identity, or was changed.
pub fn decrypt(sealed: &[u8], identity: &Identity) -> Result<Vec<u8>, AgeError> {
    let (header, mac, payload) = split(sealed)?;
    let file_key = unwrap_key(header, identity)?;
    header_mac(&file_key, header).verify_slice(&mac).map_err(|_| AgeError::Changed)?;
    let (nonce, chunks) = payload.split_at_checked(NONCE_BYTES).ok_or(AgeError::Format)?;
    let key = derive(&file_key, nonce, b"payload");
    let mut plain = Vec::with_capacity(chunks.len());
    let mut chunks = chunks.chunks(CHUNK_BYTES + TAG_BYTES).zip(0..).peekable();
    if chunks.peek().is_none() {
        return Err(AgeError::Format);
    }
    while let Some((chunk, index)) = chunks.next() {
        let is_last = chunks.peek().is_none();
        plain.extend(open(&key, index, chunk, is_last).ok_or(AgeError::Changed)?);
    }
    Ok(plain)
}

/// The header up to its mark, its code, and the rest.
fn split(sealed: &[u8]) -> Result<(&str, Vec<u8>, &[u8]), AgeError> {
    let mut at = 0;
    for _ in 0..HEADER_LINES_MAX {
        let rest = sealed.get(at..).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest).ok_or(AgeError::Format)?;
        if let Some(mac) = rest[..length].strip_prefix(b"--- ") {
            let header = std::str::from_utf8(&sealed[..at + 3]).map_err(|_| AgeError::Format)?;
            let mac = STANDARD_NO_PAD.decode(mac).map_err(|_| AgeError::Format)?;
            return Ok((header, mac, &rest[length + 1..]));
        }
        at += length + 1;
    }
    Err(AgeError::Format)
}

/// The key of the file from the part of the header that is for us.
fn unwrap_key(header: &str, identity: &Identity) -> Result<[u8; FILE_KEY_BYTES], AgeError> {
    let mut lines = header.lines();
    if lines.next() != Some(VERSION) {
        return Err(AgeError::Format);
    }
    let own = identity.recipient();
    while let Some(line) = lines.next() {
        let Some(share) = line.strip_prefix("-> X25519 ") else { continue };
        let body = lines.next().ok_or(AgeError::Format)?;
        let decode = |text: &str| STANDARD_NO_PAD.decode(text).map_err(|_| AgeError::Format);
        let share: [u8; 32] = decode(share)?.try_into().map_err(|_| AgeError::Format)?;
        let wrapped = decode(body)?;
        let shared = identity.0.diffie_hellman(&PublicKey::from(share));
        let key = wrap_key(shared.as_bytes(), &Recipient(share), &own);
        // a share without a secret of its own would give everybody the same key
        let file_key = open(&key, 0, &wrapped, false).filter(|_| shared.was_contributory());
        if let Some(file_key) = file_key {
            return file_key.try_into().map_err(|_| AgeError::Format);
        }
    }
    Err(AgeError::NotForThis)
}

fn wrap_key(shared: &[u8; 32], share: &Recipient, recipient: &Recipient) -> [u8; 32] {
    derive(shared, &[share.0, recipient.0].concat(), WRAP_INFO)
}

fn derive(secret: &[u8], salt: &[u8], info: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand(info, &mut key)
        .expect("HKDF-SHA256 gives up to 8,160 bytes");
    key
}

fn header_mac(file_key: &[u8], header: &str) -> Hmac<Sha256> {
    let key = derive(file_key, &[], b"header");
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key)
        .expect("HMAC takes keys of any length");
    mac.update(header.as_bytes());
    mac
}

/// Eleven bytes of counter and one that says whether it is the last.
fn nonce(index: u64, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&index.to_be_bytes());
    nonce[11] = u8::from(is_last);
    nonce.into()
}

fn seal(key: &[u8; 32], index: u64, plain: &[u8], is_last: bool) -> Vec<u8> {
    ChaCha20Poly1305::new(key.into())
        .encrypt(&nonce(index, is_last), plain)
        .expect("a chunk is far smaller than what ChaCha20 can seal")
}

fn open(key: &[u8; 32], index: u64, sealed: &[u8], is_last: bool) -> Option<Vec<u8>> {
    ChaCha20Poly1305::new(key.into()).decrypt(&nonce(index, is_last), sealed).ok()
}

fn random<const N: usize>() -> Result<[u8; N], AgeError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| AgeError::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_identity_opens_a_file_that_nobody_changed() {
        let (one, two) =
            (Identity::generate().expect("a key"), Identity::generate().expect("a key"));
        for size in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES] {
            let plain = vec![7; size];
            let sealed = encrypt(&plain, &[two.recipient(), one.recipient()]).expect("sealed");
            assert_eq!(decrypt(&sealed, &one).expect("opened"), plain);
            assert_eq!(decrypt(&sealed, &two).expect("opened"), plain);
            let other = Identity::generate().expect("a key");
            assert!(matches!(decrypt(&sealed, &other), Err(AgeError::NotForThis)));
            for place in [40, sealed.len() / 2, sealed.len() - 1] {
                let mut changed = sealed.clone();
                changed[place] ^= 1;
                assert!(decrypt(&changed, &one).is_err(), "{place}");
            }
            for length in 0..sealed.len().min(200) {
                assert!(decrypt(&sealed[..length], &one).is_err(), "{length}");
            }
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let identity = Identity::generate().expect("a key");
        let text = format!("# created: today\n{}\n", identity.expose());
        let again = Identity::parse(&text).expect("an identity");
        assert_eq!(again.recipient(), identity.recipient());
        let recipient = identity.recipient().to_string();
        assert!(recipient.starts_with("age1") && recipient.len() == 62, "{recipient}");
        assert_eq!(recipient.parse::<Recipient>().expect("a recipient"), identity.recipient());
        let mut wrong = recipient.into_bytes();
        wrong[20] = if wrong[20] == b'q' { b'p' } else { b'q' };
        assert!(String::from_utf8(wrong).expect("ASCII").parse::<Recipient>().is_err());
    }
}
