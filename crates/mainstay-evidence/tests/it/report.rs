//! Reports of a small bundle as people read them, and what must never act in them.

use std::io::Read as _;

use base64::Engine;
use mainstay_evidence::report::{self, Style};
use sha2::{Digest, Sha256};

use crate::ingest::packed;
use crate::shared_data::{Read, read_bytes};

/// A shop whose payment begins to fail, with a line that tries to act.
fn shop() -> Read {
    let mut cart = String::new();
    let mut pay = String::new();
    for second in 0..240 {
        let clock = format!("2026-11-24T09:{:02}:{:02}.000Z", second / 60, second % 60);
        cart.push_str(&format!(
            "{clock} INFO  shop.Cart - item {second} added to cart c{second}\n"
        ));
        let failing = (150..180).contains(&second);
        let line = if failing {
            "ERROR shop.Pay - pool exhausted: 20/20 in use"
        } else {
            "INFO  shop.Pay - payment accepted"
        };
        pay.push_str(&format!("{clock} {line}\n"));
    }
    pay.push_str("2026-11-24T09:04:00.000Z FATAL shop.Pay - \u{1b}[2Jforged \u{202e}txt</script><script>alert(1)</script>\n");
    pay.push_str(
        "java.lang.OutOfMemoryError: Java heap space\n\tat shop.Pay.charge(Pay.java:42)\n",
    );
    let bytes = packed(&[
        ("shop/cart.log", cart.as_bytes()),
        ("shop/empty.log", b""),
        ("shop/pay.log", pay.as_bytes()),
    ]);
    read_bytes("shop.tar.gz", bytes)
}

#[test]
fn the_text_reads_in_a_terminal() {
    let mut out = Vec::new();
    report::text(&shop().bundle, &mut out, Style::Plain).expect("a text");
    insta::assert_snapshot!(String::from_utf8(out).expect("text"));
}

#[test]
fn only_our_own_colours_are_in_the_text() {
    let mut out = Vec::new();
    report::text(&shop().bundle, &mut out, Style::Coloured).expect("a text");
    let text = String::from_utf8(out).expect("text");
    assert!(text.contains("\u{1b}[31m"));
    assert!(!text.contains("\u{1b}[2J"));
    assert!(!text.contains('\u{202e}') && text.contains("\\u{202e}"));
}

#[test]
fn the_summary_is_stable_json() {
    let mut summary = report::json(&shop().bundle).expect("a summary");
    summary["tool_version"] = "any".into();
    insta::assert_json_snapshot!(summary);
}

fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let from = page.find(start).expect("the start") + start.len();
    let to = page[from..].find(end).expect("the end");
    &page[from..from + to]
}

#[test]
fn the_page_acts_only_as_its_policy_says() {
    let page = report::html(&shop().bundle).expect("a page");
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let script = between(&page, "<script>", "</script>");
    let style = between(&page, "<style>", "</style>");
    for text in [script, style] {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        // askama writes the quotes of the policy as entities
        assert!(policy.contains(&hash.replace('+', "&#43;")) || policy.contains(&hash), "{policy}");
    }
    assert!(policy.starts_with("default-src "));
    assert_eq!(page.matches("<script>").count(), 1, "only our own script");
    assert!(!page.contains("alert(1)</script>"));
    assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'));
    for forbidden in ["http://", "https://", " style=", " onclick", "src=\"http"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn the_page_holds_the_lines_it_says() {
    let read = shop();
    let page = report::html(&read.bundle).expect("a page");
    let packed = between(&page, "id=\"packed\">", "</script>");
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed).expect("base64");
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("gzip");
    assert_eq!(text.lines().count() as u64, read.bundle.records());
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    let summary = between(&page, "id=\"summary\">", "</script>");
    let summary: serde_json::Value = serde_json::from_str(summary).expect("the same JSON");
    assert_eq!(summary, report::json(&read.bundle).expect("a summary"));
    assert!(page.len() < 2 << 20);
}
