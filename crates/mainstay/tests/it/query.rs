//! `mainstay query` on a log, on a kept folder and on a wrong filter.

use crate::harness::{expect, run, stderr};

const LOG: &[u8] = b"2026-11-24T09:41:05.000Z INFO checkout order 1 placed status=200\n\
2026-11-24T09:41:06.000Z INFO checkout order 2 placed status=200\n\
2026-11-24T09:41:07.118Z ERROR checkout =cmd() pool exhausted: status=503\n\
2026-11-24T09:41:08.000Z INFO checkout order 3 placed status=200\n";

fn log() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.log");
    std::fs::write(&path, LOG).expect("a file");
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

#[test]
fn lines_are_printed_with_their_place_and_neighbours() {
    let (_folder, log) = log();
    let said = expect(&run(&["query", "-q", &log, "level:error.."]), 0);
    assert_eq!(
        said,
        "shop.log:3: 2026-11-24T09:41:07.118Z ERROR checkout =cmd() pool exhausted: status=503\n"
    );
    let said = expect(&run(&["query", "-q", &log, "status:>=500", "-C", "1"]), 0);
    let places: Vec<&str> = said.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(places, ["shop.log:2-", "shop.log:3:", "shop.log:4-"]);
}

#[test]
fn a_kept_folder_is_asked_without_reading_again() {
    let (folder, log) = log();
    let kept = folder.path().join("kept");
    let kept = kept.to_string_lossy();
    assert_eq!(expect(&run(&["query", "-q", &log, "order", "--count", "--keep", &kept]), 0), "3\n");
    assert_eq!(expect(&run(&["query", "-q", &kept, "order", "--count"]), 0), "3\n");
    expect(&run(&["query", "-q", &kept, "nowhere"]), 1);
    let facet = expect(&run(&["query", "-q", &kept, "--facet", "status", "--histogram"]), 0);
    assert!(facet.contains("3  200") && facet.contains("1  503"), "{facet}");
    let said = expect(&run(&["query", "-q", &kept, "-order", "--json"]), 2);
    assert_eq!(said, "", "a dash begins a flag: {said}");
    let json = expect(&run(&["query", "-q", &kept, "--json", "--", "-order"]), 0);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["shown"], &json["hidden"]), (&1.into(), &3.into()));
    assert_eq!(json["lines"][0]["place"], "shop.log:3");
}

#[test]
fn a_cell_is_no_formula_and_a_table_no_markup() {
    let (folder, _) = log();
    let path = folder.path().join("plain.log");
    std::fs::write(&path, "=HYPERLINK(1)|*x*\n").expect("a file");
    let path = path.to_string_lossy();
    let csv = expect(&run(&["query", "-q", &path, "--csv"]), 0);
    assert!(csv.contains(",'=HYPERLINK(1)|*x*"), "{csv}");
    let markdown = expect(&run(&["query", "-q", &path, "--markdown"]), 0);
    assert!(markdown.contains("=HYPERLINK(1)\\|\\*x\\*"), "{markdown}");
}

#[test]
fn a_wrong_filter_is_shown_with_its_place() {
    let (_folder, log) = log();
    let output = run(&["query", &log, "level:eror status:>=500"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("      ^^^^") && said.contains("level:error"), "{said}");
}

#[test]
fn the_summary_is_markdown_too() {
    let (folder, log) = log();
    let page = folder.path().join("report.md");
    expect(&run(&["inspect", "-q", "--markdown", &page.to_string_lossy(), &log]), 0);
    let page = std::fs::read_to_string(&page).expect("a page");
    assert!(page.starts_with("# shop.log\n") && page.contains("shop.log:3"), "{page}");
}
