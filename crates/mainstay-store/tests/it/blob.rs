//! Evidence files: complete or absent.

use std::path::Path;

use mainstay_store::{Blobs, StoreError};

fn address() -> String {
    "5e".repeat(32)
}

fn evidence(folder: &Path) {
    std::fs::create_dir(folder.join("lines")).expect("made");
    for (name, content) in [
        ("manifest.json", "{}".to_owned()),
        ("lines/0001.parquet", "x".repeat(3_000_000)),
        ("problems.json", "[]".to_owned()),
    ] {
        std::fs::write(folder.join(name), content).expect("written");
    }
}

fn size(folder: &Path, name: &str) -> u64 {
    std::fs::metadata(folder.join(name)).map_or(0, |metadata| metadata.len())
}

#[tokio::test]
async fn a_folder_is_stored_and_read_and_removed() {
    let (root, source) = (tempfile::tempdir().expect("made"), tempfile::tempdir().expect("made"));
    evidence(source.path());
    let blobs = Blobs::local(&root.path().join("evidence")).expect("opened");
    assert!(!blobs.contains(&address()).await.expect("asked"));
    for _ in 0..2 {
        blobs.put_folder(&address(), source.path()).await.expect("stored");
    }
    let folder = blobs.local_folder(&address()).await.expect("there");
    assert_eq!(size(&folder, "manifest.json"), 2);
    assert_eq!(size(&folder, "lines/0001.parquet"), 3_000_000);
    let whole = |folder: &Path| std::fs::metadata(folder.join("problems.json")).map(|_| ());
    blobs.verify(&address(), whole).await.expect("whole");
    let broken = |_: &Path| Err(std::io::Error::other("another hash"));
    let damage = blobs.verify(&address(), broken).await;
    assert!(matches!(damage, Err(StoreError::Blob { step: "verified", .. })), "{damage:?}");
    blobs.remove(&address()).await.expect("removed");
    blobs.remove(&address()).await.expect("nothing to remove");
    assert!(blobs.local_folder(&address()).await.is_err());
    assert!(!folder.exists());
}

/// What a crash leaves: files, but no manifest.
#[tokio::test]
async fn half_a_folder_is_absent_until_it_is_put_again() {
    let (root, source) = (tempfile::tempdir().expect("made"), tempfile::tempdir().expect("made"));
    evidence(source.path());
    let blobs = Blobs::local(root.path()).expect("opened");
    let half = root.path().join("bundles").join(address());
    std::fs::create_dir_all(half.join("lines")).expect("made");
    std::fs::write(half.join("lines/0001.parquet"), "cut").expect("written");
    assert!(blobs.local_folder(&address()).await.is_err());
    blobs.put_folder(&address(), source.path()).await.expect("stored");
    assert_eq!(size(&half, "lines/0001.parquet"), 3_000_000);
}

#[tokio::test]
async fn an_address_never_leads_out() {
    let (root, source) = (tempfile::tempdir().expect("made"), tempfile::tempdir().expect("made"));
    let blobs = Blobs::local(root.path()).expect("opened");
    for address in ["", "..", "../../etc", &"A5".repeat(32), &"5e".repeat(31)] {
        assert!(blobs.put_folder(address, source.path()).await.is_err(), "{address:?}");
        assert!(blobs.local_folder(address).await.is_err(), "{address:?}");
    }
    let empty = blobs.put_folder(&address(), source.path()).await;
    assert!(matches!(empty, Err(StoreError::Blob { step: "stored", .. })), "{empty:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_is_not_evidence() {
    let (root, source) = (tempfile::tempdir().expect("made"), tempfile::tempdir().expect("made"));
    evidence(source.path());
    let link = source.path().join("link.json");
    std::os::unix::fs::symlink("/etc/hostname", link).expect("linked");
    let blobs = Blobs::local(root.path()).expect("opened");
    assert!(blobs.put_folder(&address(), source.path()).await.is_err());
    assert!(!blobs.contains(&address()).await.expect("asked"));
}
