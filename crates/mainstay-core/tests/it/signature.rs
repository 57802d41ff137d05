//! A signature as text, its life, and what is said of a bundle it fits.

use mainstay_core::bundle::{self, Answer, MatchAnswered, Recognised, Shared, SignatureMatch};
use mainstay_core::event::Event;
use mainstay_core::signature::{
    self, Command, Document, Drafted, Feature, Origin, Seen, SignatureNumber, parse,
};
use mainstay_core::{CaseNumber, HypothesisNumber, SignatureId};
use proptest::prelude::*;
use uuid::Uuid;

use crate::bundle::{read, received};
use crate::fixture::{bundle_id, case_id, context, given, open, resolve, told};

const TEXT: &str = "mainstay-signature 2\n\
    name: pool exhausted\n\
    kind: config\n\
    fixed in: 7.4.2\n\
    workaround: set the pool back to 20\n  and restart the ledger\n\
    message Tq2v5m3k4j6h7n4pa: pool exhausted: <*> in use\n\
    code ORA-00060\n\
    change setting maximumPoolSize\n\
    shape failures\n";

pub(crate) fn signature_id() -> SignatureId {
    SignatureId::from_uuid(Uuid::from_u128(0x51_6000))
}

pub(crate) fn drafted() -> Drafted {
    let origin = Origin {
        case: case_id(),
        number: CaseNumber(1042),
        bundle: Some(bundle_id(1)),
        hypothesis: Some(HypothesisNumber(2)),
    };
    Drafted {
        signature: signature_id(),
        number: SignatureNumber(1012),
        text: TEXT.to_owned(),
        origin: Some(origin),
    }
}

pub(crate) fn recognised() -> Recognised {
    let shared = |feature: &str, words: &str, place| Shared {
        feature: feature.to_owned(),
        words: words.to_owned(),
        place,
    };
    let found = SignatureMatch {
        signature: signature_id(),
        number: SignatureNumber(1012),
        version: 2,
        name: "pool exhausted".to_owned(),
        case: Some(CaseNumber(1042)),
        score: 871,
        seen: Seen { fitting: 0, cases: 40 },
        shared: vec![
            shared("message Tq2v5m3k4j6h7n4pa", "pool exhausted: <*> in use", Some((3, 17))),
            shared("kind config", "", None),
        ],
        lacking: vec!["code ORA-00060".to_owned()],
    };
    Recognised { asked: 12, matches: vec![found] }
}

pub(crate) fn answered() -> MatchAnswered {
    MatchAnswered {
        signature: signature_id(),
        number: SignatureNumber(1012),
        answer: Answer::NotThis,
        reason: "another pool".to_owned(),
    }
}

#[test]
fn a_text_is_read_and_written_again() {
    let document = parse(TEXT).expect("a signature");
    assert_eq!(document.workaround, "set the pool back to 20\nand restart the ledger");
    assert_eq!(document.features.len(), 4);
    assert_eq!(document.matched().last(), Some(&Feature::Kind("config".to_owned())));
    assert_eq!(document.to_string(), TEXT);
}

#[test]
fn the_first_format_is_still_read() {
    let old = "mainstay-signature 1\n# by hand\n\nname: deadlock\nkind: overload\n\
        message Tabc: lock <*> waits\npattern pg-deadlock\ncode ORA-00060\n";
    let document = parse(old).expect("format 1");
    assert_eq!((document.name.as_str(), document.features.len()), ("deadlock", 3));
}

#[test]
fn what_is_no_signature_is_said_line_by_line() {
    let check = |text: &str, expect: &str| {
        let mistakes = parse(text).expect_err("no signature");
        assert_eq!(mistakes.to_string(), expect, "{text:?}");
    };
    let with = |body: &str| format!("mainstay-signature 2\n{body}");
    check("hello", "line 1: the first line is not \"mainstay-signature 2\"");
    check("", "line 1: the first line is not \"mainstay-signature 2\"");
    let newer = "line 1: the format is 3, this version reads up to 2: update mainstay";
    check("mainstay-signature 3\nname: x\n", newer);
    check(
        &with("name: x\nnonsense here\ncode \ncode A B\nmessage pool: x\nshape Up\n"),
        "line 3: it is no field and no message, code, pattern, change or shape; \
         line 4: a code needs a name of 1 to 120 characters; \
         line 5: the name of a code holds a blank; \
         line 6: a message has an id like Tq2v5m3k4j6h7n4pa; \
         line 7: a shape is a word of a-z and _",
    );
    check(
        &with("name: x\nname: y\ncode A1\ncode A1\n"),
        "line 3: \"name\" stands there twice; line 5: \"code A1\" stands there twice",
    );
    check(&with("code A1\n"), "there is no name; add a line \"name: ...\"");
    check(
        &with("name: x\nkind: config\nshape failures\n"),
        "there is no message, code or pattern to know it by",
    );
    check(&with("name: a\u{202E}b\ncode A1\n"), "line 2: there is a sign that cannot be seen");
    let many: String = (0..101).map(|number| format!("code C{number}\n")).collect();
    check(&with(&format!("name: x\n{many}")), "line 103: there are more than 100 features");
    let long = format!("name: {}\ncode A1\n", "x".repeat(201));
    check(&with(&long), "line 2: the name has more than 200 characters");
    check(&"x".repeat((64 << 10) + 1), "the text has more than 65536 bytes");
}

fn document() -> impl Strategy<Value = Document> {
    let line = "[a-z:#. ]{0,12}[a-z:#.]";
    let paragraph = || {
        proptest::collection::vec(prop_oneof![Just(String::new()), line.boxed()], 0..4)
            .prop_map(|lines| lines.join("\n").trim().to_owned())
    };
    let feature = prop_oneof![
        ("T[a-z2-7]{16}", "([a-z<*>:]{1,9})?")
            .prop_map(|(id, words)| (Feature::Message(id), words)),
        "[A-Z]{3}-[0-9]{2}".prop_map(|it| (Feature::Code(it), String::new())),
        "[a-z-]{1,9}".prop_map(|it| (Feature::Pattern(it), String::new())),
        ("[a-z_]{1,9}", "[A-Za-z./]{1,9}")
            .prop_map(|(kind, name)| (Feature::Change(kind, name), String::new())),
        "[a-z_]{1,9}".prop_map(|it| (Feature::Shape(it), String::new())),
    ];
    let features = proptest::collection::btree_map("[A-Z]{2}[0-9]{3}", feature, 0..8);
    ("[a-z]{1,9}( [a-z:]{1,9})?", "[a-z_]{0,6}", paragraph(), paragraph(), paragraph(), features)
        .prop_map(|(name, kind, cause, fix, verify, features)| {
            let mut features: Vec<_> = features.into_values().collect();
            features.push((Feature::Code("ORA-00060X".to_owned()), String::new()));
            let mut known = std::collections::BTreeSet::new();
            features.retain(|(feature, _)| known.insert(feature.clone()));
            Document { name, kind, cause, fix, verify, features, ..Document::default() }
        })
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_back(document in document()) {
        prop_assert_eq!(parse(&document.to_string()), Ok(document));
    }

    /// What was read has one spelling: a second edit of nothing changes nothing.
    #[test]
    fn any_text_is_read_or_refused(text in "(\\PC|\n|  |cause:|\\.){0,80}") {
        let text = format!("mainstay-signature 2\nname: x\ncode A1\n{text}");
        if let Ok(document) = parse(&text) {
            prop_assert_eq!(parse(&document.to_string()), Ok(document));
        }
    }
}

fn check(given: &[Command], when: Command, expect: &str) {
    let mut state = None;
    for command in given {
        for event in signature::decide(&state, command.clone(), &context()).expect("allowed") {
            state = signature::evolve(state, &event);
        }
    }
    let outcome = signature::decide(&state, when, &context());
    let outcome = outcome.map(|events| events.into_iter().map(Event::Signature).collect());
    assert_eq!(told(outcome).lines().next().unwrap_or_default(), expect);
}

#[test]
fn a_signature_is_drafted_activated_and_retired() {
    let draft = || Command::Draft(drafted());
    let activate = || Command::Activate { reason: String::new() };
    let retire = |reason: &str| Command::Retire { reason: reason.to_owned() };
    let edit = |text: &str| Command::Edit { text: text.to_owned() };
    check(&[draft()], draft(), "conflict: the signature was drafted before");
    check(&[], activate(), "not_found: no such signature");
    check(&[draft()], activate(), "signature.activated {\"reason\":\"\"}");
    check(&[draft(), activate()], activate(), "nothing");
    check(&[draft(), activate()], retire(" "), "invalid: reason is empty");
    check(&[draft(), activate()], retire("fixed"), "signature.retired {\"reason\":\"fixed\"}");
    check(&[draft(), retire("no good")], activate(), "signature.activated {\"reason\":\"\"}");
    check(&[draft()], edit(TEXT), "nothing");
    check(&[draft()], edit(&format!("{TEXT}# seen\n")), "nothing");
    check(
        &[draft()],
        edit("hello"),
        "invalid: line 1: the first line is not \"mainstay-signature 2\"",
    );
}

#[test]
fn a_match_is_answered_only_where_there_is_one() {
    let mut state = None;
    let before = [bundle::Command::Receive(received()), bundle::Command::Finish(read())];
    for command in before {
        for event in bundle::decide(&state, command, &context()).expect("allowed") {
            state = bundle::evolve(state, &event);
        }
    }
    let nothing = Recognised { asked: 12, matches: vec![] };
    let decide = |state: &bundle::State, command: bundle::Command| {
        bundle::decide(state, command, &context()).map_err(|refusal| refusal.to_string())
    };
    let answer = || bundle::Command::AnswerMatch(answered());
    assert_eq!(decide(&state, bundle::Command::Recognise(nothing.clone())), Ok(vec![]));
    assert_eq!(
        decide(&state, answer()).expect_err("no match"),
        "the bundle was not recognised by SIG-1012; load it again"
    );
    let event = bundle::Event::Recognised(recognised());
    let recognise = bundle::Command::Recognise(recognised());
    assert_eq!(decide(&state, recognise.clone()), Ok(vec![event.clone()]));
    assert!(decide(&None, recognise).is_err());
    state = bundle::evolve(state, &event);
    assert!(decide(&state, answer()).is_ok());
    let mute = MatchAnswered { reason: " ".to_owned(), ..answered() };
    assert!(decide(&state, bundle::Command::AnswerMatch(mute.clone())).is_err());
    let yes = MatchAnswered { answer: Answer::Confirmed, ..mute };
    assert!(decide(&state, bundle::Command::AnswerMatch(yes)).is_ok());
    // what fits no more is told as well
    assert!(decide(&state, bundle::Command::Recognise(nothing)).is_ok_and(|it| it.len() == 1));
}

#[test]
fn a_case_leaves_no_signature_only_when_it_is_over() {
    let decline =
        |reason: &str| mainstay_core::case::Command::DeclineSignature { reason: reason.to_owned() };
    let check = |state: &mainstay_core::case::State, reason: &str, expect: &str| {
        let outcome = mainstay_core::case::decide(state, decline(reason), &context());
        assert_eq!(told(outcome.map(|it| it.into_iter().map(Event::Case).collect())), expect);
    };
    check(&given(&[open()]), "a question", "conflict: MS-1042 is not solved; resolve it first");
    let over = given(&[open(), resolve()]);
    check(&over, "a question", "case.signature_declined {\"reason\":\"a question\"}");
    check(&over, "", "invalid: reason is empty");
}
