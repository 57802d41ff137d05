-- People beyond signing in, teams, packets from one shift to the next, and what is done next.
create table person_row (
    id text collate "C" not null primary key,
    profile text not null,
    removed boolean not null,
    removed_reason text,
    shift_started_us bigint,
    shift_ended_us bigint,
    changed_at_us bigint not null,
    changed_by text not null,
    person_version bigint not null
);

create table team_row (
    id text collate "C" not null primary key,
    name text not null,
    name_key text collate "C" not null unique,
    body text not null,
    changed_at_us bigint not null,
    changed_by text not null,
    team_version bigint not null
);

create table handoff_row (
    id text collate "C" not null primary key,
    giver text not null,
    to_person text,
    to_team text,
    note text not null,
    sent_at_us bigint not null,
    answer_by_us bigint not null,
    lead text,
    told_at_us bigint,
    told_due_us bigint,
    handoff_version bigint not null
);
create index handoff_row_by_giver on handoff_row (giver, sent_at_us);

create table handoff_item_row (
    handoff_id text collate "C" not null,
    position bigint not null,
    case_id text collate "C" not null,
    body text not null,
    state text not null,
    sent_at_us bigint not null,
    decided_by text,
    decided_at_us bigint,
    reason text,
    primary key (handoff_id, position)
);
create index handoff_item_row_of_case on handoff_item_row (case_id, sent_at_us);
create index handoff_item_row_waiting on handoff_item_row (state) where state = 'waiting';

create table handoff_question_row (
    handoff_id text collate "C" not null,
    case_id text collate "C" not null,
    number bigint not null,
    question text not null,
    asked_by text not null,
    asked_at_us bigint not null,
    answer text,
    answered_by text,
    answered_at_us bigint,
    primary key (handoff_id, case_id, number)
);

create table next_step_row (
    case_id text collate "C" not null primary key,
    text text not null,
    owner text,
    due_us bigint,
    set_by text not null,
    set_at_us bigint not null
);
