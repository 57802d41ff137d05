//! What the name of a value tells about it.
//!
//! What is *not* here: where the value is and how it is written (`keyed`, `value`).

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
];

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
    let mut parts = parts(name);
    while parts.len() > 1
        && parts.last().is_some_and(|part| {
            AFTERTHOUGHTS.contains(&part.as_str()) || part.bytes().all(|byte| byte.is_ascii_digit())
        })
    {
        parts.pop();
    }
    let last = parts.last()?.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let before = parts.len().checked_sub(2).map_or("", |index| parts[index].as_str());
    let ends = |endings: &[&str]| endings.iter().any(|ending| last.ends_with(ending));
    let is_pass = last.ends_with("pass") && !NOT_A_PASSWORD.contains(&last);
    if ends(&["password", "passwd", "pwd", "passphrase", "passcode", "masterauth"])
        || is_pass
        || matches!(last, "psk" | "pw" | "rootpw" | "bindpw" | "adminpw" | "userpw" | "dbpw")
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
        (_, "name") if matches!(before, "" | "user" | "display" | "author" | "account") => {
            Some(Telling::Name)
        }
        (_, "displayname") => Some(Telling::Name),
        (
            _,
            "key" | "private" | "access" | "pat" | "auth" | "signature" | "dsn" | "salt" | "sk"
            | "webhook" | "license" | "oauth" | "api",
        ) => Some(Telling::Weak),
        (_, "user" | "username" | "login" | "userid") if last != "userid" => Some(Telling::User),
        _ if (last.ends_with("key") || last.ends_with("api")) && last.len() > 3 => {
            Some(Telling::Weak)
        }
        _ => None,
    }
}

/// Lower-case parts of a name: `dbPassword`, `DB_PASSWORD` and `db-password` are the same two.
fn parts(name: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut last_was_lower = false;
    for letter in name.chars() {
        let is_separator = matches!(letter, '_' | '-' | '.');
        if (is_separator || (letter.is_ascii_uppercase() && last_was_lower)) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if !is_separator {
            part.push(letter.to_ascii_lowercase());
        }
        last_was_lower = letter.is_ascii_lowercase();
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
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
