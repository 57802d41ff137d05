//! Query strings, parsed once at the border.

use mainstay_app::line::Filter;
use mainstay_core::{Code, Level, UtcMicros};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Failure;

/// Which lines: every condition must hold; commas separate alternatives.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct LineFilter {
    /// `error,warn`
    pub level: Option<String>,
    /// Source numbers: `1,2`
    pub source: Option<String>,
    /// File numbers: `3`
    pub file: Option<String>,
    /// Template ids
    pub template: Option<String>,
    /// Part of the text, in any case
    pub text: Option<String>,
    /// From this moment on (RFC 3339)
    pub from: Option<String>,
    /// Up to but not including this moment
    pub to: Option<String>,
}

impl LineFilter {
    /// The filter, or what is wrong with it.
    pub(crate) fn parse(&self) -> Result<Filter, Failure> {
        Ok(Filter {
            levels: list("level", self.level.as_deref(), |word| word.parse::<Level>().ok())?,
            sources: list("source", self.source.as_deref(), |word| word.parse().ok())?,
            files: list("file", self.file.as_deref(), |word| word.parse().ok())?,
            templates: list("template", self.template.as_deref(), |word| Some(word.to_owned()))?,
            text: self.text.clone().filter(|text| !text.is_empty()),
            from: moment("from", self.from.as_deref())?,
            to: moment("to", self.to.as_deref())?,
        })
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

fn moment(name: &str, text: Option<&str>) -> Result<Option<UtcMicros>, Failure> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| bad(name))).transpose()
}

/// A parameter that is not what it should be.
pub(crate) fn bad(name: &str) -> Failure {
    Failure::refused(Code::Invalid, format!("the parameter {name} is not valid"))
}
