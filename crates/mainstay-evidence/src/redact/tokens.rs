//! Credentials that are known by their own shape, without a telling name beside them.
//!
//! Each rule has literals; its expression runs only over a line that holds one of them.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

use super::kind::Kind;

/// A shape: hidden is group 1 if there is one, else the whole match.
pub(super) struct TokenRule {
    pub(super) kind: Kind,
    /// Compared without case, unless it has capitals.
    pub(super) literals: &'static [&'static str],
    /// The literal begins the form, and no letter or digit stands before it.
    is_start: bool,
    /// A byte that the form has besides.
    needs: Option<u8>,
    expression: &'static str,
}

impl TokenRule {
    /// Is a hit of one of the literals worth an expression?
    pub(super) fn is_likely(&self, bytes: &[u8], hit: Range<usize>) -> bool {
        let joins = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let is_cut = self.is_start && hit.start > 0 && joins(bytes[hit.start - 1]);
        let literal = &bytes[hit];
        let has_capitals = |known: &&str| known.bytes().any(|byte| byte.is_ascii_uppercase());
        let is_other_case = self.literals.iter().any(has_capitals)
            && !self.literals.iter().any(|known| known.as_bytes() == literal);
        !is_cut && !is_other_case
    }

    /// Has a line what the form has besides its literal?
    pub(super) fn can_fit(&self, bytes: &[u8]) -> bool {
        self.needs.is_none_or(|byte| memchr::memchr(byte, bytes).is_some())
    }
}

const fn rule(
    kind: Kind,
    literals: &'static [&'static str],
    expression: &'static str,
) -> TokenRule {
    TokenRule { kind, literals, is_start: false, needs: None, expression }
}

const fn start(
    kind: Kind,
    literals: &'static [&'static str],
    expression: &'static str,
) -> TokenRule {
    TokenRule { kind, literals, is_start: true, needs: None, expression }
}

const fn with(byte: u8, rule: TokenRule) -> TokenRule {
    TokenRule { needs: Some(byte), ..rule }
}

/// At most 128 of them: a line notes which ones it asks for in a `u128`.
pub(super) const RULES: &[TokenRule] = &[
    start(Kind::Jwt, &["eyJ"], r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}"),
    // `-----BEGIN … PRIVATE KEY` in base64, as in the `data:` of a Kubernetes secret
    rule(
        Kind::PrivateKey,
        &["ls0tls1crudjtib"],
        r"LS0tLS1CRUdJTiB(?:SU0EgUFJJ|QUklW|FQyBQUklW|PUEVOU1NIIFBSSV|FTkNSWVBURUQgUFJJV|EU0EgUFJJ|QR1AgUFJJ)[A-Za-z0-9+/=_-]{16,}",
    ),
    rule(Kind::Secret, &["bearer"], r"(?i)\bbearer[ +]+([\w~+/.:|!$-]{8,}={0,2})"),
    rule(Kind::Secret, &["basic "], r"(?i)\bbasic ([A-Za-z0-9+/_-]{8,}={0,2})"),
    with(
        b'@',
        rule(
            Kind::Password,
            &["://"],
            r#"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s:/@"'<>]{0,128}:([^\s/"'<>\\]{1,256})@"#,
        ),
    ),
    with(
        b'@',
        rule(
            Kind::Token,
            &["://"],
            r"[a-z]{2,8}://([A-Za-z_-]{0,128}[0-9][A-Za-z0-9_-]{15,256})(?::x-oauth-basic)?@",
        ),
    ),
    start(
        Kind::Token,
        &["akia", "asia", "abia", "acca"],
        r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b",
    ),
    start(Kind::Token, &["SG."], r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    start(Kind::Token, &["SK"], r"\bSK[0-9a-fA-F]{32}\b"),
    rule(Kind::Token, &["atlasv1"], r"\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}"),
    rule(
        Kind::Token,
        &["hooks.slack.com"],
        r"hooks\.slack\.com/(?:services|workflows|triggers)/([\w/+-]{20,})",
    ),
    rule(
        Kind::Token,
        &["webhook.office.com", "outlook.office.com"],
        r"office\.com/webhook(?:b2)?/([\w@/.-]{20,})",
    ),
    rule(Kind::Token, &["/api/webhooks/"], r"discord(?:app)?\.com/api/webhooks/([\w/-]{20,})"),
    rule(Kind::Token, &[":aa"], r"\b(?:bot)?(\d{8,10}:AA[\w-]{33})"),
    rule(
        Kind::Token,
        &["sharedaccesssignature", "sig="],
        r"[?&;](?i:sig)=([A-Za-z0-9%+/=_-]{20,})",
    ),
    rule(
        Kind::Password,
        &["$2", "$6$", "$5$", "$1$", "$argon2", "$krb5", "$y$", "$apr1$"],
        r"\$(?:2[abxy]|[156y]|apr1|argon2(?:id?|d)|krb5\w+)\$[\w./$+=,*:@-]{16,}",
    ),
    rule(
        Kind::Token,
        &["infura.io/v", "alchemyapi.io/v", "alchemy.com/v"],
        r"(?:infura\.io|alchemyapi\.io|alchemy\.com)/v\d/([\w-]{20,})",
    ),
    start(Kind::Token, &["key-"], r"\bkey-[0-9a-f]{32}\b"),
    rule(Kind::Token, &["fm1", "fm2_"], r"(?:\bFlyV1 )?\bfm[12][ar]?_[A-Za-z0-9+/=_,-]{40,}"),
    start(Kind::Token, &["sl."], r"\bsl\.[\w-]{130,}"),
    start(Kind::Token, &["tkn.v1_"], r"\btkn\.v1_[\w=+/-]{40,}"),
    rule(Kind::Token, &["_live_", "_prod_"], r"\b[a-z]{2,6}_(?:live|prod)_[A-Za-z0-9]{16,}\b"),
    start(Kind::Token, &["pk.", "sk."], r"\b[ps]k\.[A-Za-z0-9]{60,}\.[\w-]{22}"),
    rule(
        Kind::Token,
        &["unseal"],
        r"(?i)\bunseal(?: key)?(?: \d{1,2})?[: ]{1,3}([A-Za-z0-9+/]{43,44}=?)(?:[^A-Za-z0-9+/]|$)",
    ),
    // SQL and command lines that carry a password without a name
    rule(
        Kind::Password,
        &["identified "],
        r#"(?i)\bidentified (?:by|with [\w'"]{1,40} (?:by|as))(?: password)? \\?['"]([^'"\\]{1,256})"#,
    ),
    start(
        Kind::Password,
        &["mysql", "mariadb"],
        r#"\b(?:mysql|mariadb)[\w-]{0,12}\s(?:[^|;]{0,256}?\s)?-p['"]?([^\s'"=-][^\s'"]{3,127})"#,
    ),
    start(Kind::Password, &["sshpass"], r#"\bsshpass\s+-p\s*['"]?([^\s'"]{1,128})"#),
    start(
        Kind::Password,
        &["redis-cli"],
        r#"\bredis-cli\b[^|;]{0,256}?\s-a\s+['"]?([^\s'"]{1,128})"#,
    ),
    start(
        Kind::Password,
        &["ldap"],
        r#"\bldap(?:search|add|modify|delete|whoami|passwd)\b[^|;]{0,256}?\s-w\s+['"]?([^\s'"]{1,128})"#,
    ),
    rule(
        Kind::Password,
        &["login"],
        r#"\b(?:docker|podman|nerdctl|oc|az|registry) login\b[^|;]{0,256}?\s-p\s+['"]?([^\s'"]{1,256})"#,
    ),
    rule(Kind::Password, &["pass:"], r#"\s-(?:pass|passin|passout|k)\s+pass:([^\s'"]{1,128})"#),
    start(
        Kind::Password,
        &["sqlplus"],
        r#"\bsqlplus\s+(?:-\w+\s+)*[\w.$-]{1,64}/['"]?([^\s@'"/]{1,128})@"#,
    ),
    // netrc
    rule(Kind::Password, &["login "], r"\blogin \S{1,128}\s+password (\S{1,256})"),
    rule(
        Kind::Password,
        &["--user ", "-u "],
        r#"(?:^|\s)(?:-u|--user|--proxy-user)[ =]['"]?([^\s'":]{3,128}:[^\s'"/]{8,256})"#,
    ),
    rule(
        Kind::Password,
        &["curl"],
        r#"\s(?:-u|--user|--proxy-user)[ =]['"]?([^\s'":]{1,128}:['"]?[^\s'"]{1,256})"#,
    ),
    // the older forms and the ends that a prefix alone does not tell
    start(Kind::Token, &["xoxe.xox"], r"\bxoxe\.xox[a-z]-[\w-]{10,}"),
    start(
        Kind::Token,
        &["tfp_", "pul-", "sntryu_"],
        r"\b(?:tfp_\w{40,}|pul-[0-9a-f]{40}|sntryu_[0-9a-f]{64})",
    ),
    rule(Kind::Token, &["NRAL"], r"\b[A-Za-z0-9]{32,}NRAL\b"),
    rule(
        Kind::Token,
        &["-us1", "-us2", "-us3", "-us4", "-us5", "-us6", "-us7", "-us8", "-us9"],
        r"\b[0-9a-f]{32}-us[0-9]{1,2}\b",
    ),
    rule(Kind::Token, &["7q~", "8q~"], r"[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}"),
    rule(
        Kind::Token,
        &[".apps.googleusercontent.com"],
        r"\b\d{6,}-[a-z0-9]{20,}\.apps\.googleusercontent\.com",
    ),
    rule(Kind::Token, &["00d"], r"\b00D[A-Za-z0-9]{12,15}![A-Za-z0-9_.]{60,}"),
    start(Kind::Token, &["EAA"], r"\bEAA[A-Za-z0-9]{60,}"),
    start(Kind::Token, &["AAAAAAAAAA"], r"\bA{10,}[A-Za-z0-9%]{40,}"),
    rule(
        Kind::Token,
        &[
            "hooks.zapier.com",
            "maker.ifttt.com",
            "discord.com/api/webhooks",
            "hooks.teams",
            "logic.azure.com",
        ],
        r"(?:hooks\.zapier\.com/hooks/catch|maker\.ifttt\.com/(?:trigger/\w+/)?(?:with|use)/key)/([\w/-]{10,})",
    ),
    // a private key as a JSON web key
    rule(Kind::PrivateKey, &["\"kty\""], r#""(?:d|p|q|dp|dq|qi|k)\\?"\s*:\s*\\?"([\w-]{16,})"#),
    rule(
        Kind::Password,
        &["auth plain", "auth login"],
        r"(?i)\bauth (?:plain|login) ([A-Za-z0-9+/]{8,}={0,2})",
    ),
    rule(Kind::Password, &["jdbc:oracle"], r"jdbc:oracle:\w+:[\w.$-]{1,64}/([^\s@]{1,256})@"),
    // Go's DSN: user:password@tcp(host)
    rule(
        Kind::Password,
        &["@tcp", "@unix("],
        r#"[\w.$-]{1,64}:([^@"\s]{1,256})@(?:tcp[46]?|unix)\("#,
    ),
    // .pgpass: host:port:database:user:password
    rule(
        Kind::Password,
        &[":5432:", ":*:*:", ":6432:"],
        r"^[\w.*-]{1,253}:(?:[0-9]{2,5}|\*):[\w.*-]{1,64}:[\w.*-]{1,64}:(\S{1,256})",
    ),
    // PowerShell
    rule(
        Kind::Password,
        &["convertto-securestring"],
        r#"(?i)convertto-securestring\s+(?:-string\s+)?['"]([^'"]{1,256})"#,
    ),
    // people, in sentences that every system writes the same way
    rule(Kind::User, &["sudo:", "sudo["], r"\bsudo(?:\[\d{1,8}\])?: +([\w.-]{2,32}) : "),
    rule(Kind::User, &["account name:"], r"(?i)\baccount name:\s{1,8}([\w.-]{2,64})"),
    rule(
        Kind::User,
        &[",ou=", ",dc=", ", ou=", ", dc="],
        r"(?i)\b(?:uid|samaccountname)=([\w.-]{2,64}),",
    ),
    rule(
        Kind::Person,
        &[",ou=", ",dc=", ", ou=", ", dc="],
        r"(?i)\bcn=([A-Za-z][a-z'-]{1,24} [A-Za-z][A-Za-z'-]{1,24}),",
    ),
    // places
    rule(
        Kind::Location,
        &[
            "latitude",
            "longitude",
            "lat=",
            "lat\"",
            "lat:",
            "lng=",
            "lng\"",
            "lng:",
            "lon=",
            "lon\"",
            "lon:",
        ],
        r#"(?i)\b(?:lat|latitude|lng|lon|longitude)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(-?[0-9]{1,3}\.[0-9]{3,17})"#,
    ),
    rule(
        Kind::Location,
        &[
            "street\"",
            "street=",
            "streetaddress",
            "street_address",
            "_address\"",
            "billingaddress",
            "shippingaddress",
            "homeaddress",
            "address_line",
            "addressline",
        ],
        r#"(?i)\b(?:street|street_?address|(?:billing|shipping|home|postal|mailing|delivery)_?address|address_?line_?[0-9]?)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']([^"'\\{}\[\]<>]{4,128})"#,
    ),
    rule(
        Kind::Location,
        &["address: ", "address is "],
        r"(?i)\baddress(?:: | is )([0-9]{1,5} [A-Z][A-Za-z'-]{1,24}(?: [A-Z][A-Za-z'-]{1,24}){0,3}(?:, ?[A-Z][A-Za-z' -]{1,24}){0,3}(?: [0-9]{4,6})?)",
    ),
    rule(
        Kind::Birthday,
        &[
            "birth_date",
            "birthdate",
            "date_of_birth",
            "dateofbirth",
            "date of birth",
            "birthday",
            "dob=",
            "dob\"",
            "dob:",
        ],
        r#"(?i)\b(?:birth_?date|date[_ ]?of[_ ]?birth|birthday|dob)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?([0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4})"#,
    ),
    rule(
        Kind::Mac,
        &["mac ", "mac=", "mac:", "mac\"", "ether ", "hwaddr"],
        r#"(?i)\b(?:mac|ether|hwaddr)["']?[ :=]{1,3}["']?([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\b"#,
    ),
    rule(Kind::OfficialNumber, &["imei"], r#"(?i)\bimei["']?[ :=]{1,3}["']?([0-9]{15})\b"#),
    rule(
        Kind::OfficialNumber,
        &["vin ", "vin=", "vin:", "vin\""],
        r#"\b(?:vin|VIN)["']?[ :=]{1,3}["']?([A-HJ-NPR-Z0-9]{17})\b"#,
    ),
];

/// The expressions, in the order of the rules.
pub(super) fn expressions() -> &'static [Regex] {
    static EXPRESSIONS: OnceLock<Vec<Regex>> = OnceLock::new();
    EXPRESSIONS.get_or_init(compile)
}

/// ASCII classes: ten times faster than Unicode ones.
fn compile() -> Vec<Regex> {
    RULES
        .iter()
        .map(|rule| {
            RegexBuilder::new(rule.expression)
                .unicode(false)
                .build()
                .expect("the expressions are constants and a test compiles them")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_expression_compiles() {
        assert_eq!(super::compile().len(), super::RULES.len());
        assert!(super::RULES.len() <= 128);
    }
}
