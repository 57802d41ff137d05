//! Opening: every packing, every hostile thing.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::{Input, Opened, Phase, Progress, SpoolWriter, open};
use mainstay_evidence::problem::{ProblemCode, Problems};

struct Quiet;

impl Progress for Quiet {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
}

fn small_limits() -> Limits {
    Limits {
        unpacked_bytes: 64 << 20,
        ratio_free_bytes: 1 << 20,
        memory_bytes: 1 << 20,
        entries: 2_000,
        ..Limits::default()
    }
}

fn open_input(input: Input, limits: &Limits) -> (Opened, Problems) {
    let mut problems = Problems::new(100);
    let opened = open(vec![input], limits, &mut problems, &Quiet);
    (opened, problems)
}

fn open_bytes(name: &str, bytes: Vec<u8>) -> (Opened, Problems) {
    let input = Input::Reader { name: name.to_owned(), reader: Box::new(Cursor::new(bytes)) };
    open_input(input, &small_limits())
}

/// `path content` of each file, then the codes of the problems.
fn shown(opened: &Opened, problems: &Problems) -> String {
    let mut lines = Vec::new();
    for file in &opened.files {
        let mut content = Vec::new();
        file.content.reader().read_to_end(&mut content).expect("a spool can be read");
        assert_eq!(content.len() as u64, file.size_bytes);
        let text = String::from_utf8_lossy(&content[..content.len().min(24)]).into_owned();
        lines.push(format!("{}: {text}", file.path));
    }
    let codes: BTreeSet<&str> = problems.counts().keys().map(|code| code.as_str()).collect();
    lines.extend(codes.into_iter().map(|code| format!("! {code}")));
    lines.join("\n")
}

fn check(name: &str, bytes: Vec<u8>, expect: &[&str]) {
    let (opened, problems) = open_bytes(name, bytes);
    assert_eq!(shown(&opened, &problems), expect.join("\n"), "{name}");
}

fn tar(members: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, content) in members {
        member(&mut builder, path, content.as_bytes(), tar::EntryType::Regular);
    }
    builder.into_inner().expect("a tar in memory")
}

/// Writes the name byte for byte, which the builder would refuse to do.
fn member(builder: &mut tar::Builder<Vec<u8>>, path: &str, content: &[u8], kind: tar::EntryType) {
    let mut header = tar::Header::new_gnu();
    header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
    header.set_size(content.len() as u64);
    header.set_mtime(1_700_000_000);
    header.set_mode(0o644);
    header.set_entry_type(kind);
    header.set_cksum();
    builder.append(&header, content).expect("a member in memory");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("gzip in memory");
    encoder.finish().expect("gzip in memory")
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    writer.write_all(bytes).expect("bzip2");
    writer.finish().expect("bzip2")
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).expect("xz");
    writer.write_all(bytes).expect("xz");
    writer.finish().expect("xz")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in members {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*path, options).expect("a zip in memory");
        writer.write_all(content).expect("a zip in memory");
    }
    writer.finish().expect("a zip in memory").into_inner()
}

/// `logs/a.log` and `b.txt` as py7zr 0.22 packs them: nothing we depend on writes 7z.
fn seven_zip() -> Vec<u8> {
    let hex = "377abcaf271c0004d9a9be2e7d00000000000000140000000000000028431d33010008616c7068616265746100\
         e0007a00685d0000813307ae0fceb1b1a1090a900f5e71b9e029b5641dbca0e23fc318f97fa579c5644e165c8d\
         5f62b8723c26e5df2d682a1eeb9389246e6136728d6a9e027030a6c55a07936f40297c1cf1e9baf1a09dfd008d\
         cbc63609c64fbafccd6f93c5db4a158853a30000000017060d01097000070b010001212101180c7b0000";
    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("two hex digits");
    (0..hex.len()).step_by(2).map(byte).collect()
}

#[test]
fn a_sparse_file_has_its_holes() {
    let mut header = tar::Header::new_gnu();
    let size = 1_024_u64;
    header.set_path("sp.log").expect("a path");
    header.set_size(size);
    header.set_mode(0o644);
    header.set_entry_type(tar::EntryType::GNUSparse);
    // two pieces of 512 bytes, at 0 and at 2,048, of a file of 2,560
    for (place, number) in [(386, 0), (398, 512), (410, 2_048), (422, 512), (483, 2_560)] {
        header.as_mut_bytes()[place..place + 11]
            .copy_from_slice(format!("{number:011o}").as_bytes());
    }
    header.set_cksum();
    let mut data = vec![b'a'; 512];
    data.extend(vec![b'b'; 512]);
    let mut builder = tar::Builder::new(Vec::new());
    builder.append(&header, data.as_slice()).expect("a member in memory");
    let (opened, problems) = open_bytes("x.tar", builder.into_inner().expect("a tar"));
    assert_eq!(problems.total(), 0, "{:?}", problems.kept());
    let mut content = Vec::new();
    opened.files[0].content.reader().read_to_end(&mut content).expect("a spool can be read");
    let expect = [vec![b'a'; 512], vec![0; 1_536], vec![b'b'; 512]].concat();
    assert!(content == expect, "{} bytes", content.len());
}

#[test]
fn a_zip_that_holds_itself_many_times_stops_at_a_limit() {
    let mut bomb = zip(&[("zeros", &vec![0; 4 << 20])]);
    for _ in 0..3 {
        let members: Vec<(String, &[u8])> =
            (0..8).map(|number| (format!("{number}.zip"), bomb.as_slice())).collect();
        let members: Vec<(&str, &[u8])> =
            members.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        bomb = zip(&members);
    }
    // 2 GiB at the end of it
    let (opened, problems) = open_bytes("x.zip", bomb);
    let stopped = [ProblemCode::LimitRatio, ProblemCode::LimitBytes];
    assert!(stopped.iter().any(|code| problems.counts().contains_key(code)));
    assert!(opened.files.iter().map(|file| file.size_bytes).sum::<u64>() <= 64 << 20);
}

#[test]
fn every_packing_is_opened() {
    let inner = tar(&[("logs/a.log", "alpha"), ("b.txt", "beta")]);
    let expect = ["b.txt: beta", "logs/a.log: alpha"];
    check("x.tar", inner.clone(), &expect);
    check("x.tar.gz", gzip(&inner), &expect);
    check("x.tar.zst", zstd::encode_all(inner.as_slice(), 1).expect("zstd"), &expect);
    check("x.tar.bz2", bzip2(&inner), &expect);
    check("x.tar.xz", xz(&inner), &expect);
    check("x.zip", zip(&[("logs/a.log", b"alpha"), ("b.txt", b"beta")]), &expect);
    check("x.7z", seven_zip(), &expect);
    check("plain.log", b"just text".to_vec(), &["plain.log: just text"]);
    check("app.log.gz", gzip(b"just text"), &["app.log.gz: just text"]);
}

#[test]
fn nested_archives_are_below_their_name() {
    let inner = gzip(&tar(&[("a.log", "alpha")]));
    let bytes = zip(&[("in/inner.tgz", &inner), ("app.log.1.gz", &gzip(b"one"))]);
    check("x.zip", bytes, &["app.log.1.gz: one", "in/inner.tgz/a.log: alpha"]);
}

#[test]
fn r28_hostile_names_and_members_are_made_harmless() {
    let mut builder = tar::Builder::new(Vec::new());
    let regular = tar::EntryType::Regular;
    member(&mut builder, "../../etc/passwd", b"one", regular);
    member(&mut builder, "/abs.log", b"two", regular);
    member(&mut builder, "C:\\win\\a.log", b"three", regular);
    member(&mut builder, "same.log", b"four", regular);
    member(&mut builder, "same.log", b"five", regular);
    member(&mut builder, "SAME.log", b"six", regular);
    member(&mut builder, "link", b"", tar::EntryType::Symlink);
    member(&mut builder, "hard", b"", tar::EntryType::Link);
    member(&mut builder, "dev", b"", tar::EntryType::Char);
    member(&mut builder, "pax", b"17 path=../evil\n", tar::EntryType::XHeader);
    member(&mut builder, "innocent", b"seven", regular);
    let bytes = builder.into_inner().expect("a tar in memory");
    check(
        "x.tar",
        bytes,
        &[
            "SAME.log: six",
            "abs.log: two",
            "etc/passwd: one",
            "innocent: seven",
            "same.log: four",
            "same.log (2): five",
            "win/a.log: three",
            "! duplicate_path",
            "! link_not_followed",
            "! special_file",
            "! unsafe_path",
        ],
    );
}

#[test]
fn a_pax_path_is_made_harmless_too() {
    let mut builder = tar::Builder::new(Vec::new());
    member(&mut builder, "pax", b"16 path=../evil\n", tar::EntryType::XHeader);
    member(&mut builder, "innocent", b"seven", tar::EntryType::Regular);
    let bytes = builder.into_inner().expect("a tar in memory");
    check("x.tar", bytes, &["evil: seven", "! unsafe_path"]);
}

#[test]
fn a_cut_archive_keeps_what_came_before_the_cut() {
    let whole = tar(&[("a.log", "alpha"), ("b.log", &"beta ".repeat(1_000))]);
    let cut = whole[..512 * 3 + 700].to_vec();
    check(
        "x.tar",
        cut.clone(),
        &["a.log: alpha", "b.log: beta beta beta beta beta", "! cut_archive"],
    );
    let packed = gzip(&whole);
    let (opened, problems) = open_bytes("x.tgz", packed[..packed.len() - 30].to_vec());
    assert_eq!(opened.files[0].path, "a.log");
    assert!(problems.counts().contains_key(&ProblemCode::CutArchive));
    let zipped = zip(&[("a.log", b"alpha"), ("b.log", b"beta")]);
    let (opened, problems) = open_bytes("x.zip", zipped[..zipped.len() - 60].to_vec());
    assert_eq!(opened.files.len(), 2);
    assert!(problems.counts().contains_key(&ProblemCode::CutArchive));
}

#[test]
fn a_wrong_checksum_is_told_and_the_content_kept() {
    let mut bytes = gzip(b"just text");
    let at = bytes.len() - 6;
    bytes[at] ^= 0xff;
    check("app.log.gz", bytes, &["app.log.gz: just text", "! corrupt_archive"]);
}

#[test]
fn a_wrong_extension_is_told_and_the_file_opened() {
    check("x.zip", gzip(&tar(&[("a", "alpha")])), &["a: alpha", "! wrong_extension"]);
    check("x.gz", b"plain".to_vec(), &["x.gz: plain", "! wrong_extension"]);
}

#[test]
fn empty_things_are_told() {
    check("x.tar", vec![0; 1_024], &["! empty_archive"]);
    check("x.zip", zip(&[]), &["! empty_archive"]);
    check("a.log", Vec::new(), &["a.log: "]);
    check("x.tar.gz", gzip(b""), &["x.tar.gz: "]);
}

#[test]
fn r27_bombs_stop_at_a_limit_and_leave_a_part() {
    let zeros = vec![0; 40 << 20];
    let bomb = gzip(&zeros);
    let (opened, problems) = open_bytes("bomb.gz", bomb.clone());
    assert!(problems.counts().contains_key(&ProblemCode::LimitRatio));
    assert!(opened.files[0].size_bytes < 20 << 20);
    let (_, problems) = open_bytes("bomb.zip", zip(&[("zeros", &zeros)]));
    assert!(problems.counts().contains_key(&ProblemCode::LimitRatio));
    let (_, problems) = open_bytes("bomb.gz", gzip(&bomb));
    assert!(problems.counts().contains_key(&ProblemCode::LimitRatio));
    // a bomb costs itself, not its neighbours
    let mut noise = vec![0; 2_000_000];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    let bytes = zip(&[("a/bomb.gz", &bomb), ("noise", &noise), ("z.log", b"zeta")]);
    let (opened, problems) = open_bytes("x.zip", bytes);
    assert!(problems.counts().contains_key(&ProblemCode::LimitRatio));
    assert!(opened.files.iter().any(|file| file.path == "z.log"));
}

#[test]
fn r27_entries_depth_and_bytes_are_limited() {
    let names: Vec<String> = (0..2_100).map(|number| format!("{number}.log")).collect();
    let members: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    let (opened, problems) = open_bytes("x.tar", tar(&members));
    assert!(problems.counts().contains_key(&ProblemCode::LimitEntries));
    assert!((1_990..=2_000).contains(&opened.files.len()));
    let mut deep = b"core".to_vec();
    for level in 0..8 {
        deep = zip(&[(format!("{level}.zip").as_str(), &deep)]);
    }
    let (opened, problems) = open_bytes("x.zip", deep);
    assert!(problems.counts().contains_key(&ProblemCode::LimitDepth));
    assert_eq!(opened.files.len(), 1);
    let limits = Limits { unpacked_bytes: 1_000, ..small_limits() };
    let reader = Box::new(Cursor::new(vec![b'a'; 5_000]));
    let (opened, problems) =
        open_input(Input::Reader { name: "a.log".to_owned(), reader }, &limits);
    assert!(problems.counts().contains_key(&ProblemCode::LimitBytes));
    assert_eq!(opened.files[0].size_bytes, 1_000);
}

#[test]
fn r27_a_window_beyond_the_limit_is_refused() {
    // a frame header that asks for a window of 1 GiB, and one raw block
    let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 0x09, 0x00, 0x00, b'x'];
    let (_, problems) = open_bytes("x.zst", frame.to_vec());
    assert!(problems.counts().contains_key(&ProblemCode::LimitWindow), "{:?}", problems.kept());
}

#[test]
fn a_folder_never_leads_out_of_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    std::fs::create_dir(root.join("logs")).expect("a folder");
    std::fs::write(root.join("logs/a.log"), "alpha").expect("a file");
    std::fs::write(root.join("b.tar"), tar(&[("c", "gamma")])).expect("a file");
    std::os::unix::fs::symlink("..", root.join("logs/loop")).expect("a link");
    std::os::unix::fs::symlink("/etc/passwd", root.join("out")).expect("a link");
    let (opened, problems) = open_input(Input::Path(root.to_owned()), &small_limits());
    assert_eq!(shown(&opened, &problems), "b.tar/c: gamma\nlogs/a.log: alpha\n! link_not_followed");
    let (again, _) = open_input(Input::Path(root.to_owned()), &small_limits());
    assert_eq!(again.pseudonym_key, opened.pseudonym_key);
    std::fs::write(root.join("logs/a.log"), "alphb").expect("a file");
    let (changed, _) = open_input(Input::Path(root.to_owned()), &small_limits());
    assert_ne!(changed.pseudonym_key, opened.pseudonym_key);
}

#[test]
fn a_missing_input_is_a_problem() {
    let (opened, problems) = open_input(Input::Path("does/not/exist.zip".into()), &small_limits());
    assert!(opened.files.is_empty());
    assert_eq!(problems.kept()[0].code, ProblemCode::UnreadableInput);
}

#[test]
fn the_key_is_not_the_hash() {
    let (opened, _) = open_bytes("a.log", b"same".to_vec());
    let (again, _) = open_bytes("b.log", b"same".to_vec());
    assert_eq!(opened.input_hash, blake3::hash(b"same"));
    assert_eq!(opened.pseudonym_key, again.pseudonym_key);
    assert_ne!(&opened.pseudonym_key, opened.input_hash.as_bytes());
}

#[test]
fn an_upload_is_an_input() {
    let mut writer = SpoolWriter::new(&small_limits(), 1 << 20);
    writer.write_all(&gzip(&tar(&[("a", "alpha")]))).expect("within the limit");
    let spool = writer.finish().expect("room in memory");
    let input = Input::Reader { name: "up.tgz".to_owned(), reader: Box::new(spool.reader()) };
    let (opened, problems) = open_input(input, &small_limits());
    assert_eq!(shown(&opened, &problems), "a: alpha");
}

mod never_panics {
    use proptest::prelude::*;

    use super::*;

    /// How gzip, zstd, bzip2, xz, 7z, zip (a member, the index, its end) begin.
    const MARKS: [&[u8]; 9] = [
        b"\x1f\x8b\x08\0",
        b"\x28\xb5\x2f\xfd",
        b"BZh9\x31\x41\x59\x26\x53\x59",
        b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46",
        b"7z\xbc\xaf\x27\x1c\0\x04",
        b"PK\x03\x04",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"a.log\0",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn on_damaged_archives(
            which in 0_usize..8,
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            cut in any::<prop::sample::Index>(),
        ) {
            let inner = tar(&[("a.log", "alpha"), ("b/c.log", "beta")]);
            let mut bytes = match which {
                0 => inner,
                1 => gzip(&inner),
                2 => zip(&[("a", b"alpha"), ("b", b"beta")]),
                3 => zstd::encode_all(inner.as_slice(), 1).expect("zstd"),
                4 => seven_zip(),
                5 => bzip2(&inner),
                6 => xz(&inner),
                _ => zip(&[("a.tgz", &gzip(&inner))]),
            };
            for (index, value) in changes {
                let at = index.index(bytes.len());
                bytes[at] = value;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            let (opened, _) = open_bytes("x", bytes);
            prop_assert!(opened.files.iter().all(|file| !file.path.split('/').any(|part| part == "..")));
        }

        #[test]
        fn on_any_bytes_behind_the_mark_of_an_archive(
            mark in proptest::sample::select(MARKS.to_vec()),
            bytes in proptest::collection::vec(any::<u8>(), 0..600),
        ) {
            let (opened, problems) = open_bytes("x", [mark, &bytes[..]].concat());
            prop_assert!(!opened.files.is_empty() || problems.total() > 0);
        }
    }
}
