//! Clocks and policies as they travel.

use mainstay_app::sla::{CaseClocks, ClockView, Policies};
use mainstay_core::sla::State;

use super::person;
use crate::dto::{maybe_time, sla as dto, time};
use crate::problem::Failure;

impl From<State> for dto::ClockState {
    fn from(state: State) -> Self {
        match state {
            State::OnTrack => Self::OnTrack,
            State::DueSoon => Self::DueSoon,
            State::DueNow => Self::DueNow,
            State::Breached => Self::Breached,
            State::Paused => Self::Paused,
            State::Met => Self::Met,
            State::Cancelled => Self::Cancelled,
            State::Exhausted => Self::Exhausted,
        }
    }
}

pub(crate) fn case_clocks(clocks: &CaseClocks) -> dto::CaseClocks {
    dto::CaseClocks {
        policies: clocks.policies,
        newest: clocks.newest,
        at: time(clocks.at),
        clocks: clocks.clocks.iter().map(clock).collect(),
    }
}

pub(crate) fn clock(view: &ClockView) -> dto::Clock {
    let clock = &view.clock;
    let segments = view.segments.iter().map(|segment| dto::Segment {
        from: time(segment.span.from),
        to: time(segment.span.to),
        counted: segment.reason.is_counted(),
        reason: segment.reason.to_string(),
        status: segment.status.into(),
        total_s: segment.total_us.div_euclid(1_000_000),
    });
    dto::Clock {
        metric: view.metric.as_str().to_owned(),
        number: view.number as u64,
        policy: view.policy.clone(),
        calendar: view.calendar.clone(),
        state: clock.state.into(),
        target_s: clock.target_us.div_euclid(1_000_000),
        elapsed_s: clock.elapsed_s(),
        activated_at: time(clock.instance.activated),
        ended_at: maybe_time(clock.instance.end.map(|(at, _)| at)),
        breached_at: maybe_time(clock.breached_at),
        due_at: maybe_time(clock.due.map(|due| due.at)),
        reopens_at: maybe_time(clock.due.and_then(|due| due.reopens_at)),
        segments: segments.collect(),
    }
}

pub(crate) fn policies(policies: Option<&Policies>) -> Result<dto::Policies, Failure> {
    let Some(policies) = policies else {
        let set = serde_json::json!({ "calendars": {}, "policies": [] });
        return Ok(dto::Policies {
            version: 0,
            set,
            reason: String::new(),
            published_at: None,
            published_by: None,
        });
    };
    let unreadable = |_| Failure::refused(mainstay_core::Code::Internal, "policies are unreadable");
    Ok(dto::Policies {
        version: policies.version,
        set: serde_json::to_value(&policies.set).map_err(unreadable)?,
        reason: policies.reason.clone(),
        published_at: Some(time(policies.published_at)),
        published_by: Some(person(&policies.published_by)),
    })
}
