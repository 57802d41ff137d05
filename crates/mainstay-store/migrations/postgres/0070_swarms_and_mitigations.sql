-- Swarms of a case with who was there and what was tried, and its mitigations.
create table swarm_row (
    case_id text collate "C" not null,
    number bigint not null,
    question text not null,
    exit_criteria text not null,
    box_minutes bigint not null,
    opened_at_us bigint not null,
    opened_by text collate "C" not null,
    invited text not null,
    skills text not null,
    people text not null,
    tried text not null,
    rang bigint not null,
    outcome text,
    decision text,
    owner text collate "C",
    closed_at_us bigint,
    closed_by text collate "C",
    primary key (case_id, number)
);

create table mitigation_row (
    case_id text collate "C" not null,
    number bigint not null,
    what text not null,
    risk text not null,
    risk_why text not null,
    rollback text not null,
    change_name text not null,
    proposed_at_us bigint not null,
    proposed_by text collate "C" not null,
    state text not null,
    note text not null,
    approved_by text collate "C",
    moved_at_us bigint not null,
    moved_by text collate "C" not null,
    primary key (case_id, number)
);

-- What a case was closed with.
alter table case_row add column gate text;
