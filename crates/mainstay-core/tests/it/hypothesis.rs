//! Hypotheses of a case: taken up, judged, cited; and the bundle without fault.

use mainstay_core::case::{Command, Judgement};

use crate::case::check;
use crate::fixture::{attach, bundle_id, judge, note, open, resolve, suspect};

const PINNED: &str = "case.hypothesis_pinned {\"hypothesis\":1,\
    \"bundle\":\"00000000-0000-0000-0000-000000b00001\",\"reference\":null,\
    \"component\":\"ledger\",\"kind\":\"config\",\"statement\":\"a change came just before\"}";

#[test]
fn a_hypothesis_gets_one_number_for_ever() {
    check(&[open(), attach(1)], suspect(1, "ledger"), PINNED);
    let taken = [open(), attach(1), suspect(1, "ledger")];
    check(&taken, suspect(1, "ledger"), "nothing");
    let second = PINNED.replace(":1,", ":2,").replace("ledger", "checkout");
    check(&taken, suspect(1, "checkout"), &second);
    check(&[open()], suspect(1, "ledger"), "not_found: the bundle is not attached to MS-1042");
    check(&[open(), attach(1)], suspect(1, " "), "invalid: component is empty");
    let long = "x".repeat(501);
    let refused = "invalid: component has more than 500 characters";
    check(&[open(), attach(1)], suspect(1, &long), refused);
}

#[test]
fn a_judgement_has_a_reason_and_can_change() {
    let taken = [open(), attach(1), suspect(1, "ledger")];
    let body = "case.hypothesis_judged {\"hypothesis\":1,\"judgement\":\"refuted\",\
        \"reason\":\"the pool was never full\"}";
    let refute = judge(1, Judgement::Refuted, "the pool was never full");
    check(&taken, refute.clone(), body);
    check(&taken, judge(1, Judgement::Refuted, " "), "invalid: reason is empty");
    check(&taken, judge(2, Judgement::Refuted, "x"), "not_found: no hypothesis H2 in MS-1042");
    let judged = [&taken[..], std::slice::from_ref(&refute)].concat();
    check(&judged, refute, "nothing");
    let again = judge(1, Judgement::Confirmed, "it was, at night");
    let body = "case.hypothesis_judged {\"hypothesis\":1,\"judgement\":\"confirmed\",\
        \"reason\":\"it was, at night\"}";
    check(&judged, again.clone(), body);
    let solved = [&taken[..], &[resolve()]].concat();
    check(&solved, again, "conflict: MS-1042 is solved; reopen it first");
}

#[test]
fn a_note_cites_only_hypotheses_that_were_taken_up() {
    let refused = "not_found: the note cites MS-1042/H1, which does not exist; \
        pin the hypothesis first";
    check(&[open(), attach(1)], note("see [H1]"), refused);
    let body = "case.noted {\"note\":\"00000000-0000-0000-0000-000007000001\",\
        \"audience\":\"internal\",\"text\":\"see [H1]\",\"cites\":[]}";
    check(&[open(), attach(1), suspect(1, "ledger")], note("see [H1]"), body);
}

#[test]
fn another_bundle_of_the_case_shows_it_without_fault() {
    let choose = |bundle, reference: Option<u128>| Command::ChooseReference {
        bundle: bundle_id(bundle),
        reference: reference.map(bundle_id),
    };
    let given = [open(), attach(1), attach(2)];
    let body = "case.reference_chosen {\"bundle\":\"00000000-0000-0000-0000-000000b00002\",\
        \"reference\":\"00000000-0000-0000-0000-000000b00001\"}";
    check(&given, choose(2, Some(1)), body);
    check(&given, choose(2, None), "nothing");
    let itself = "invalid: a bundle is no reference for itself; choose another";
    check(&given, choose(2, Some(2)), itself);
    check(&given, choose(2, Some(3)), "not_found: the bundle is not attached to MS-1042");
    let chosen = [&given[..], &[choose(2, Some(1))]].concat();
    check(&chosen, choose(2, Some(1)), "nothing");
    let body = "case.reference_chosen {\"bundle\":\"00000000-0000-0000-0000-000000b00002\",\
        \"reference\":null}";
    check(&chosen, choose(2, None), body);
}
