-- Whose turn it is in a case, what is promised, and when the next promise is due.
alter table case_row add column done boolean not null default false;
alter table case_row add column waits_on text not null default '';
alter table case_row add column policies integer;
alter table case_row add column promised_us integer;
alter table case_row add column clock_metric text;
alter table case_row add column clock_warn_us integer;
alter table case_row add column clock_due_us integer;
alter table case_row add column next_due_us integer;
alter table timeline_row add column status text;
alter table timeline_row add column due_us integer;
drop index case_row_by_severity;
drop index case_row_by_assignee;
create index case_row_by_severity on case_row (done, severity, updated_at_us);
create index case_row_by_assignee on case_row (assignee, done);
create index case_row_by_due on case_row (done, next_due_us);

-- What the clocks of a case see.
create table clock_entry_row (
    case_id text not null,
    sequence integer not null,
    at_us integer not null,
    kind text not null,
    status text,
    primary key (case_id, sequence)
);

-- The versions of the policies.
create table policy_row (
    version integer not null primary key,
    body text not null,
    reason text not null,
    published_at_us integer not null,
    published_by text not null
);
