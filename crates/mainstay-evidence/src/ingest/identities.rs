//! Whose names a bundle lists itself, and the redactor that knows them. Before anything else is
//! read, so that no order of files lets a name pass.

use std::io::Read;
use std::sync::Arc;

use crate::open::Opened;
use crate::redact::{List, Listed, Policy, Redactor};

/// Of a list; `/etc/hosts` of a large site has a few thousand lines.
const LIST_BYTES_MAX: u64 = 4 << 20;
/// Lists of a bundle; one folder for each machine of a large cluster.
const LISTS_MAX: usize = 2_000;

/// The redactor of a bundle: its key, the names that its own lists hold, and the user's rules.
pub(crate) fn redactor(
    opened: &Opened,
    pseudonym_key: Option<[u8; 32]>,
    rules: Option<&Arc<Policy>>,
) -> Redactor {
    let mut listed = Listed::default();
    let lists = opened.files.iter().filter_map(|file| Some((file, List::of(&file.path)?)));
    for (file, list) in lists.take(LISTS_MAX) {
        let mut bytes = Vec::new();
        // a file that cannot be read is a problem of the reading that follows
        if file.content.reader().take(LIST_BYTES_MAX).read_to_end(&mut bytes).is_ok() {
            listed.read(list, &String::from_utf8_lossy(&bytes));
        }
    }
    let (hosts, users): (Vec<_>, Vec<_>) =
        (listed.hosts.into_iter().collect(), listed.users.into_iter().collect());
    let redactor = Redactor::new(pseudonym_key.unwrap_or(opened.pseudonym_key))
        .with_identities(&hosts, &users);
    match rules {
        Some(rules) => redactor.with_policy(Arc::clone(rules)),
        None => redactor,
    }
}
