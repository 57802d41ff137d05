-- People beyond signing in, teams, packets from one shift to the next, and what is done next.
create table person_row (
    id text not null primary key,
    profile text not null,
    removed boolean not null,
    removed_reason text,
    shift_started_us integer,
    shift_ended_us integer,
    changed_at_us integer not null,
    changed_by text not null,
    person_version integer not null
);

create table team_row (
    id text not null primary key,
    name text not null,
    name_key text not null unique,
    body text not null,
    changed_at_us integer not null,
    changed_by text not null,
    team_version integer not null
);

create table handoff_row (
    id text not null primary key,
    giver text not null,
    to_person text,
    to_team text,
    note text not null,
    sent_at_us integer not null,
    answer_by_us integer not null,
    lead text,
    told_at_us integer,
    told_due_us integer,
    handoff_version integer not null
);
create index handoff_row_by_giver on handoff_row (giver, sent_at_us);

create table handoff_item_row (
    handoff_id text not null,
    position integer not null,
    case_id text not null,
    body text not null,
    state text not null,
    sent_at_us integer not null,
    decided_by text,
    decided_at_us integer,
    reason text,
    primary key (handoff_id, position)
);
create index handoff_item_row_of_case on handoff_item_row (case_id, sent_at_us);
create index handoff_item_row_waiting on handoff_item_row (state) where state = 'waiting';

create table handoff_question_row (
    handoff_id text not null,
    case_id text not null,
    number integer not null,
    question text not null,
    asked_by text not null,
    asked_at_us integer not null,
    answer text,
    answered_by text,
    answered_at_us integer,
    primary key (handoff_id, case_id, number)
);

create table next_step_row (
    case_id text not null primary key,
    text text not null,
    owner text,
    due_us integer,
    set_by text not null,
    set_at_us integer not null
);
