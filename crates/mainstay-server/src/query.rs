//! Query strings, parsed once at the border.

use mainstay_app::line::{Expression, Match, NameField, Query, Term};
use mainstay_core::{Code, Level, UtcMicros};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Failure;

/// Which lines: a query, and conditions that must hold besides; commas separate alternatives. All
/// of it becomes one query.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct LineFilter {
    /// The filter language: `level:error.. "pool exhausted" -source:ingress*`
    pub query: Option<String>,
    /// `error,warn`
    pub level: Option<String>,
    /// Source numbers: `1,2`
    pub source: Option<String>,
    /// File numbers: `3`
    pub file: Option<String>,
    /// Template ids
    pub template: Option<String>,
    /// Words in the text, in any case of letters
    pub text: Option<String>,
    /// From this moment on (RFC 3339)
    pub from: Option<String>,
    /// Up to but not including this moment
    pub to: Option<String>,
}

impl LineFilter {
    /// The query, or what is wrong with it.
    pub(crate) fn parse(&self) -> Result<Query, Failure> {
        let text = self.query.as_deref().unwrap_or_default();
        let query: Query = text.parse().map_err(|error| Failure::query(text, error))?;
        let levels = list("level", self.level.as_deref(), |word| word.parse::<Level>().ok())?;
        let numbers = |name, text| list(name, text, |word| word.parse().ok().map(Match::Number));
        let sources = numbers("source", self.source.as_deref())?;
        let files = numbers("file", self.file.as_deref())?;
        let exact = |word: &str| Some(Match::Exact(word.to_owned()));
        let templates = list("template", self.template.as_deref(), exact)?;
        let from = moment("from", self.from.as_deref())?;
        let to = moment("to", self.to.as_deref())?;
        let name = |field, any_of: Vec<Match>| {
            (!any_of.is_empty()).then_some(Term::Name { field, any_of })
        };
        let terms = [
            (!levels.is_empty()).then(|| Term::Level(levels.into_iter().map(Some).collect())),
            name(NameField::Source, sources),
            name(NameField::File, files),
            name(NameField::Template, templates),
            self.text.clone().filter(|text| !text.is_empty()).map(Term::Text),
            (from.is_some() || to.is_some()).then_some(Term::Time { from, to }),
        ];
        let terms = terms.into_iter().flatten().map(Expression::Term);
        Ok(terms.fold(query, |query, term| query.and(term)))
    }
}

/// Comma-separated values; a value that does not parse names its parameter.
pub(crate) fn list<T>(
    name: &str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    let words = text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
    let parsed: Option<Vec<T>> = words.map(parse).collect();
    parsed.ok_or_else(|| bad(name))
}

/// A moment that may be left out.
pub(crate) fn moment(name: &str, text: Option<&str>) -> Result<Option<UtcMicros>, Failure> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| bad(name))).transpose()
}

/// A parameter that is not what it should be.
pub(crate) fn bad(name: &str) -> Failure {
    Failure::refused(Code::Invalid, format!("the parameter {name} is not valid"))
}
