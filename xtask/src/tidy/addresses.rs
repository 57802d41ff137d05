//! The repository names no registry or download host and no path of the machine it was written on:
//! both would be wrong on the next one. `Cargo.lock` is the one file that must name its registry.

use anyhow::Result;

use super::{Files, Finding, places};

const ADDRESSES: &[&str] = &[
    concat!("crates.", "io"),
    concat!("npm", "js.org"),
    concat!("npm", "js.com"),
    concat!("pypi", ".org"),
    concat!("deb.", "debian.org"),
    concat!("rust-", "lang.org"),
    concat!("golang", ".org"),
    concat!("/releases/", "download/"),
    concat!("/ro", "ot/."),
    concat!("/wo", "rk/shared"),
    concat!("/wo", "rk/wt"),
    concat!("/wo", "rk/main"),
    concat!("/wo", "rk/contract"),
];

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    let named = files.all().iter().filter(|file| file.path != "Cargo.lock");
    Ok(places(named, ADDRESSES, "leave the address out"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_seen_outside_the_lock_file() {
        let text = concat!("https://static.crates.", "io/a\n");
        let files = Files::of(&[("Cargo.lock", text), ("docs/a.md", text)]);
        assert_eq!(check(&files).expect("texts can be read").len(), 1);
    }

    #[test]
    fn a_path_of_the_machine_is_seen() {
        let files = Files::of(&[("Makefile", concat!("cd /wo", "rk/wt/infra\n"))]);
        assert_eq!(check(&files).expect("texts can be read").len(), 1);
    }
}
