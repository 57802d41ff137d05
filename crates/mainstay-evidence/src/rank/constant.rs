//! The numbers of the engine, each with its reason. They follow from units and statistics, and
//! were checked on data without a fault; none belongs to a system, a service or a text.

/// A ticket's time is rounded to the minute and often a little late.
pub(super) const TICKET_SLACK_US: i64 = 60_000_000;

/// A symptom that people report began at most this long before they say.
pub(super) const TICKET_EARLY_US: i64 = 300_000_000;

/// A score below this is within what varies by itself (three deviations).
pub(super) const RAISED: f64 = 3.0;

/// Two samples in a row beyond this are an episode, one is a spike.
pub(super) const EPISODE: f64 = 5.0;

/// Values on each side that a comparison needs; with fewer it counts by their share.
pub(super) const VALUES_WANTED: f64 = 10.0;

/// Below this many values nothing is said.
pub(super) const VALUES_MIN: usize = 3;

/// A quantile over fewer requests an interval is noise.
pub(super) const REQUESTS_WANTED: f64 = 10.0;

/// What is left of a difference from the reference that was there before the window as well: the
/// reference is of another day, and a cause changes.
pub(super) const OLD_DIFFERENCE: f64 = 0.3;

/// Less work, less time and fewer requests are weak signs: they follow from most faults elsewhere.
pub(super) const DROP: f64 = 0.25;

/// A machine's numbers are shared by everything on it.
pub(super) const HOST: f64 = 0.25;

/// A message of level info that is new is a path taken, not a failure.
pub(super) const PLAIN_MESSAGE: f64 = 0.25;

/// An operation with this share of its usual messages has not ended early: other requests take
/// other branches.
pub(super) const BRANCH_TOTAL: f64 = 0.85;

/// An error or exception that the baseline never wrote.
pub(super) const NEW_ERROR: f64 = 2.0;

/// Hundreds of messages and calls are looked at: the largest of a hundred scores is 2.5 by chance,
/// so this much of each is taken as chance.
pub(super) const BY_CHANCE: f64 = 1.5;

/// The smallest variance of a count per request: one request in twenty differs by chance.
pub(super) const COUNT_VARIANCE_MIN: f64 = 0.05;

/// Shares of the three strongest signals of a group in its strength: several agree, one leads.
pub(super) const GROUP_SHARES: [f64; 3] = [0.6, 0.25, 0.15];

/// What remains of a symptom that a callee explains.
pub(super) const EXPLAINED: f64 = 0.2;

/// A callee explains its caller if it has at least this share of the caller's score.
pub(super) const EXPLAINS_FROM: f64 = 0.5;

/// ... and added at least this share of the time the caller became slower by.
pub(super) const EXPLAINS_TIME: f64 = 0.3;

/// An oddity that the entry point cannot feel.
pub(super) const UNREACHABLE: f64 = 0.5;

/// A thing known only from its callers: the one that does the work is named instead.
pub(super) const SEEN_FROM_OUTSIDE: f64 = 0.5;

/// The time in a ticket is early or late by a part of a minute; messages are also counted from
/// these moments behind the start of the window on, and the clearest count stands.
pub(super) const LATER_STARTS_US: [i64; 3] = [0, 40_000_000, 80_000_000];

/// Spans or records that make a time before the window a baseline.
pub(super) const BEFORE_MIN: usize = 100;

/// A statement of the platform: as strong as a clear metric.
pub(super) const STATED: f64 = 8.0;

/// Percent of a disk from which on writes fail: file systems keep the rest for themselves.
pub(super) const DISK_FULL_PERCENT: f64 = 98.0;

/// A message that states its cause: one program's word.
pub(super) const STATED_BY_MESSAGE: f64 = 5.0;

/// A decided change explains a symptom that begins at most this long after it.
pub(super) const CHANGE_REACH_US: i64 = 900_000_000;

/// Without any baseline scores are halved.
pub(super) const NO_BASELINE: f64 = 0.5;

/// Components below this score are not worth a line.
pub(super) const LISTED: f64 = 0.5;

/// From this score on a component is at fault, not noisy, if something independent supports it: no
/// control reaches it, and no reference compared with another has a supported one.
pub(super) const AT_FAULT: f64 = 3.5;

/// Hypotheses in a report; the rest is counted.
pub(super) const HYPOTHESES_MAX: usize = 10;

/// Places cited for one contribution.
pub(super) const CITES_MAX: usize = 3;

/// Contributions written out for a hypothesis.
pub(super) const CONTRIBUTIONS_MAX: usize = 12;
