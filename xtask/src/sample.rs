//! Makes the sample bundles in `examples/`: a shop on a quiet day, the same shop when release 7.4.1
//! lowers the ledger's connection pool from 200 to 64, and four more systems that break in other ways
//! (`failure`). All of it is invented here, from a seed.
//! One program's format, one file. Nothing here reads the product's code: a sample made with the
//! reader's own knowledge would prove nothing.

mod archive;
mod checkout;
mod clock;
mod config;
mod failure;
mod kubernetes;
mod ledger;
mod log;
mod nginx;
mod node;
mod otlp;
mod payments;
mod postgres;
mod prometheus;
pub(crate) mod random;
mod redis;
mod scene;
mod secrets;
mod settlement;
mod storefront;
mod ticket;
mod traffic;
mod windows;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use archive::Tree;
use scene::Scene;

/// Every file that belongs into `examples/`, by name.
pub(crate) fn files() -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for scene in [Scene::Good, Scene::Outage] {
        let archive = tree(scene)?.pack(scene.collected())?;
        files.push((format!("{}.tar.gz", scene.root()), archive));
    }
    files.push((String::from("planted-secrets.txt"), secrets::as_text().into_bytes()));
    files.extend(failure::files()?);
    Ok(files)
}

/// Writes them into a folder.
pub(crate) fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("could not make the folder {}", folder.display()))?;
    for (name, content) in files()? {
        let path = folder.join(name);
        fs::write(&path, content).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

fn tree(scene: Scene) -> Result<Tree> {
    let requests = traffic::requests(scene);
    let mut tree = Tree::new(scene.root());
    nginx::write(scene, &requests, &mut tree);
    storefront::write(scene, &requests, &mut tree);
    checkout::write(scene, &requests, &mut tree);
    ledger::write(scene, &requests, &mut tree);
    payments::write(scene, &requests, &mut tree);
    postgres::write(scene, &requests, &mut tree);
    redis::write(scene, &mut tree);
    node::write(scene, &mut tree);
    settlement::write(scene, &mut tree)?;
    windows::write(scene, &mut tree);
    otlp::write(scene, &requests, &mut tree);
    prometheus::write(scene, &mut tree);
    kubernetes::write(scene, &mut tree);
    config::write(scene, &mut tree);
    ticket::write(scene, &mut tree);
    Ok(tree)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// The embedded samples must not grow the binary or the clone.
    const ARCHIVE_BYTES_MAX: usize = 1_500_000;

    #[test]
    fn the_committed_samples_are_what_the_generator_makes() {
        let folder = crate::repository::root().join("examples");
        for (name, content) in files().expect("the samples are made") {
            let committed = fs::read(folder.join(&name)).unwrap_or_default();
            assert!(content.len() <= ARCHIVE_BYTES_MAX, "{name} has {} bytes", content.len());
            assert!(committed == content, "examples/{name} is stale: run `cargo xtask sample`");
        }
    }

    /// Signatures of the committed samples, and what another day of the same systems looks like.
    #[test]
    fn the_same_trouble_of_another_day_is_recognised_and_nothing_else() {
        use mainstay_evidence::signature::{Beside, History, Library, Observed, draft};

        let folder = tempfile::tempdir().expect("a folder");
        let archives = || {
            let made = files().expect("the samples are made").into_iter();
            made.filter_map(|(name, bytes)| Some((name.strip_suffix(".tar.gz")?.to_owned(), bytes)))
        };
        let open = |name: &str, day: &str, bytes: &[u8]| {
            let path = folder.path().join(format!("{name}-{day}.tar.gz"));
            fs::write(&path, bytes).expect("a file");
            crate::bench::read(&path, &folder.path().join(format!("{name}-{day}"))).expect("read")
        };
        let (mut known, mut bad) = (Vec::new(), Vec::new());
        for (name, bytes) in archives().filter(|(name, _)| !name.ends_with("-good")) {
            known.push(draft(&open(&name, "today", &bytes), &name, &Beside::default()));
            bad.push(name);
        }
        let library = Library::new(known, &History::default());
        random::vary(7);
        let mut recognised = Vec::new();
        for (name, bytes) in archives() {
            let hits = library.find(&Observed::of(&open(&name, "another", &bytes)));
            let names: Vec<&str> =
                hits.iter().map(|hit| library.get(hit.signature).name.as_str()).collect();
            if !name.ends_with("-good") {
                assert_eq!(names, [name.as_str()], "on another day");
                recognised.push(name);
            } else {
                assert!(names.is_empty(), "{name} looks like {names:?}");
            }
        }
        assert_eq!(recognised, bad);
        assert_eq!(bad.len(), 5);
    }

    #[test]
    fn every_planted_secret_is_where_the_table_says() {
        let tree = tree(Scene::Outage).expect("the sample is made");
        for secret in secrets::PLANTED {
            let content = tree.file(secret.file).expect("the table names a file of the bundle");
            let text = decoded(content);
            assert!(text.contains(secret.value), "{} is not in {}", secret.value, secret.file);
        }
    }

    #[test]
    fn every_failure_holds_its_secrets() {
        for (bundle, _, value, file) in failure::planted() {
            let (_, tree, _) = failure::trees().find(|it| it.0 == bundle).expect("a bundle");
            let text = decoded(tree.file(file).expect("the table names a file of the bundle"));
            assert!(text.contains(value), "{value} is not in {file} of {bundle}");
        }
    }

    #[test]
    fn trace_ids_agree_between_logs_and_spans() {
        let tree = tree(Scene::Outage).expect("the sample is made");
        let requests = traffic::requests(Scene::Outage);
        let failed = requests.iter().find(|request| request.failed()).expect("the shop failed");
        let holders: Vec<&str> = tree
            .files()
            .filter(|(_, content)| decoded(content).contains(&failed.trace_id()))
            .map(|(path, _)| path)
            .collect();
        assert!(holders.contains(&otlp::TRACES), "only in {holders:?}");
        assert!(holders.len() >= 4, "only in {holders:?}");
    }

    #[test]
    fn the_outage_has_enough_lines_to_work_with() {
        let tree = tree(Scene::Outage).expect("the sample is made");
        let lines: usize = tree.files().map(|(_, content)| decoded(content).lines().count()).sum();
        assert!((20_000..60_000).contains(&lines), "{lines} lines");
    }

    fn decoded(content: &[u8]) -> String {
        if content.starts_with(&[0x1f, 0x8b]) {
            let mut text = String::new();
            flate2::read::GzDecoder::new(content).read_to_string(&mut text).expect("our own gzip");
            return text;
        }
        if content.starts_with(&[0xff, 0xfe]) {
            let units: Vec<u16> = content
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            return String::from_utf16_lossy(&units);
        }
        String::from_utf8_lossy(content).into_owned()
    }
}
