//! `--rules FILE --profile NAME`: the user's rules for redaction, for every command that redacts.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use mainstay_evidence::redact::Policy;

use crate::cli::Rules;

/// One byte more than the rules may have, so that a larger file is refused and not cut.
const FILE_BYTES_MAX: u64 = (1 << 20) + 1;

/// A file of rules, or as much of it as shows that it is too large.
pub(super) fn read(path: &Path) -> Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(FILE_BYTES_MAX).read_to_string(&mut text))
        .with_context(|| format!("cannot read the rules in {}", path.display()))?;
    Ok(text)
}

impl Rules {
    /// The rules, if any are named.
    pub(super) fn load(&self) -> Result<Option<Arc<Policy>>> {
        let Some(path) = &self.rules else { return Ok(None) };
        let text = read(path)?;
        let policy = Policy::parse(&text, self.profile.as_deref())
            .with_context(|| format!("cannot use the rules in {}", path.display()))?;
        Ok(Some(Arc::new(policy)))
    }
}
