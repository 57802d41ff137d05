//! Redaction: what is hidden, what stays, and what must always be true.

use std::borrow::Cow;

use mainstay_evidence::redact::{Kind, Redactor};
use proptest::prelude::*;

fn redactor() -> Redactor {
    Redactor::new([7; 32])
}

fn redacted(text: &str) -> String {
    redactor().session().text(text).into_owned()
}

/// Pseudonyms are written without their letters, so that a test reads.
fn check(input: &str, expect: &str) {
    let result = redacted(input);
    let mut shown = String::new();
    let mut rest = result.as_str();
    'outer: while let Some(start) = rest.find('<') {
        shown.push_str(&rest[..start]);
        rest = &rest[start..];
        for kind in Kind::ALL.iter().filter(|kind| kind.is_identity()) {
            let mut head = format!("<{}-", kind.as_str());
            // the two networks of an address
            let is_ip = *kind == Kind::Ip && rest.starts_with(&head);
            head.extend(rest.get(head.len()..head.len() + 10).filter(|_| is_ip));
            if rest.starts_with(&head) && rest.as_bytes().get(head.len() + 12) == Some(&b'>') {
                shown.push_str(&format!("<{}-…>", kind.as_str()));
                rest = &rest[head.len() + 13..];
                continue 'outer;
            }
        }
        shown.push('<');
        rest = &rest[1..];
    }
    shown.push_str(rest);
    assert_eq!(shown, expect, "\ninput: {input}");
}

fn stays(input: &str) {
    check(input, input);
}

#[test]
fn credentials_are_hidden_in_every_syntax() {
    check("password=hunter2", "password=<password>");
    check("DB_PASSWORD=p@ss,w;rd&x", "DB_PASSWORD=<password>");
    check(
        r#"{"user_id":7,"password":"a\"b","n":1}"#,
        r#"{"user_id":7,"password":"<password>","n":1}"#,
    );
    check(r#"{"password": 12345}"#, r#"{"password": "<password>"}"#);
    check(
        r#"{"m":"{\"password\":\"geheim\",\"a\":1}"}"#,
        r#"{"m":"{\"password\":\"<password>\",\"a\":1}"}"#,
    );
    check(
        r#"{"name":"API_TOKEN","value":"tok-en1234"}"#,
        r#"{"name":"API_TOKEN","value":"<secret>"}"#,
    );
    check(
        "    - name: API_TOKEN\n      value: some-thing-9",
        "    - name: API_TOKEN\n      value: <secret>",
    );
    check(r#"at 9 {\"card\": 5583912897690871}"#, r#"at 9 {\"card\": \"<card-…>\"}"#);
    check("<password>geheim</password>", "<password><password></password>");
    check("mysql --password geheim12 -h x", "mysql --password <password> -h x");
    check("client_secret: abcDEF123", "client_secret: <secret>");
    check(
        "jdbc:x://h/db?user=app&password=ab.c!d&ssl=true",
        "jdbc:x://h/db?user=app&password=<password>&ssl=true",
    );
    check("Server=h;Uid=app;Pwd=ab c;Database=d", "Server=h;Uid=app;Pwd=<password> c;Database=d");
    check("postgres://app:s3cret@db:5432/x", "postgres://app:<password>@db:5432/x");
    check("curl -u jo:geheim https://x", "curl -u <password> https://x");
}

#[test]
fn a_value_ends_where_its_carrier_ends_it() {
    check(
        "url=postgresql://u:PW9x@host/ledger next=1 </p>",
        "url=postgresql://u:<password>@host/ledger next=1 </p>",
    );
    check(
        r#""GET /a?reset_token=5d41402abc4b2a76&next=%2Fcart HTTP/2.0" 302 0 "Mozilla/5.0" </html>"#,
        r#""GET /a?reset_token=<secret>&next=%2Fcart HTTP/2.0" 302 0 "Mozilla/5.0" </html>"#,
    );
    check("api_key=abcDEF123456 card=5583912897690871 x=2", "api_key=<secret> card=<card-…> x=2");
    check(
        "got Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqb2UifQ.abc host=shop",
        "got Bearer <jwt> host=shop",
    );
    check("{secret: abc123def, next: 1}", "{secret: <secret>, next: 1}");
    // our own placeholder looks like an element, and the end of another one is not its end
    check("<td>password=geheim12 next=1</td>", "<td>password=<password> next=1</td>");
    stays("<td>password=<password> next=1</td>");
}

#[test]
fn directives_hide_what_stands_after_a_blank() {
    check("CONFIG SET requirepass geheim from a:1", "CONFIG SET requirepass <password> from a:1");
    check("CONFIG SET requirepass=geheim from a:1", "CONFIG SET requirepass=<password> from a:1");
    check("requirepass \"geheim\"", "requirepass \"<password>\"");
    check("masterauth geheim", "masterauth <password>");
    check("    auth_pass 1234", "    auth_pass <password>");
    check("rootpw: {SSHA}abcdef", "rootpw: <password>");
    check("smtpPass=geheim", "smtpPass=<password>");
    stays("bypass=true encompass=north compass north");
}

#[test]
fn numbers_of_an_access_log_are_not_phones() {
    stays(r#"AppleWebKit/605.1.15 Mobile/15E148" 608 0.305 [shop-storefront-3000] []"#);
    stays(r#"Chrome/142.0.0.0 Mobile" 538 0.024"#);
    stays("recall 1234567 intel 7654321 cellar 1234567");
    check("my mobile number is 0917-123-4567", "my mobile number is <phone-…>");
    check(r#"{"customer.phone":"0917 123 4567"}"#, r#"{"customer.phone":"<phone-…>"}"#);
    check("reach +49 30 5838907 now", "reach <phone-…> now");
    check("tel. 030.123.4567", "tel. <phone-…>");
}

#[test]
fn accounts_of_programs_are_not_people() {
    stays("username: ledger_app");
    stays("user=svc-backup user=orders-rw username=postgres_exporter");
    check("login ok user=lucas_wei from", "login ok user=<user-…> from");
}

#[test]
fn one_value_has_one_placeholder_in_every_carrier() {
    let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    for carrier in ["password=", "token: ", "Authorization: token ", "Bearer ", ""] {
        check(&format!("{carrier}{token}"), &format!("{carrier}<token>"));
    }
    let key = "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb2dJQkFBS0NBUUVB";
    for carrier in ["tls.key: ", "Authorization: Bearer ", "secret=", ""] {
        check(&format!("{carrier}{key}"), &format!("{carrier}<private-key>"));
    }
    check("Authorization: Token abcdefgh12345678", "Authorization: Token <secret>");
    check("auth_token=abcdefgh12345678", "auth_token=<secret>");
}

#[test]
fn a_value_may_stand_on_the_next_line() {
    check("apiToken:\n  \"abc-def\"\nn: 1", "apiToken:\n  \"<secret>\"\nn: 1");
    check("password: |\n  Geheim12x9\nn: 1", "password: |\n  <password>\nn: 1");
    check("secret:\n  name: db\n  key: k", "secret:\n  name: db\n  key: k");
    check("data:\n  a: YWRtaW4xMjM=\nkind: x", "data:\n  a: <secret>\nkind: x");
    check("stringData:\n  a: hello\nkind: x", "stringData:\n  a: <secret>\nkind: x");
    stays("data:\n  mode: production\n  level: info\nkind: ConfigMap");
    check(
        r#"{"kind":"Secret","data":{"a":"YWRtaW4xMjM="},"b":"YWRtaW4xMjM="}"#,
        r#"{"kind":"Secret","data":{"a":"<secret>"},"b":"YWRtaW4xMjM="}"#,
    );
}

#[test]
fn command_lines_sql_and_code_hide_their_passwords() {
    check("mysqldump -h db -ugeo -pGeheim9 shop", "mysqldump -h db -ugeo -p<password> shop");
    check("sshpass -p geheim ssh x", "sshpass -p <password> ssh x");
    check("redis-cli -h r -a geheim ping", "redis-cli -h r -a <password> ping");
    check("ldapsearch -x -w geheim -b dc=x", "ldapsearch -x -w <password> -b dc=x");
    check("openssl rsa -passin pass:geheim", "openssl rsa -passin pass:<password>");
    check("CREATE USER a IDENTIFIED BY 'geheim'", "CREATE USER a IDENTIFIED BY '<password>'");
    check("ALTER ROLE a WITH PASSWORD 'geheim';", "ALTER ROLE a WITH PASSWORD '<password>';");
    check("login jo password geheim", "login jo password <password>");
    check(
        r#"<add key="DbPassword" value="geheim"/>"#,
        r#"<add key="DbPassword" value="<password>"/>"#,
    );
    check("getenv('API_KEY', 'gehe-im12')", "getenv('API_KEY', '<secret>')");
    check("acme-secret-key-0123456789abcdef", "acme-secret-key-<secret>");
    stays("token-refresh-7d9f8b6c5d-x2x4z secret-operator-5d8f9c7b6d-abcde");
}

#[test]
fn escaped_values_are_the_same_values() {
    check("?q=%22password%22%3A%22geheim%22", "?q=%22password%22%3A%22<password>%22");
    check("?u=jo%40example.com&n=1", "?u=<email-…>@<domain-…>&n=1");
    assert_eq!(redacted("x jo%40example.com"), redacted("x Jo@example.com"));
}

#[test]
fn addresses_of_one_subnet_stay_together() {
    let subnet = |text: &str| redacted(text).split('-').take(3).collect::<Vec<_>>().join("-");
    assert_eq!(subnet("10.42.3.17"), subnet("10.42.3.23"));
    assert_ne!(subnet("10.42.3.17"), subnet("10.42.4.17"));
    assert_eq!(subnet("2a02:8070:1:2::7"), subnet("2a02:8070:1:2::8"));
    let domain = |text: &str| redacted(text).split('@').nth(1).map(str::to_owned);
    assert_eq!(domain("jo@example.com"), domain("mia@example.com"));
}

#[test]
fn lines_of_one_session_stay_together() {
    check(
        r#"{"session":"70137266-65c5-4421-b26e-9e03d6547cca","n":1}"#,
        r#"{"session":"<session-…>","n":1}"#,
    );
    check("JSESSIONID=0a1b2c3d4e5f60718293 x", "JSESSIONID=<session-…> x");
    assert_eq!(
        redacted("session_id=70137266-65c5-4421-b26e-9e03d6547cca"),
        redacted("session_id=70137266-65C5-4421-B26E-9E03D6547CCA")
    );
    stays("session=primary Session 42 opened sessionid 0x24edfaa87170010");
}

#[test]
fn people_and_machines_are_hidden_where_they_are_told() {
    check("Hi, Mia Sample here (+49 30 5838907)", "Hi, <person-…> here (<phone-…>)");
    check("full_name=\"Mia Sample\" n=1", "full_name=\"<person-…>\" n=1");
    check(
        r#"{"name":"Mia Sample","phone":"+49 30 5838907"}"#,
        r#"{"name":"<person-…>","phone":"<phone-…>"}"#,
    );
    stays(r#"{"name":"Order Service","level":"info"}"#);
    check("to db84.corp.example.com:5432", "to <host-…>:5432");
    stays("postgres.shop.svc.cluster.local api.example.com java.home com.acme.internal");
    check("passport number is T3569075 ok", "passport number is <official-number-…> ok");
    check("customer.pl_pesel=44051401458 ok", "customer.pl_pesel=<official-number-…> ok");
    stays("passport strategy failed at 2026-11-24 after 12 ms");
}

#[test]
fn names_that_the_bundle_lists_are_hidden_everywhere() {
    let hosts = ["shop-node-7".to_owned(), "localhost".to_owned(), "db".to_owned()];
    let users = ["msample".to_owned(), "root".to_owned()];
    let redactor = redactor().with_identities(&hosts, &users);
    let result =
        redactor.session().text("SHOP-NODE-7 ran su msample, root@localhost db").into_owned();
    assert!(result.starts_with("<host-") && result.contains("su <user-"), "{result}");
    assert!(result.ends_with(", root@localhost db"), "{result}");
    let again = redactor.session().text(&result).into_owned();
    assert_eq!(again, result);
    let other = redactor.session().text("xshop-node-71").into_owned();
    assert_eq!(other, "xshop-node-71");
}

#[test]
fn headers_keep_their_scheme_and_their_cookie_names() {
    check("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer <secret>");
    check("> authorization: Basic dXNlcjpwYXNz", "> authorization: Basic <secret>");
    check("Cookie: SESSION=0a1b2c3d4e; theme=dark", "Cookie: SESSION=<cookie>; theme=dark");
    check(
        "Set-Cookie: sid=0a1b2c3d4e; Path=/; HttpOnly",
        "Set-Cookie: sid=<cookie>; Path=/; HttpOnly",
    );
}

#[test]
fn private_keys_go_line_by_line() {
    check(
        "tls.key: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIEow/+==\n  -----END RSA PRIVATE KEY-----\nnext: 1",
        "tls.key: |\n  <private-key>\n  <private-key>\n  <private-key>\nnext: 1",
    );
    check(
        r#"{"key":"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"}"#,
        r#"{"key":"<private-key>\n"}"#,
    );
    check(
        "-----BEGIN EC PRIVATE KEY-----\nMIIE\n2026-01-01 00:00:00 INFO cut key",
        "<private-key>\n<private-key>\n2026-01-01 00:00:00 INFO cut key",
    );
    stays("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----");
}

#[test]
fn identities_get_a_pseudonym() {
    check("mail from Jo.Doe+x@Example.com, ok", "mail from <email-…>@<domain-…>, ok");
    check("peer 10.20.30.40:5432 and [2a02:8070:1::7]:80", "peer <ip-…>:5432 and [<ip-…>]:80");
    check("host ip-10-0-187-218 is gone", "host ip-<ip-…> is gone");
    check("to 73:96:1a:2b:3c:4d via eth0", "to 73:96:1a:<mac-…> via eth0");
    check("card=5583912897690871 ok", "card=<card-…> ok");
    check("iban=DE89 3704 0044 0532 0130 00 ok", "iban=<iban-…> ok");
    check("ssn=397-79-9415", "ssn=<ssn-…>");
    check("phone: 030 1234567, x", "phone: <phone-…>, x");
    check("/home/jdoe/app.yaml", "/home/<user-…>/app.yaml");
    check("home/jdoe/app.yaml", "home/<user-…>/app.yaml");
    check(r"C:\Users\jdoe\x", r"C:\Users\<user-…>\x");
    check(r#"{"card": 5583912897690871}"#, r#"{"card": "<card-…>"}"#);
    check(r#"{"m":"a\njo@example.com"}"#, r#"{"m":"a\n<email-…>@<domain-…>"}"#);
}

#[test]
fn all_spellings_of_a_value_share_one_pseudonym() {
    let pseudonym = |text: &str| {
        let result = redacted(text);
        let start = result.find('<').expect("something is hidden");
        result[start..=result.rfind('>').expect("a placeholder ends")].to_owned()
    };
    assert_eq!(pseudonym("Jo@Example.com"), pseudonym("x jo@example.com y"));
    assert_eq!(pseudonym("10.0.187.218"), pseudonym("ip-10-0-187-218"));
    assert_eq!(pseudonym("2a02:8070:0::7"), pseudonym("2a02:8070::7"));
    assert_eq!(pseudonym("5583 9128 9769 0871"), pseudonym("5583912897690871"));
    assert_ne!(pseudonym("10.0.187.218"), pseudonym("10.0.187.219"));
    let other = Redactor::new([8; 32]);
    assert_ne!(other.session().text("10.0.187.218"), redacted("10.0.187.218"));
}

#[test]
fn what_diagnosis_needs_stays() {
    stays("trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7");
    stays("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    stays(
        r#"{"requestId":"de1ce7f5-a9aa-4cab-ae8a-a7540830fd6c","objectId":"e84964710a1dac2294804f41"}"#,
    );
    stays("Idempotency-Key: de1ce7f5-a9aa-4cab-ae8a-a7540830fd6c");
    stays("2026-11-24 09:41:07,123 [http-nio-8080-exec-110] INFO started version 6.3.14.8170");
    stays("pod checkout-932e2d4e1-v6v8w image app@sha256:d5f2b4eeeb5a1b18e40583afa9d4b27b");
    stays("held by com.acme.Session@403e9244 waiting on <0x9dce91a680c75241>");
    stays("blk_-1608999687919862906 src: /0.0.0.0:1 127.0.0.1:80 ::1 169.254.1.1 8.8.8.8");
    stays("order=5583912897690871 epoch 1717618545469");
    stays("password=***HIDDEN*** token=${TOKEN} secret: null");
    stays("Expiring session 0x24edfaa87170010, timeout of 10000ms exceeded");
    stays("token expired, password must be changed, secret not found");
    stays("Chrome/120.0.0.0 git@github.com:a/b getty@tty1.service");
    stays("  \"password\": {\n    \"count\": 1\n  },");
    stays(r#"{"password":{"count":1},"secrets":["a"],"token":[]}"#);
    stays("max_tokens=4096 token_type=bearer key_id=42");
}

/// The letters of a pseudonym are drawn at random: `nhs` and `tel` come up, and mean nothing.
#[test]
fn the_letters_of_a_pseudonym_are_no_words() {
    for text in [
        "root from <ip-nbux-nhse-6qpfhxsfzmmm> port 11961 ssh2",
        "by <user-ab2tel3cdefg> 5551234567 times",
        "by <user-abcdefghijpw>=none and <host-abcdefghijpw>: 5f2a9c7781bd",
    ] {
        assert_eq!(redacted(text), text);
    }
}

#[test]
fn counts_name_the_lines_and_never_the_value() {
    let redactor = redactor();
    let mut session = redactor.session();
    for line in ["a", "password=x1", "b", "jo@example.com and password=y2"] {
        let _ = session.line(line);
    }
    let counts = session.finish();
    let shown = serde_json::to_string(&counts).expect("counts are JSON");
    assert_eq!(shown, r#"{"email":{"count":1,"lines":[4]},"password":{"count":2,"lines":[2,4]}}"#);
}

#[test]
fn a_line_without_findings_is_not_copied() {
    let redactor = redactor();
    let mut session = redactor.session();
    assert!(matches!(session.line("2026-11-24 INFO all is well"), Cow::Borrowed(_)));
}

#[test]
fn a_very_long_line_takes_linear_time() {
    // 10 MB of what each detector likes; quadratic work would take hours
    let parts =
        ["password:\"", "a@", "1.2.3.", "::", "token ", "<", "12-", "eyJ", "Cookie: a=", "\\"];
    for part in parts {
        let line = part.repeat(300_000 / part.len());
        let _ = redactor().session().line(&line);
    }
}

/// Text of the kind that breaks redactors: names, quotes, escapes, placeholders, values.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("password".to_owned()),
        Just("token".to_owned()),
        Just("Authorization: Bearer ".to_owned()),
        Just("Cookie: a=".to_owned()),
        Just("\"name\":\"X_SECRET\",\"value\":".to_owned()),
        Just("<password>".to_owned()),
        Just("<email-abcdefghijkl>".to_owned()),
        Just("-----BEGIN PRIVATE KEY-----".to_owned()),
        Just("-----END PRIVATE KEY-----".to_owned()),
        Just("jo@example.com".to_owned()),
        Just("10.1.2.3".to_owned()),
        Just("passport ".to_owned()),
        Just("national_id=Başvuru 10000000146".to_owned()),
        Just(" db84.corp.example.com".to_owned()),
        Just("Dear Mia Sample".to_owned()),
        Just(", Jörg Ünal here".to_owned()),
        Just("\"name\":\"Mia Sample\",".to_owned()),
        Just("api_key:\n  \"abc".to_owned()),
        Just("data:\n  a: YWRtaW4xMjM=".to_owned()),
        Just("%22password%22%3A%22".to_owned()),
        Just("x-secret-0123456789abcdef0".to_owned()),
        Just("73:96:1a:2b:3c:4d".to_owned()),
        Just("requirepass ".to_owned()),
        Just("2a02:8070::7".to_owned()),
        Just("5583912897690871".to_owned()),
        Just("postgres://u:p@h/".to_owned()),
        Just("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqb2UifQ.abc".to_owned()),
        "[=:,;&<>(){}'\"\\\\ \\n\\t./@+-]{1,3}",
        "[a-zA-Z0-9]{1,12}",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn redacting_twice_is_redacting_once(text in nasty()) {
        let once = redacted(&text);
        prop_assert_eq!(redacted(&once), once);
    }

    #[test]
    fn the_number_of_lines_never_changes(text in nasty()) {
        prop_assert_eq!(redacted(&text).split('\n').count(), text.split('\n').count());
    }

    #[test]
    fn json_stays_json(
        fields in proptest::collection::btree_map(nasty(), nasty(), 0..4),
        key in prop_oneof![Just("password"), Just("card"), Just("api_key"), Just("n")],
        number in prop_oneof![Just(5_583_912_897_690_871_u64), any::<u64>()],
    ) {
        let mut object: serde_json::Map<String, serde_json::Value> =
            fields.into_iter().map(|(name, value)| (name, value.into())).collect();
        object.insert(key.to_owned(), number.into());
        let nested = serde_json::Value::Object(object.clone()).to_string();
        object.insert("nested".to_owned(), nested.into());
        let line = serde_json::Value::Object(object).to_string();
        let redactor = redactor();
        let mut session = redactor.session();
        let result = session.line(&line);
        let read_again = serde_json::from_str::<serde_json::Value>(&result);
        prop_assert!(read_again.is_ok(), "{line}\n{result}\n{read_again:?}");
    }
}
