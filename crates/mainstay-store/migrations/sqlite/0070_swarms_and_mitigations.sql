-- Swarms of a case with who was there and what was tried, and its mitigations.
create table swarm_row (
    case_id text not null,
    number integer not null,
    question text not null,
    exit_criteria text not null,
    box_minutes integer not null,
    opened_at_us integer not null,
    opened_by text not null,
    invited text not null,
    skills text not null,
    people text not null,
    tried text not null,
    rang integer not null,
    outcome text,
    decision text,
    owner text,
    closed_at_us integer,
    closed_by text,
    primary key (case_id, number)
);

create table mitigation_row (
    case_id text not null,
    number integer not null,
    what text not null,
    risk text not null,
    risk_why text not null,
    rollback text not null,
    change_name text not null,
    proposed_at_us integer not null,
    proposed_by text not null,
    state text not null,
    note text not null,
    approved_by text,
    moved_at_us integer not null,
    moved_by text not null,
    primary key (case_id, number)
);

-- What a case was closed with.
alter table case_row add column gate text;
