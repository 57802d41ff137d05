//! What rules cost: a rule that hides most of an ordinary file leaves nothing to diagnose, and every
//! line is asked by each of them. Counted, not timed, so that the same rules are refused everywhere.

use super::{Policy, PolicyState, RuleError};

/// Each line is asked by every rule; with more of them a bundle of a few hundred megabytes would
/// take minutes.
pub(super) const RULES_MAX: usize = 1_000;
/// A rule that hides more of an ordinary file would leave nothing to diagnose.
const COVER_PERCENT_MAX: usize = 50;
/// An ordinary log, to see what a rule would cost.
const LOG: &str = "\
2026-11-24T09:41:05.123Z INFO 1 --- [main] c.e.shop.Server : started in 3.2 seconds
Nov 24 09:41:05 gate-3 sshd[811]: Connection closed by 198.51.100.7 port 22
{\"time\":\"2026-11-24T09:41:06Z\",\"level\":\"error\",\"msg\":\"order 17 was not placed\"}
\tat com.example.shop.Order.place(Order.java:42)
198.51.100.7 - - [24/Nov/2026:09:41:06 +0000] \"GET /cart?page=2 HTTP/1.1\" 200 512
";
/// Ordinary settings.
const SETTINGS: &str = "\
kind: Deployment
metadata:
  name: shop
  labels:
    app: shop
spec:
  replicas: 3
  image: registry.example/shop:7.4.1
";

/// What rules would take from an ordinary file.
pub(super) struct Cover {
    pub(super) what: &'static str,
    pub(super) percent: usize,
    pub(super) hidden: usize,
    pub(super) bytes: usize,
}

impl Policy {
    /// Are the rules too many, or do they hide too much together?
    pub(in crate::redact) fn refuse_together(&self) -> Result<(), RuleError> {
        let count = self.rules.len();
        if count > RULES_MAX {
            return Err(RuleError::TooMany { count });
        }
        // a rule for some files takes nothing from the others
        let everywhere: Vec<usize> =
            (0..count).filter(|index| self.rules[*index].files.is_none()).collect();
        match self.cover(&everywhere) {
            Some(Cover { what, percent, hidden, bytes }) => {
                Err(RuleError::Together { what, percent, hidden, bytes })
            }
            None => Ok(()),
        }
    }

    /// What of ordinary files these rules would hide, if it is too much.
    pub(super) fn cover(&self, rules: &[usize]) -> Option<Cover> {
        let samples =
            [("an ordinary log", LOG, ""), ("the values of ordinary settings", SETTINGS, ": ")];
        samples.into_iter().find_map(|(what, text, behind)| {
            let mut state = PolicyState {
                active: rules.to_vec(),
                after: vec![false; self.rules.len()],
                ..PolicyState::default()
            };
            let (mut hidden, mut bytes) = (0, 0);
            for line in text.lines() {
                let start = line.find(behind).map_or(line.len(), |at| at + behind.len());
                let mut is_hidden = vec![false; line.len()];
                for wish in self.find(line, line.starts_with('{'), &mut state, false) {
                    is_hidden[wish.place].fill(true);
                }
                hidden += is_hidden[start..].iter().filter(|hidden| **hidden).count();
                bytes += line.len() - start;
            }
            let percent = hidden * 100 / bytes;
            (percent > COVER_PERCENT_MAX).then_some(Cover { what, percent, hidden, bytes })
        })
    }
}
