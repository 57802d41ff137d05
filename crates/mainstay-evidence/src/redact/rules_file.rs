//! How rules are written: our own file in YAML, or `Redactor` specs of troubleshoot.sh as they are.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::policy::{Policy, RuleError, Scope};

/// A larger file is not one that a person wrote.
const FILE_BYTES_MAX: usize = 1 << 20;

/// Why a file of rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    #[error("the rules are larger than 1 MiB")]
    TooLarge,
    #[error("the rules cannot be read: {0}")]
    Syntax(String),
    #[error("this version of the rules is not known: write version: 1")]
    Version,
    #[error("there is no profile {name}: the file has {known}")]
    Profile { name: String, known: String },
    #[error(transparent)]
    Rule(#[from] RuleError),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Document {
    Troubleshoot(Troubleshoot),
    Own(serde_json::Value),
}

/// Our own file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    version: u32,
    #[serde(default)]
    rules: Vec<OwnRule>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    allow: Allow,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

/// Rules for one product, used besides those for all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    #[serde(default)]
    rules: Vec<OwnRule>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    allow: Allow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnRule {
    name: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    pattern: Option<String>,
    #[serde(default)]
    after: Option<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    path: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Allow {
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Troubleshoot {
    api_version: String,
    kind: String,
    #[serde(default)]
    spec: Spec,
}

#[derive(Deserialize, Default)]
struct Spec {
    #[serde(default)]
    redactors: Vec<Redactors>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Redactors {
    #[serde(default)]
    name: String,
    #[serde(default)]
    file_selector: FileSelector,
    #[serde(default)]
    removals: Removals,
}

#[derive(Deserialize, Default)]
struct FileSelector {
    #[serde(default)]
    file: String,
    #[serde(default)]
    files: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Removals {
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    regex: Vec<Expression>,
    #[serde(default)]
    yaml_path: Vec<String>,
}

#[derive(Deserialize)]
struct Expression {
    #[serde(default)]
    selector: String,
    redactor: String,
}

impl Policy {
    /// Reads a file of rules, of one or more documents. `profile`: rules for this product too.
    ///
    /// # Errors
    /// When the text is no such file, or a rule is refused.
    pub fn parse(text: &str, profile: Option<&str>) -> Result<Self, RulesError> {
        if text.len() > FILE_BYTES_MAX {
            return Err(RulesError::TooLarge);
        }
        let documents: Vec<Document> = serde_saphyr::from_multiple(text)
            .map_err(|error| RulesError::Syntax(first_line(&error.to_string())))?;
        let mut policy = Self::default();
        let mut profiles = Vec::new();
        let mut is_found = false;
        for document in documents {
            match document {
                Document::Troubleshoot(spec) => policy.add_troubleshoot(spec)?,
                Document::Own(value) => {
                    let own: Own = serde_json::from_value(value)
                        .map_err(|error| RulesError::Syntax(error.to_string()))?;
                    is_found |= policy.add_own(own, profile, &mut profiles)?;
                }
            }
        }
        match profile {
            Some(name) if !is_found => {
                let known =
                    if profiles.is_empty() { "none".to_owned() } else { profiles.join(", ") };
                Err(RulesError::Profile { name: name.to_owned(), known })
            }
            _ => Ok(policy),
        }
    }

    /// Was the profile among those of the document?
    fn add_own(
        &mut self,
        own: Own,
        profile: Option<&str>,
        profiles: &mut Vec<String>,
    ) -> Result<bool, RulesError> {
        if own.version != 1 {
            return Err(RulesError::Version);
        }
        self.add_set(&own.rules, &own.keys, &own.allow)?;
        let mut is_found = false;
        for (name, set) in own.profiles {
            if profile == Some(name.as_str()) {
                self.add_set(&set.rules, &set.keys, &set.allow)?;
                is_found = true;
            }
            profiles.push(name);
        }
        Ok(is_found)
    }

    fn add_set(
        &mut self,
        rules: &[OwnRule],
        keys: &[String],
        allow: &Allow,
    ) -> Result<(), RuleError> {
        for rule in rules {
            let scope = Scope { name: &rule.name, kind: rule.kind.as_deref(), files: &rule.files };
            let mut is_empty = true;
            if let Some(pattern) = &rule.pattern {
                self.hide_pattern(&scope, pattern, rule.after.as_deref())?;
                is_empty = false;
            }
            if !rule.words.is_empty() {
                self.hide_words(&scope, &rule.words)?;
                is_empty = false;
            }
            if !rule.keys.is_empty() {
                self.hide_keys(&scope, &rule.keys)?;
                is_empty = false;
            }
            if let Some(path) = &rule.path {
                self.hide_place(&scope, path)?;
                is_empty = false;
            }
            if is_empty {
                let what = "each of pattern, words, keys and path";
                return Err(RuleError::Nothing { rule: rule.name.clone(), what });
            }
        }
        if !keys.is_empty() {
            let scope = Scope { name: "keys", ..Scope::default() };
            self.hide_keys(&scope, keys)?;
        }
        self.allow_values(&allow.values);
        self.allow_keys(&allow.keys);
        for pattern in &allow.patterns {
            self.allow_pattern("allow", pattern)?;
        }
        Ok(())
    }

    fn add_troubleshoot(&mut self, document: Troubleshoot) -> Result<(), RulesError> {
        let is_redactor = document.kind == "Redactor"
            && (document.api_version.starts_with("troubleshoot.sh/")
                || document.api_version.starts_with("troubleshoot.replicated.com/"));
        if !is_redactor {
            return Err(RulesError::Syntax(
                "a document with apiVersion and kind must be a Redactor of troubleshoot.sh"
                    .to_owned(),
            ));
        }
        for (number, redactor) in document.spec.redactors.into_iter().enumerate() {
            let name =
                if redactor.name.is_empty() { format!("unnamed-{number}") } else { redactor.name };
            let mut files = redactor.file_selector.files;
            files.extend(Some(redactor.file_selector.file).filter(|file| !file.is_empty()));
            let scope = Scope { name: &name, kind: None, files: &files };
            for value in &redactor.removals.values {
                // troubleshoot replaces a value wherever it stands, in the middle of a word too
                self.hide_pattern(&scope, &regex::escape(value), None)?;
            }
            for expression in &redactor.removals.regex {
                let after = Some(expression.selector.as_str()).filter(|text| !text.is_empty());
                self.hide_pattern(&scope, &expression.redactor, after)?;
            }
            for path in &redactor.removals.yaml_path {
                self.hide_place(&scope, path)?;
            }
        }
        Ok(())
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
