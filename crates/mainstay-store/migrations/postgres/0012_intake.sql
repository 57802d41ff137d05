-- Whose case it is and what they were promised, what intake holds, and who decides about it.
alter table case_row add column customer_id text collate "C";
alter table case_row add column tier text not null default '';
alter table case_row add column intake text;
alter table case_row add column intake_score bigint;
create index case_row_of_customer on case_row (customer_id, done, severity, updated_at_us);
create index case_row_waiting on case_row (done, severity, number) where intake = 'waiting';

create table customer_row (
    id text collate "C" not null primary key,
    name text not null,
    name_key text collate "C" not null unique,
    tier text not null,
    body text not null,
    added_at_us bigint not null,
    added_by text collate "C" not null,
    changed_at_us bigint not null,
    changed_by text collate "C" not null,
    customer_version bigint not null
);

-- The versions of the checklists.
create table checklist_row (
    version bigint not null primary key,
    body text not null,
    reason text not null,
    published_at_us bigint not null,
    published_by text collate "C" not null
);

-- The newest report of each case.
create table intake_row (
    case_id text collate "C" not null primary key,
    revision bigint not null,
    report text not null,
    assessment text not null,
    reported_at_us bigint not null,
    reported_by text collate "C" not null
);

-- Every time that it was submitted, and what came of it.
create table intake_round_row (
    case_id text collate "C" not null,
    round bigint not null,
    sender text collate "C" not null,
    team text not null,
    score bigint not null,
    threshold bigint,
    override_reason text not null,
    owed text not null,
    owed_by_us bigint,
    submitted_at_us bigint not null,
    decision text,
    reason text,
    note text,
    missing text not null,
    decided_at_us bigint,
    decided_by text collate "C",
    primary key (case_id, round)
);
create index intake_round_row_by_decision on intake_round_row (decided_at_us);
