//! Swarms as they travel.

use std::collections::HashMap;

use mainstay_app::App;
use mainstay_app::account::Person;
use mainstay_app::swarm::Swarm;
use mainstay_core::case::{SwarmOutcome, swarm};
use mainstay_core::{CaseNumber, Role, UserId};

use super::person;
use crate::dto::{self, maybe_time, swarm as wire, time};

dto::twin!(wire::SwarmOutcome = SwarmOutcome { Solved, NextStep, Escalate, Stop });

/// Who is who, for lists that hold ids only.
pub(crate) struct Names(HashMap<UserId, Person>);

impl Names {
    pub(crate) fn of(people: Vec<Person>) -> Self {
        Self(people.into_iter().map(|person| (person.id, person)).collect())
    }

    /// Somebody of a log that came from elsewhere has no account here.
    fn person(&self, id: UserId) -> dto::session::Person {
        match self.0.get(&id) {
            Some(known) => person(known),
            None => dto::session::Person {
                id: id.to_string(),
                name: "unknown".to_owned(),
                login: String::new(),
                role: Role::Service.into(),
            },
        }
    }
}

pub(crate) fn swarm(app: &App, case: CaseNumber, names: &Names, it: &Swarm) -> wire::Swarm {
    let running = it.closed.is_none();
    let ends_at = swarm::box_end(it.opened_at, it.box_minutes, it.rang + 1);
    wire::Swarm {
        number: it.number,
        question: it.question.clone(),
        question_html: app.render(&it.question, case),
        exit: it.exit.clone(),
        box_minutes: it.box_minutes,
        opened_at: time(it.opened_at),
        opened_by: person(&it.opened_by),
        box_ends_at: running.then(|| time(ends_at)),
        invited: it.invited.iter().map(|id| names.person(*id)).collect(),
        skills: it.skills.clone(),
        people: it
            .people
            .iter()
            .map(|stay| wire::SwarmStay {
                person: names.person(stay.person),
                joined_at: time(stay.joined_at),
                left_at: maybe_time(stay.left_at),
            })
            .collect(),
        tried: it
            .tried
            .iter()
            .map(|attempt| wire::SwarmAttempt {
                by: names.person(attempt.by),
                at: time(attempt.at),
                text: attempt.text.clone(),
                html: app.render(&attempt.text, case),
            })
            .collect(),
        rang: it.rang,
        closed: it.closed.as_ref().map(|end| wire::SwarmEnd {
            outcome: end.outcome.into(),
            decision: end.decision.clone(),
            decision_html: app.render(&end.decision, case),
            owner: end.owner.as_ref().map(person),
            at: time(end.at),
            by: person(&end.by),
        }),
    }
}
