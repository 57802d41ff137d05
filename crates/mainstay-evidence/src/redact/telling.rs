//! What the name of a value tells about it.
//!
//! What is *not* here: where the value is and how it is written (`keyed`, `value`).

use super::vendor::is_vendor;

/// How much a name alone tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    Password,
    Secret,
    /// Names that often hold harmless things too: the value must look random.
    Weak,
    Authorization,
    Cookie,
    Session,
    /// A session, or a word for many other things.
    WeakSession,
    User,
    /// Holds the name of a person.
    Person,
    /// Holds any name: of a person if the line tells more about one.
    Name,
}

/// What the prefilter looks for; a hit is looked at closely.
pub(super) const WORDS: &[&str] = &[
    "pass",
    "pw",
    "secret",
    "token",
    "key",
    "cred",
    "auth",
    "session",
    "cookie",
    "sid",
    "signature",
    "user",
    "login",
    "dsn",
    "jwt",
    "psk",
    "salt",
    "license",
    "webhook",
    "_sk",
    "connectionstring",
    "private",
    "access",
    "pat",
    "api",
    "name",
    "kennwort",
    "contrase",
    "senha",
    "mot_de_passe",
    "motdepasse",
    "otp",
    "cvv",
    "cvc",
    "mnemonic",
    "seed_phrase",
    "assertion",
    "samlresponse",
    "samlrequest",
    "code_verifier",
    "created_by",
    "updated_by",
    "createdby",
    "assignee",
    "reporter",
    "connection_string",
    "connstr",
    "conn_str",
    "sas",
    "hmac",
    "bearer",
];

/// Of a longer name only the end is looked at: the last parts tell.
const NAME_BYTES_MAX: usize = 192;
/// Parts that are kept, from the end; more of them than any name has.
const PARTS_MAX: usize = 24;

/// What a name tells, by its last parts.
pub(super) fn telling(name: &str) -> Option<Telling> {
    const AFTERTHOUGHTS: [&str; 14] = [
        "value",
        "prod",
        "dev",
        "test",
        "staging",
        "old",
        "new",
        "base64",
        "b64",
        "plain",
        "string",
        "primary",
        "secondary",
        "default",
    ];
    const NOT_A_PASSWORD: [&str; 7] =
        ["bypass", "compass", "trespass", "surpass", "overpass", "underpass", "encompass"];
    let mut parts = Parts::of(name);
    while parts.count > 1
        && parts.nth_last(0).is_some_and(|part| {
            AFTERTHOUGHTS.contains(&part) || part.bytes().all(|byte| byte.is_ascii_digit())
        })
    {
        parts.count -= 1;
    }
    let last = parts.nth_last(0)?.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let before = parts.nth_last(1).unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| last.ends_with(ending));
    let is_pass = last.ends_with("pass") && !NOT_A_PASSWORD.contains(&last);
    if ends(&[
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "passcode",
        "masterauth",
        "passwort",
        "kennwort",
        "contrasena",
        "senha",
        "motdepasse",
        "mnemonic",
    ]) || matches!((before, last), ("de", "passe") | ("seed", "phrase"))
        || is_pass
        || matches!(
            last,
            "psk"
                | "otp"
                | "totp"
                | "cvv"
                | "cvc"
                | "pw"
                | "rootpw"
                | "bindpw"
                | "adminpw"
                | "userpw"
                | "dbpw"
        )
    {
        return Some(Telling::Password);
    }
    if last == "authorization" {
        return Some(Telling::Authorization);
    }
    if last == "cookie" {
        return Some(Telling::Cookie);
    }
    if ends(&[
        "secret",
        "token",
        "apikey",
        "accesskey",
        "secretkey",
        "privatekey",
        "authkey",
        "accountkey",
        "credential",
        "jwt",
        "connectionstring",
        "connstr",
        "samlresponse",
        "samlrequest",
    ]) {
        return Some(Telling::Secret);
    }
    match (before, last) {
        (
            "api" | "access" | "secret" | "private" | "auth" | "client" | "signing" | "encryption"
            | "account" | "license" | "app" | "application" | "storage" | "shared" | "sharedaccess"
            | "subscription" | "service" | "master" | "consumer" | "admin" | "write" | "server"
            | "integration" | "deploy" | "x",
            "key",
        ) => Some(Telling::Secret),
        ("session", "id") | (_, "sessionid" | "phpsessid" | "jsessionid") => Some(Telling::Session),
        (_, "session" | "sid") => Some(Telling::WeakSession),
        (_, "secrets" | "credentials" | "creds" | "cred") => Some(Telling::Secret),
        ("connection" | "conn", "string" | "str")
        | ("code", "verifier")
        | ("client", "assertion") => Some(Telling::Secret),
        (
            "idempotency" | "partition" | "primary" | "foreign" | "cache" | "routing" | "row"
            | "sort" | "object" | "public" | "message" | "correlation" | "host" | "trace"
            | "request" | "event" | "lock" | "job" | "group" | "dedup" | "index" | "shard"
            | "lookup",
            "key",
        ) => None,
        (
            "full" | "first" | "last" | "given" | "family" | "real" | "middle" | "customer"
            | "contact" | "patient" | "employee" | "holder" | "cardholder" | "person" | "recipient"
            | "owner",
            "name",
        )
        | (
            _,
            "fullname" | "firstname" | "lastname" | "surname" | "cardholder" | "cardholdername",
        ) => Some(Telling::Person),
        ("user", "name") => Some(Telling::User),
        (_, "assignee" | "reporter") => Some(Telling::Name),
        (_, "name") if matches!(before, "" | "display" | "author" | "account") => {
            Some(Telling::Name)
        }
        (_, "displayname") => Some(Telling::Name),
        (
            _,
            "key" | "private" | "access" | "pat" | "auth" | "signature" | "dsn" | "salt" | "sk"
            | "webhook" | "license" | "oauth" | "api" | "sas" | "sig" | "hmac" | "assertion"
            | "bearer",
        ) => Some(Telling::Weak),
        ("created" | "updated", "by") | (_, "user" | "username" | "login" | "logname") => {
            Some(Telling::User)
        }
        _ if ends(&["key", "api", "access", "private"]) || is_vendor(last) => Some(Telling::Weak),
        _ => None,
    }
}

/// Lower-case parts of a name: `dbPassword`, `DB_PASSWORD` and `db-password` are the same two. On the
/// stack, because names are the commonest thing in a log.
struct Parts {
    letters: [u8; NAME_BYTES_MAX],
    ends: [usize; PARTS_MAX],
    count: usize,
}

impl Parts {
    fn of(name: &str) -> Self {
        let mut from = name.len().saturating_sub(NAME_BYTES_MAX);
        while !name.is_char_boundary(from) {
            from += 1;
        }
        let mut parts = Self { letters: [0; NAME_BYTES_MAX], ends: [0; PARTS_MAX], count: 0 };
        let mut length = 0;
        let mut last_was_lower = false;
        for byte in name[from..].bytes() {
            let is_separator = matches!(byte, b'_' | b'-' | b'.');
            if is_separator || (byte.is_ascii_uppercase() && last_was_lower) {
                parts.end_at(length);
            }
            if !is_separator {
                parts.letters[length] = byte.to_ascii_lowercase();
                length += 1;
            }
            last_was_lower = byte.is_ascii_lowercase();
        }
        parts.end_at(length);
        parts
    }

    fn end_at(&mut self, length: usize) {
        if length == 0 || (self.count > 0 && self.ends[self.count - 1] == length) {
            return;
        }
        if self.count == PARTS_MAX {
            self.ends.copy_within(1.., 0);
            self.count -= 1;
        }
        self.ends[self.count] = length;
        self.count += 1;
    }

    /// The last part, the one before it, and so on.
    fn nth_last(&self, from_end: usize) -> Option<&str> {
        let index = self.count.checked_sub(from_end + 1)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        std::str::from_utf8(&self.letters[start..self.ends[index]]).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_by_their_last_parts() {
        for (name, expect) in [
            ("password", Some(Telling::Password)),
            ("spring.datasource.password", Some(Telling::Password)),
            ("DB_PASSWORD_2", Some(Telling::Password)),
            ("dbPwd", Some(Telling::Password)),
            ("X-Api-Key", Some(Telling::Secret)),
            ("rapidapiKey", Some(Telling::Weak)),
            ("clientSecret", Some(Telling::Secret)),
            ("access_token", Some(Telling::Secret)),
            ("Set-Cookie", Some(Telling::Cookie)),
            ("token_type", None),
            ("max_tokens", None),
            ("password_file", None),
            ("key_id", None),
            ("monkey", Some(Telling::Weak)),
            ("passenger", None),
            ("author", None),
        ] {
            assert_eq!(telling(name), expect, "{name}");
        }
    }
}
