//! Every answer to a query against the plain way to find it: look at the text of each record.

use std::path::Path;
use std::sync::OnceLock;

use mainstay_core::{Level, UtcMicros};
use proptest::prelude::*;
use proptest::sample::select;

use super::{Bundle, LineFull};
use crate::ingest::{Options, ingest};
use crate::limits::Limits;
use crate::open::{Input, Phase, Progress};
use crate::query::{
    Bound, Expression, Match, NameField, Named, NumberField, Property, Query, Term, Test, holds,
    pattern,
};

struct Quiet;

impl Progress for Quiet {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
}

/// Records of every kind of header and value.
const LOGS: [(&str, &str); 5] = [
    (
        "sshd.log",
        "Nov  1 00:00:12 gate-3 sshd[4711]: Failed password for root from 192.0.2.7 port 22 ssh2\n\
         Nov  1 00:00:13 gate-3 sshd[4712]: Failed password for root from 198.51.100.9 port 4712 ssh2\n\
         Nov  1 00:01:12 gate-3 sshd[12]: pam_unix(sshd:auth): check pass; user unknown\n\
         Nov  1 00:01:13 gate-3 sshd[12]: authentication failure; uid=0 euid=0 user=bob rhost=192.0.2.7\n\
         Nov  1 00:01:14 gate-3 sshd[007]: session: user: alice took 12ms\n",
    ),
    (
        "checkout.json",
        "{\"time\":\"2026-11-01T00:00:12.123Z\",\"level\":\"info\",\"msg\":\"order 17 placed for 4711\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"duration_ms\":1500}\n\
         {\"time\":\"2026-11-01T00:00:12.200Z\",\"level\":\"error\",\"msg\":\"order 18 lost\",\"trace_id\":\"5bf92f3577b34da6a3ce929d0e0e4736\",\"status\": 503,\"user\":\"a \\\"b\\\"\"}\n\
         {\"time\":\"2026-11-01T00:00:12.300Z\",\"level\":\"info\",\"msg\":\"order 19 placed for 7\",\"status\":200,\"user\":\"bob\",\"duration_ms\":20}\n",
    ),
    (
        "ledger.log",
        "2026-11-01T00:00:12.123Z  WARN 1 --- [nio-8080-exec-7] c.e.Ledger : booked account 4711 in 7 ms\n\
         2026-11-01T00:00:13.123Z ERROR 1 --- [nio-8080-exec-7] c.e.Ledger : could not book 4711: status=503 took=1.5s\n\
         java.lang.IllegalStateException: user=eve is closed\n\
         \tat c.e.Ledger.book(Ledger.java:47)\n\
         2026-11-01T00:00:14.123Z  INFO 1 --- [nio-8080-exec-9] c.e.Ledger : booked account 12 in 11 ms\n",
    ),
    ("plain.txt", "no time at all, status=200\nnor here: Über naïve café 4711\n"),
    (
        "access.log",
        "192.0.2.7 - bob [01/Nov/2026:00:00:12 +0000] \"GET /api/v1/orders/17 HTTP/1.1\" 503 12 \"-\" \"curl/8\"\n\
         192.0.2.8 - - [01/Nov/2026:00:00:14 +0000] \"GET /health HTTP/1.1\" 200 2 \"-\" \"curl/8\"\n",
    ),
];

struct Known {
    _folder: tempfile::TempDir,
    bundle: Bundle,
    all: Vec<LineFull>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let input = folder.path().join("input");
        std::fs::create_dir(&input).expect("a folder");
        for (name, text) in LOGS {
            std::fs::write(input.join(name), text).expect("a file");
        }
        let out = folder.path().join("out");
        read(&input, &out);
        let bundle = Bundle::open(&out).expect("what was stored opens");
        let rows = bundle.select(&Query::default()).expect("all rows");
        let all = rows.rows.iter().map(|row| bundle.line(u64::from(*row)).expect("a row"));
        let all = all.collect();
        Known { _folder: folder, bundle, all }
    })
}

fn read(input: &Path, out: &Path) {
    let options = Options {
        limits: Limits::default(),
        now: "2026-11-24T00:00:00Z".parse().expect("a time"),
        rules: None,
        identities: None,
        correct_clocks: true,
        pseudonym_key: Some([7; 32]),
        threads: 1,
    };
    ingest(vec![Input::Path(input.to_owned())], &options, out, &Quiet).expect("a bundle");
}

fn text_of(line: &LineFull) -> String {
    let first = if line.line.lines > 1 && line.line.more.is_some() { "\n" } else { "" };
    format!("{}{}{first}{}", line.header, line.body, line.more_full)
}

fn passes(bundle: &Bundle, expression: &Expression, line: &LineFull) -> bool {
    let text = text_of(line);
    let row = &line.line;
    match expression {
        Expression::Any => true,
        Expression::Not(inner) => !passes(bundle, inner, line),
        Expression::And(all) => all.iter().all(|one| passes(bundle, one, line)),
        Expression::Or(any) => any.iter().any(|one| passes(bundle, one, line)),
        Expression::Term(term) => match term {
            Term::Text(words) => holds(&text, words),
            Term::Pattern(words) => pattern(words).expect("checked").is_match(&text),
            Term::Level(levels) => levels.contains(&row.level),
            Term::Time { from, to } => row.time.is_some_and(|time| {
                from.is_none_or(|from| from <= time) && to.is_none_or(|to| time < to)
            }),
            Term::Number { field, from, to } => {
                let value = match field {
                    NumberField::Line => row.line,
                    NumberField::Lines => u64::from(row.lines),
                };
                from.is_none_or(|from| from <= value) && to.is_none_or(|to| value <= to)
            }
            Term::Is(property) => {
                property.holds(line.flags, row.level, row.lines, row.time.is_some())
            }
            Term::Name { field, any_of } => any_of.iter().any(|wanted| {
                let id = |id: &Option<String>| id.as_ref().is_some_and(|id| wanted.fits(id));
                match field {
                    NameField::Source => {
                        *wanted == Match::Number(row.source)
                            || wanted.fits(bundle.source_name(row.source))
                    }
                    NameField::File => {
                        *wanted == Match::Number(row.file) || wanted.fits(&line.path)
                    }
                    NameField::Template => wanted.fits(&row.template),
                    NameField::Confidence => wanted.fits(row.time_confidence.as_str()),
                    NameField::Trace => id(&line.trace_id),
                    NameField::Span => id(&line.span_id),
                    NameField::Request => id(&line.request_id),
                }
            }),
            Term::Named { name, test } => {
                Named::new(name).any(&text, |name, value| test.passes(name, value))
            }
            Term::Has(name) => match name.as_str() {
                "time" => row.time.is_some(),
                "level" => row.level.is_some(),
                "trace" => line.trace_id.is_some(),
                name => Named::new(name).any(&text, |_, _| true),
            },
        },
    }
}

fn matches() -> impl Strategy<Value = Match> {
    let words = ["bob", "503", "*", "b*b", "root", "4711", "*log", "1500", "<ip-*", "a b", "ssh*2"];
    (select(words.to_vec()), any::<bool>(), 0..4_u32).prop_map(|(word, number, id)| {
        if number && id == 0 {
            Match::Number(id)
        } else if word.contains('*') {
            Match::Glob(word.to_owned())
        } else {
            Match::Exact(word.to_owned())
        }
    })
}

fn bound() -> impl Strategy<Value = Option<Bound>> {
    let ends = ["0", "7", "500", "1s", "1500ms", "20ms", "1.5s"];
    proptest::option::of(
        (select(ends.to_vec()), any::<bool>())
            .prop_map(|(text, included)| Bound { text: text.to_owned(), included }),
    )
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        proptest::collection::vec(matches(), 1..3).prop_map(Test::AnyOf),
        (bound(), bound()).prop_filter_map("a range", |(from, to)| match (&from, &to) {
            (None, None) => None,
            // both ends of a written range are part of it
            (Some(_), Some(_)) => {
                let included =
                    |bound: Option<Bound>| bound.map(|bound| Bound { included: true, ..bound });
                Some(Test::Range { from: included(from), to: included(to) })
            }
            _ => Some(Test::Range { from, to }),
        }),
        select(vec!["^b", "5.3", "a|e"]).prop_map(|text| Test::Pattern(text.to_owned())),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    let known = known();
    let texts: Vec<String> = known.all.iter().map(text_of).collect();
    // any piece of any text: inside constants, inside values, across both
    let pieces = (select(texts), any::<prop::sample::Index>(), 1..24_usize, any::<bool>())
        .prop_map(|(text, start, length, upper)| {
            let chars: Vec<char> = text.chars().collect();
            let start = start.index(chars.len());
            let piece: String = chars[start..].iter().take(length).collect();
            if upper { piece.to_ascii_uppercase() } else { piece }
        });
    let times: Vec<UtcMicros> = known.all.iter().filter_map(|line| line.line.time).collect();
    let time = || proptest::option::of(select(times.clone()));
    let names =
        ["user", "status", "uid", "duration", "duration_ms", "msg", "rhost", "took", "in", "time"];
    let levels = proptest::option::of(select(Level::ALL.to_vec()));
    let fields = [
        NameField::Source,
        NameField::File,
        NameField::Template,
        NameField::Trace,
        NameField::Confidence,
    ];
    prop_oneof![
        4 => pieces.prop_map(Term::Text),
        1 => select(vec!["[0-9]{4}", "(?i)ORDER", "book.*in", "^Nov", "x/y"])
            .prop_map(|text| Term::Pattern(text.to_owned())),
        1 => proptest::collection::btree_set(levels, 1..4)
            .prop_map(|levels| Term::Level(levels.into_iter().collect())),
        1 => (time(), time()).prop_filter_map("a span", |(from, to)| {
            let some = from.is_some() || to.is_some();
            let rises = from.zip(to).is_none_or(|(from, to)| from < to);
            (some && rises).then_some(Term::Time { from, to })
        }),
        1 => (select(vec![NumberField::Line, NumberField::Lines]), 0..4_u64, 0..4_u64)
            .prop_map(|(field, from, more)| Term::Number { field, from: Some(from), to: Some(from + more) }),
        1 => (select(fields.to_vec()), proptest::collection::vec(matches(), 1..3))
            .prop_filter_map("a confidence is checked", |(field, any_of)| {
                let any_of = if field == NameField::Confidence {
                    vec![Match::Glob("*e*".to_owned())]
                } else {
                    any_of
                };
                Some(Term::Name { field, any_of })
            }),
        4 => (select(names.to_vec()), test())
            .prop_filter_map("a field of its own", |(name, test)| {
                (name != "time").then(|| Term::Named { name: name.to_owned(), test })
            }),
        1 => select(names.to_vec()).prop_map(|name| Term::Has(name.to_owned())),
        1 => select(Property::ALL.to_vec()).prop_map(Term::Is),
    ]
}

fn expression() -> impl Strategy<Value = Expression> {
    term().prop_map(Expression::Term).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|all| flat(all, true)),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|any| flat(any, false)),
            inner.prop_map(|one| Expression::Not(Box::new(one))),
        ]
    })
}

/// As the parser gives them: no list directly in a list of its kind.
fn flat(inner: Vec<Expression>, all: bool) -> Expression {
    let mut flat = Vec::new();
    for one in inner {
        match (one, all) {
            (Expression::And(more), true) | (Expression::Or(more), false) => flat.extend(more),
            (other, _) => flat.push(other),
        }
    }
    if all { Expression::And(flat) } else { Expression::Or(flat) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_query_finds_what_the_plain_way_finds(expression in expression()) {
        let Known { bundle, all, .. } = known();
        let query = Query::from(expression);
        let selection = bundle.select(&query).expect("a selection");
        let plain: Vec<u64> = all
            .iter()
            .filter(|line| passes(bundle, query.expression(), line))
            .map(|line| line.line.row)
            .collect();
        let got: Vec<u64> = selection.rows.iter().map(|row| u64::from(*row)).collect();
        prop_assert_eq!(got, plain, "{}", query);
        prop_assert_eq!(selection.len() + selection.hidden(), all.len() as u64);
        prop_assert_eq!(bundle.count(&query).expect("a count"), selection.len());
    }

    #[test]
    fn a_query_survives_its_text(expression in expression()) {
        let query = Query::from(expression);
        let text = query.to_string();
        prop_assert_eq!(text.parse::<Query>().map_err(|error| format!("{error} in {text}")), Ok(query));
    }

    #[test]
    fn any_text_is_a_query_or_a_message(text in "[ -~äß\u{1F600}]{0,64}|[()\"/:,.<>=a-c0-9 -]{0,48}") {
        match text.parse::<Query>() {
            Ok(query) => {
                let again = query.to_string();
                prop_assert_eq!(again.parse::<Query>().map(|it| it.to_string()), Ok(again));
            }
            Err(error) => {
                prop_assert!(error.start <= text.len() + 1);
                prop_assert!(!error.message.is_empty());
            }
        }
    }

    #[test]
    fn facets_of_a_field_add_up(expression in expression(), field in select(vec!["user", "level", "source", "status"]), limit in 0..3_usize) {
        let Known { bundle, .. } = known();
        let selection = bundle.select(&Query::from(expression)).expect("a selection");
        let facet = bundle.field_facet(&selection, field, limit).expect("a facet");
        let shown: u64 = facet.values.iter().map(|value| value.count).sum();
        prop_assert_eq!(shown + facet.others_records + facet.without, selection.len());
    }
}

#[test]
fn bounds_of_a_query_are_kept() {
    let deep = format!("{}a{}", "(".repeat(40), ")".repeat(40));
    let long = "a ".repeat(5_000);
    let many = "a OR ".repeat(600) + "a";
    for text in [deep, long, many, "-".repeat(100) + "a"] {
        assert!(text.parse::<Query>().is_err(), "{}", &text[..20]);
    }
}
