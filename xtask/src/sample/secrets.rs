//! What must not survive redaction: every planted value, its kind and the file that holds it. The
//! values are visibly invented and have the right shape; `examples/planted-secrets.txt` is this
//! table as text, for tests of other crates.

pub(crate) struct Planted {
    pub(crate) kind: &'static str,
    pub(crate) value: &'static str,
    pub(crate) file: &'static str,
}

pub(crate) const DATABASE_PASSWORD: &str = "NotReal-Pool-7f3kQ9xW";
pub(crate) const SPRING_PASSWORD: &str = "NotReal-Spring-x81Lw2Zp";
pub(crate) const BEARER_JWT: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJzYW1wbGUtbm90LXJlYWwiLCJpc3MiOiJzaG9wLmV4YW1wbGUifQ.c2FtcGxlLXNpZ25hdHVyZS1ub3QtcmVhbC1hdC1hbGw";
pub(crate) const CLOUD_KEY_ID: &str = "AKIASAMPLENOTREAL27X";
pub(crate) const CLOUD_SECRET: &str = "SampleNotRealSampleNotRealSampleNotReal7";
pub(crate) const PROVIDER_KEY: &str = "sk_live_SAMPLEnotreal4242SAMPLEnr";
pub(crate) const FORGE_TOKEN: &str = "ghp_SAMPLEnotrealSAMPLEnotrealSAMPLE1234";
pub(crate) const PRIVATE_KEY_LINE: &str =
    "U0FNUExFIEtFWSwgTk9UIFJFQUwsIE1BREUgVVAgRk9SIE1BSU5TVEFZIFRFU1RT";
pub(crate) const SESSION_COOKIE: &str = "s%3Asample-not-real-91c2d7f0a4b8";
pub(crate) const BASIC_CREDENTIALS: &str = "c2FtcGxlLXVzZXI6Tm90UmVhbC1CYXNpYy00NDI";
pub(crate) const RESET_TOKEN: &str = "samplenotreal5d41402abc4b2a76";
pub(crate) const REDIS_PASSWORD: &str = "NotReal-Redis-h2Vt60";
pub(crate) const CUSTOMER_MAIL: &str = "mia.sample@customer.example";
pub(crate) const SECOND_MAIL: &str = "jonas.invented@mail.example";
pub(crate) const TILL_MAIL: &str = "till12.sample@store.example";
pub(crate) const CARD_NUMBER: &str = "4111111111111111";
pub(crate) const IBAN: &str = "DE89370400440532013000";
pub(crate) const PHONE: &str = "+49 30 55500142";

/// The table. Every value is in the outage bundle; a test greps for it.
pub(crate) const PLANTED: &[Planted] = &[
    planted("password", DATABASE_PASSWORD, crate::sample::ledger::PREVIOUS_LOG),
    planted("password", SPRING_PASSWORD, crate::sample::config::VALUES_AFTER),
    planted("jwt", BEARER_JWT, crate::sample::storefront::LOG_FIRST),
    planted("cookie", SESSION_COOKIE, crate::sample::nginx::ACCESS_LOG),
    planted("token", RESET_TOKEN, crate::sample::nginx::ACCESS_LOG),
    planted("token", CLOUD_KEY_ID, crate::sample::settlement::ROTATED_LOG),
    planted("token", CLOUD_SECRET, crate::sample::settlement::ROTATED_LOG),
    planted("token", PROVIDER_KEY, crate::sample::payments::LOG),
    planted("token", FORGE_TOKEN, crate::sample::kubernetes::DEPLOYMENTS),
    planted("private_key", PRIVATE_KEY_LINE, crate::sample::checkout::LOG_FIRST),
    planted("password", BASIC_CREDENTIALS, crate::sample::checkout::LOG_FIRST),
    planted("password", REDIS_PASSWORD, crate::sample::redis::LOG),
    planted("email", CUSTOMER_MAIL, crate::sample::payments::LOG),
    planted("email", SECOND_MAIL, crate::sample::otlp::TRACES),
    planted("email", TILL_MAIL, crate::sample::windows::TILL_CHECK),
    planted("card", CARD_NUMBER, crate::sample::payments::LOG),
    planted("iban", IBAN, crate::sample::settlement::CURRENT_LOG),
    planted("phone", PHONE, crate::sample::ticket::TICKET),
];

const fn planted(kind: &'static str, value: &'static str, file: &'static str) -> Planted {
    Planted { kind, value, file }
}

/// The table as text: kind, value and file, separated by tabs.
pub(crate) fn as_text() -> String {
    let mut text =
        String::from("# kind\tvalue\tfile; made by `cargo xtask sample`, all invented\n");
    for secret in PLANTED {
        text.push_str(&format!("{}\t{}\t{}\n", secret.kind, secret.value, secret.file));
    }
    text
}
