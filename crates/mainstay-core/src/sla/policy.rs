//! What is promised to whom: an immutable set of calendars and policies, in one document.
//!
//! The first policy that matches in the order of `position` wins. A set is checked once, when it is
//! published; a case pins the version of the set it was opened under, so that a later set changes
//! no running clock by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::metric::Metric;
use crate::Severity;
use crate::calendar::{Calendar, CalendarError, CalendarForm};

/// A set that people can still oversee.
const POLICIES_MAX: usize = 200;
/// One calendar per team and region.
const CALENDARS_MAX: usize = 200;
/// Ten years: what is promised later than that is no promise.
const TARGET_S_MAX: i64 = 10 * 366 * 24 * 60 * 60;
/// The calendar that is always there and always open.
pub const ALWAYS: &str = "24x7";

/// The document, as people write it and as a version keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySetForm {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calendars: BTreeMap<String, CalendarForm>,
    pub policies: Vec<Policy>,
}

/// One promise to the cases that match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub name: String,
    /// The order in which policies are tried; no two share one.
    pub position: u32,
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub filter: Filter,
    /// The calendar of targets in business hours.
    pub calendar: String,
    pub targets: Vec<Target>,
}

/// Which cases a policy is for. Empty matches all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Each of these holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Condition>,
    /// One of these holds, if there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Condition>,
}

/// A field with one of these values. Values are compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub field: Field,
    pub is: Vec<String>,
}

/// What a policy can look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Severity,
    Customer,
    Product,
    Version,
    /// Of the customer, as it was when they were chosen.
    Tier,
}

/// What is promised for one metric at one severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub severity: Severity,
    pub metric: Metric,
    pub target_s: i64,
    #[serde(default)]
    pub hours: Hours,
}

/// Which hours count towards a target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// Those of the policy's calendar.
    #[default]
    Business,
    /// Every hour.
    Calendar,
}

/// What policies look at in a case.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'a> {
    pub severity: Severity,
    pub customer: &'a str,
    pub product: &'a str,
    pub version: &'a str,
    pub tier: &'a str,
}

/// Why a set is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    #[error("a set has at most {POLICIES_MAX} policies and {CALENDARS_MAX} calendars")]
    TooMany,
    #[error(
        "policy {policy:?} has position {position}, which {other:?} has too; positions are unique"
    )]
    Position { policy: String, other: String, position: u32 },
    #[error("policy {policy:?} names calendar {calendar:?}, which the set does not have")]
    NoCalendar { policy: String, calendar: String },
    #[error("policy {policy:?} has two targets for {metric} at {severity}; keep one", metric = .metric.as_str())]
    TwoTargets { policy: String, metric: Metric, severity: Severity },
    #[error(
        "policy {policy:?}: {target_s} is not a target; use seconds, more than 0 and less than ten years"
    )]
    Target { policy: String, target_s: i64 },
    #[error("policy {policy:?} has a condition without values")]
    NoValues { policy: String },
    #[error("the calendar {ALWAYS:?} is built in; choose another name")]
    BuiltIn,
    #[error("calendar {name:?}: {source}")]
    Calendar {
        name: String,
        #[source]
        source: CalendarError,
    },
}

/// A checked set.
#[derive(Debug, Clone)]
pub struct PolicySet {
    calendars: BTreeMap<String, Calendar>,
    /// In the order in which they are tried.
    policies: Vec<Policy>,
}

/// The promise that holds for a case and a metric.
#[derive(Debug, Clone, Copy)]
pub struct Promise<'a> {
    pub policy: &'a str,
    pub calendar_name: &'a str,
    pub calendar: &'a Calendar,
    pub target_us: i64,
}

impl PolicySet {
    /// Checks a document.
    ///
    /// # Errors
    /// The first entry that makes no sense, by name.
    pub fn new(form: PolicySetForm) -> Result<Self, PolicyError> {
        if form.policies.len() > POLICIES_MAX || form.calendars.len() > CALENDARS_MAX {
            return Err(PolicyError::TooMany);
        }
        let mut calendars = BTreeMap::from([(ALWAYS.to_owned(), Calendar::always())]);
        for (name, calendar) in &form.calendars {
            let checked = Calendar::new(calendar)
                .map_err(|source| PolicyError::Calendar { name: name.clone(), source })?;
            if calendars.insert(name.clone(), checked).is_some() {
                return Err(PolicyError::BuiltIn);
            }
        }
        let mut policies = form.policies;
        policies.sort_by_key(|policy| policy.position);
        for pair in policies.windows(2) {
            if pair[0].position == pair[1].position {
                return Err(PolicyError::Position {
                    policy: pair[1].name.clone(),
                    other: pair[0].name.clone(),
                    position: pair[0].position,
                });
            }
        }
        for policy in &policies {
            policy.check(&calendars)?;
        }
        Ok(Self { calendars, policies })
    }

    /// What is promised to a case for a metric: the first policy that matches decides, also when it
    /// promises nothing for this metric.
    #[must_use]
    pub fn promise(&self, attributes: Attributes<'_>, metric: Metric) -> Option<Promise<'_>> {
        let policy = self.policies.iter().find(|policy| policy.filter.matches(attributes))?;
        let target = policy
            .targets
            .iter()
            .find(|target| target.metric == metric && target.severity == attributes.severity)?;
        let calendar_name = match target.hours {
            Hours::Business => policy.calendar.as_str(),
            Hours::Calendar => ALWAYS,
        };
        let calendar = self.calendars.get(calendar_name)?;
        let target_us = target.target_s * 1_000_000;
        Some(Promise { policy: &policy.name, calendar_name, calendar, target_us })
    }
}

impl Policy {
    fn check(&self, calendars: &BTreeMap<String, Calendar>) -> Result<(), PolicyError> {
        let policy = || self.name.clone();
        if !calendars.contains_key(&self.calendar) {
            let calendar = self.calendar.clone();
            return Err(PolicyError::NoCalendar { policy: policy(), calendar });
        }
        let conditions = self.filter.all.iter().chain(&self.filter.any);
        if conditions.into_iter().any(|condition| condition.is.is_empty()) {
            return Err(PolicyError::NoValues { policy: policy() });
        }
        let mut seen = BTreeSet::new();
        for target in &self.targets {
            let Target { severity, metric, target_s, .. } = *target;
            if !(1..=TARGET_S_MAX).contains(&target_s) {
                return Err(PolicyError::Target { policy: policy(), target_s });
            }
            if !seen.insert((severity, metric)) {
                return Err(PolicyError::TwoTargets { policy: policy(), metric, severity });
            }
        }
        Ok(())
    }
}

impl Filter {
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.any.is_empty()
    }

    pub(crate) fn matches(&self, attributes: Attributes<'_>) -> bool {
        let holds = |condition: &Condition| condition.holds(attributes);
        self.all.iter().all(holds) && (self.any.is_empty() || self.any.iter().any(holds))
    }
}

impl Condition {
    fn holds(&self, attributes: Attributes<'_>) -> bool {
        let severity = attributes.severity.to_string();
        let value = match self.field {
            Field::Severity => severity.as_str(),
            Field::Customer => attributes.customer,
            Field::Product => attributes.product,
            Field::Version => attributes.version,
            Field::Tier => attributes.tier,
        };
        let value = value.to_lowercase();
        self.is.iter().any(|wanted| wanted.to_lowercase() == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(json: &str) -> Result<PolicySet, String> {
        let form: PolicySetForm = serde_json::from_str(json).map_err(|error| error.to_string())?;
        PolicySet::new(form).map_err(|error| error.to_string())
    }

    const SET: &str = r#"{
        "calendars": {"london": {"tz": "Europe/London", "hours": {"mon": [["09:00", "17:00"]]}}},
        "policies": [
            {"name": "rest", "position": 9, "calendar": "london",
             "targets": [{"severity": "P3", "metric": "first_reply_time", "target_s": 28800}]},
            {"name": "gold", "position": 1, "calendar": "london",
             "filter": {"all": [{"field": "customer", "is": ["ACME", "Initech"]}],
                        "any": [{"field": "product", "is": ["shop"]},
                                {"field": "severity", "is": ["P1"]}]},
             "targets": [{"severity": "P1", "metric": "first_reply_time", "target_s": 900, "hours": "calendar"},
                         {"severity": "P3", "metric": "first_reply_time", "target_s": 3600}]}
        ]}"#;

    fn promised(
        severity: Severity,
        customer: &str,
        product: &str,
    ) -> Option<(String, String, i64)> {
        let set = set(SET).expect("a set");
        let attributes = Attributes { severity, customer, product, version: "", tier: "" };
        let promise = set.promise(attributes, Metric::FirstReplyTime)?;
        let (policy, calendar) = (promise.policy.to_owned(), promise.calendar_name.to_owned());
        Some((policy, calendar, promise.target_us / 1_000_000))
    }

    #[test]
    fn the_first_match_decides() {
        let told = |promise: Option<(String, String, i64)>| {
            promise.map(|(policy, calendar, target)| format!("{policy} {calendar} {target}"))
        };
        let gold = promised(Severity::P1, "acme", "mail");
        assert_eq!(told(gold).as_deref(), Some("gold 24x7 900"));
        let shop = promised(Severity::P3, "Initech", "Shop");
        assert_eq!(told(shop).as_deref(), Some("gold london 3600"));
        let other = promised(Severity::P3, "Initech", "mail");
        assert_eq!(told(other).as_deref(), Some("rest london 28800"));
        assert_eq!(promised(Severity::P2, "ACME", "shop"), None, "gold promises nothing at P2");
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        let with = |policy: &str| format!(r#"{{"policies": [{policy}]}}"#);
        let plain = r#"{"name": "a", "position": 1, "calendar": "24x7", "targets": []}"#;
        for (json, said) in [
            (with(&format!("{plain}, {plain}")), "positions are unique"),
            (with(&plain.replace("24x7", "mars")), "does not have"),
            (
                with(&plain.replace(
                    "[]",
                    r#"[{"severity": "P1", "metric": "next_reply_time", "target_s": 0}]"#,
                )),
                "not a target",
            ),
            (
                with(&plain.replace(
                    "[]",
                    r#"[{"severity": "P1", "metric": "next_reply_time", "target_s": 1},
                        {"severity": "P1", "metric": "next_reply_time", "target_s": 2}]"#,
                )),
                "two targets for next_reply_time at P1",
            ),
            (
                with(&plain.replace(
                    r#""targets""#,
                    r#""filter": {"any": [{"field": "product", "is": []}]}, "targets""#,
                )),
                "without values",
            ),
            (
                r#"{"calendars": {"24x7": {"tz": "Etc/UTC"}}, "policies": []}"#.to_owned(),
                "built in",
            ),
            (r#"{"calendars": {"x": {"tz": "Mars"}}, "policies": []}"#.to_owned(), "not a zone"),
        ] {
            let refused = set(&json).expect_err(&json);
            assert!(refused.contains(said), "{json}: {refused}");
        }
    }
}
