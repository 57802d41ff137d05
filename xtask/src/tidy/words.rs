//! Rules that forbid a text in some files. The words are written in two halves, so that this file
//! does not break its own rules.

use anyhow::Result;

use super::{File, Files, Finding, places};

const UNFINISHED: &[&str] = &[
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
    concat!("db", "g!("),
    concat!("#[ig", "nore"),
    concat!(".on", "ly("),
    concat!("it.sk", "ip"),
    concat!("test.sk", "ip"),
    concat!("describe.sk", "ip"),
];
const OTHER_TIME: &[&str] = &[concat!("chro", "no::"), concat!("use chro", "no")];
const CLOCKS: &[&str] = &[
    concat!("SystemTime::n", "ow"),
    concat!("Instant::n", "ow"),
    concat!("Timestamp::n", "ow"),
    concat!("Zoned::n", "ow"),
];
const DECODERS: &[&str] = &[
    "GzDecoder::new",
    "DeflateDecoder::new",
    "ZlibDecoder::new",
    "zstd::Decoder",
    "zstd::stream",
    "zstd::decode_all",
    "BzDecoder::new",
    "XzReader",
    "LzmaReader",
    "tar::Archive",
    "ZipArchive::new",
    "sevenz_rust2::",
];
const SQL: &[&str] =
    &["sqlx::", "\"select ", "\"insert into ", "\"delete from ", "\"update ", "\"create table "];

pub(super) fn unfinished(files: &Files) -> Result<Vec<Finding>> {
    let code = files.all().iter().filter(|file| file.has_extension(&["rs", "ts", "tsx", "mjs"]));
    Ok(places(code, UNFINISHED, "finished work only"))
}

pub(super) fn module_files(files: &Files) -> Result<Vec<Finding>> {
    let named = |file: &&File| file.path.ends_with(concat!("/mo", "d.rs"));
    let finding = |file: &File| Finding::file(&file.path, "name the file after its module");
    Ok(files.rust().filter(named).map(finding).collect())
}

pub(super) fn other_time(files: &Files) -> Result<Vec<Finding>> {
    Ok(places(files.rust(), OTHER_TIME, "use jiff"))
}

pub(super) fn clocks(files: &Files) -> Result<Vec<Finding>> {
    let pure = files.rust().filter(|file| {
        file.path.starts_with("crates/mainstay-core/")
            || file.path.starts_with("crates/mainstay-evidence/")
    });
    Ok(places(pure, CLOCKS, "the time is a parameter here"))
}

pub(super) fn decoders(files: &Files) -> Result<Vec<Finding>> {
    let outside = files.rust().filter(|file| {
        file.path.starts_with("crates/")
            && file.path.contains("/src/")
            && file.path != "crates/mainstay-evidence/src/open.rs"
            && !file.path.starts_with("crates/mainstay-evidence/src/open/")
    });
    Ok(places(outside, DECODERS, "unbounded; read through mainstay-evidence's open"))
}

pub(super) fn sql(files: &Files) -> Result<Vec<Finding>> {
    let outside = files.rust().filter(|file| {
        let evidence = file.path.starts_with("crates/mainstay-evidence/");
        // logs quote statements, so evidence's tests do
        file.path.starts_with("crates/")
            && !file.path.starts_with("crates/mainstay-store/")
            && !(evidence && file.path.contains("/tests/"))
    });
    Ok(places(outside, SQL, "SQL is text in mainstay-store"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Files) -> Result<Vec<Finding>>, path: &str, text: &str, broken: usize) {
        let findings = rule(&Files::of(&[(path, text)])).expect("a rule of words cannot fail");
        assert_eq!(findings.len(), broken, "{path}: {text}");
    }

    #[test]
    fn unfinished_work_is_seen() {
        check(unfinished, "crates/a/src/b.rs", concat!("fn a() { to", "do!() }"), 1);
        check(unfinished, "web/src/a.test.ts", concat!("it.on", "ly('a')"), 1);
        check(unfinished, "docs/a.md", concat!("to", "do!"), 0);
    }

    #[test]
    fn a_module_file_is_seen() {
        check(module_files, concat!("crates/a/src/open/mo", "d.rs"), "", 1);
        check(module_files, "crates/a/src/open.rs", "", 0);
    }

    #[test]
    fn another_time_library_is_seen() {
        check(other_time, "crates/a/src/b.rs", concat!("use chro", "no::Utc;"), 1);
    }

    #[test]
    fn a_clock_is_seen_where_there_must_be_none() {
        let text = concat!("let now = jiff::Timestamp::n", "ow();");
        check(clocks, "crates/mainstay-core/src/case.rs", text, 1);
        check(clocks, "crates/mainstay-evidence/src/stamp.rs", text, 1);
        check(clocks, "crates/mainstay-app/src/clock.rs", text, 0);
    }

    #[test]
    fn a_plain_decoder_is_seen_outside_the_bounded_readers() {
        let text = "let reader = GzDecoder::new(file);";
        check(decoders, "crates/mainstay-evidence/src/parse/log.rs", text, 1);
        check(decoders, "crates/mainstay-evidence/src/open/gzip.rs", text, 0);
    }

    #[test]
    fn sql_is_seen_outside_the_store() {
        let text = "query(\"select id from cases\")";
        check(sql, "crates/mainstay-app/src/case.rs", text, 1);
        check(sql, "crates/mainstay-store/src/case.rs", text, 0);
    }
}
