//! How rules are written: our own file in YAML, or `Redactor` specs of troubleshoot.sh as they are.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_saphyr::{Location, Spanned};

use super::policy::{Policy, RuleError, Scope};

/// A larger file is not one that a person wrote.
const FILE_BYTES_MAX: usize = 1 << 20;
/// Products of a team; each profile is compiled to be checked.
const PROFILES_MAX: usize = 100;
/// Mistakes that are named; a person puts a few right and asks again.
const MISTAKES_MAX: usize = 50;

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
    #[error("there are two profiles named {0}: products are compared without regard to case")]
    TwoProfiles(String),
    #[error("{0} profiles: {PROFILES_MAX} are the most")]
    TooManyProfiles(usize),
    #[error(transparent)]
    Rule(#[from] RuleError),
}

/// What is wrong with a file of rules, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// From 1; 0 when it is about the whole file.
    pub line: u64,
    /// In characters, from 1; 0 when it is about the whole file.
    pub column: u64,
    pub message: String,
}

impl Mistake {
    fn at(location: Location, error: RulesError) -> Self {
        let (line, column) = (location.line(), location.column());
        Self { line, column, message: error.to_string() }
    }
}

/// What a file of rules holds, or why it is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RulesOutline {
    /// Rules for every product.
    pub rules: usize,
    /// The products with rules of their own, and how many.
    pub profiles: Vec<(String, usize)>,
    /// The file can be used if there is none.
    pub mistakes: Vec<Mistake>,
}

/// A document of either form; which one, its fields say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: Option<Spanned<u32>>,
    #[serde(default)]
    rules: Vec<Spanned<OwnRule>>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    allow: Allow,
    #[serde(default)]
    profiles: BTreeMap<String, Spanned<Profile>>,
    #[serde(rename = "apiVersion")]
    api_version: Option<Spanned<String>>,
    kind: Option<String>,
    #[serde(default, rename = "metadata")]
    _metadata: Option<IgnoredAny>,
    spec: Option<Spec>,
    #[serde(default, rename = "status")]
    _status: Option<IgnoredAny>,
}

/// Rules for one product, used besides those for all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    #[serde(default)]
    rules: Vec<Spanned<OwnRule>>,
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

#[derive(Deserialize, Default)]
struct Spec {
    #[serde(default)]
    redactors: Vec<Spanned<Redactors>>,
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
        let Some(name) = profile else { return Ok(read(text, &mut refuse)?.policy) };
        let read = read(text, &mut refuse)?;
        let Some(used) = read.profiles.iter().find(|(known, _)| known == name) else {
            let known: Vec<&str> = read.profiles.iter().map(|(name, _)| name.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(RulesError::Profile { name: name.to_owned(), known });
        };
        read.with(used, &mut refuse)
    }

    /// The rules for a product: those for all, and those of the profile that has its name. Which
    /// profile that was; a product without one is no error.
    ///
    /// # Errors
    /// When the text is no such file, or a rule is refused.
    pub fn for_product(text: &str, product: &str) -> Result<(Self, Option<String>), RulesError> {
        let read = read(text, &mut refuse)?;
        let product = product.trim().to_lowercase();
        match read.profiles.iter().find(|(name, _)| name.to_lowercase() == product) {
            Some(used) => Ok((read.with(used, &mut refuse)?, Some(used.0.clone()))),
            None => Ok((read.policy, None)),
        }
    }

    /// Reads a file of rules to say everything that is wrong with it, each profile's rules too.
    #[must_use]
    pub fn outline(text: &str) -> RulesOutline {
        let mut mistakes = Vec::new();
        let mut note = |location: Location, error: RulesError| {
            mistakes.push(Mistake::at(location, error));
            Ok(())
        };
        let mut outline = RulesOutline::default();
        match read(text, &mut note) {
            Err(error) => mistakes.push(Mistake::at(Location::UNKNOWN, error)),
            Ok(read) => {
                outline.rules = read.policy.len();
                for profile in &read.profiles {
                    let with = read.with(profile, &mut note).map_or(0, |policy| policy.len());
                    outline.profiles.push((profile.0.clone(), with.saturating_sub(outline.rules)));
                }
            }
        }
        mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        // what all rules do together is the same in every profile
        mistakes.dedup();
        mistakes.truncate(MISTAKES_MAX);
        outline.mistakes = mistakes;
        outline
    }

    fn add_set(
        &mut self,
        rules: &[Spanned<OwnRule>],
        keys: &[String],
        allow: &Allow,
        place: Location,
        mistake: &mut OnMistake<'_>,
    ) -> Result<(), RulesError> {
        for rule in rules {
            if let Err(error) = self.add_rule(&rule.value) {
                mistake(rule.referenced, error.into())?;
            }
        }
        if !keys.is_empty() {
            let scope = Scope { name: "keys", ..Scope::default() };
            if let Err(error) = self.hide_keys(&scope, keys) {
                mistake(place, error.into())?;
            }
        }
        self.allow_values(&allow.values);
        self.allow_keys(&allow.keys);
        for pattern in &allow.patterns {
            if let Err(error) = self.allow_pattern("allow", pattern) {
                mistake(place, error.into())?;
            }
        }
        Ok(())
    }

    fn add_rule(&mut self, rule: &OwnRule) -> Result<(), RuleError> {
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
        Ok(())
    }

    fn add_troubleshoot(&mut self, number: usize, redactor: &Redactors) -> Result<(), RuleError> {
        let unnamed = format!("unnamed-{number}");
        let name = if redactor.name.is_empty() { &unnamed } else { &redactor.name };
        let mut files = redactor.file_selector.files.clone();
        let file = Some(&redactor.file_selector.file).filter(|file| !file.is_empty());
        files.extend(file.cloned());
        let scope = Scope { name, kind: None, files: &files };
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
        Ok(())
    }
}

/// What becomes of a mistake at a place: the end, or one more on the list.
type OnMistake<'a> = dyn FnMut(Location, RulesError) -> Result<(), RulesError> + 'a;

/// The first mistake is the end.
fn refuse(_: Location, error: RulesError) -> Result<(), RulesError> {
    Err(error)
}

/// A file of rules, read.
#[derive(Default)]
struct Read {
    /// What holds for every product.
    policy: Policy,
    /// In the order of the file.
    profiles: Vec<(String, Spanned<Profile>)>,
}

fn read(text: &str, mistake: &mut OnMistake<'_>) -> Result<Read, RulesError> {
    if text.len() > FILE_BYTES_MAX {
        return Err(RulesError::TooLarge);
    }
    let mut read = Read::default();
    let documents: Vec<Document> = match serde_saphyr::from_multiple(text) {
        Ok(documents) => documents,
        Err(error) => {
            let location = error.location().unwrap_or(Location::UNKNOWN);
            mistake(location, RulesError::Syntax(first_line(&error.to_string())))?;
            return Ok(read);
        }
    };
    for document in documents {
        match &document.api_version {
            Some(version) => read.add_spec(version, &document, mistake)?,
            None => read.add_own(document, mistake)?,
        }
    }
    if read.profiles.len() > PROFILES_MAX {
        return Err(RulesError::TooManyProfiles(read.profiles.len()));
    }
    if let Err(error) = read.policy.refuse_together() {
        mistake(Location::UNKNOWN, error.into())?;
    }
    Ok(read)
}

impl Read {
    /// The rules for all and those of a profile.
    fn with(
        &self,
        (_, profile): &(String, Spanned<Profile>),
        mistake: &mut OnMistake<'_>,
    ) -> Result<Policy, RulesError> {
        let mut policy = self.policy.clone();
        let Profile { rules, keys, allow } = &profile.value;
        policy.add_set(rules, keys, allow, profile.referenced, mistake)?;
        if let Err(error) = policy.refuse_together() {
            mistake(Location::UNKNOWN, error.into())?;
        }
        Ok(policy)
    }

    fn add_own(&mut self, own: Document, mistake: &mut OnMistake<'_>) -> Result<(), RulesError> {
        let version = own.version.as_ref();
        let place = version.map_or(Location::UNKNOWN, |version| version.referenced);
        if version.is_none_or(|version| version.value != 1) {
            mistake(place, RulesError::Version)?;
        }
        if own.kind.is_some() || own.spec.is_some() {
            let what = "kind and spec are of a Redactor, which needs its apiVersion";
            mistake(place, RulesError::Syntax(what.to_owned()))?;
        }
        self.policy.add_set(&own.rules, &own.keys, &own.allow, place, mistake)?;
        let mut profiles: Vec<(String, Spanned<Profile>)> = own.profiles.into_iter().collect();
        profiles
            .sort_by_key(|(_, profile)| (profile.referenced.line(), profile.referenced.column()));
        for (name, profile) in profiles {
            if self.profiles.iter().any(|(other, _)| other.to_lowercase() == name.to_lowercase()) {
                mistake(profile.referenced, RulesError::TwoProfiles(name.clone()))?;
            }
            self.profiles.push((name, profile));
        }
        Ok(())
    }

    fn add_spec(
        &mut self,
        version: &Spanned<String>,
        document: &Document,
        mistake: &mut OnMistake<'_>,
    ) -> Result<(), RulesError> {
        let is_redactor = document.kind.as_deref() == Some("Redactor")
            && (version.value.starts_with("troubleshoot.sh/")
                || version.value.starts_with("troubleshoot.replicated.com/"));
        let is_own = document.version.is_some()
            || !(document.rules.is_empty()
                && document.keys.is_empty()
                && document.profiles.is_empty());
        if !is_redactor || is_own {
            let what = "a document with apiVersion and kind must be a Redactor of troubleshoot.sh";
            return mistake(version.referenced, RulesError::Syntax(what.to_owned()));
        }
        let redactors = document.spec.iter().flat_map(|spec| &spec.redactors);
        for (number, redactor) in redactors.enumerate() {
            if let Err(error) = self.policy.add_troubleshoot(number, &redactor.value) {
                mistake(redactor.referenced, error.into())?;
            }
        }
        Ok(())
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
