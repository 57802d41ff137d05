-- What people took up of the ranking and what they judged of it, and the bundle without fault.
alter table bundle_row add column reference text;

create table hypothesis_row (
    case_id text not null,
    number integer not null,
    bundle_id text not null,
    reference_id text,
    component text not null,
    kind text not null,
    statement text not null,
    pinned_by text not null,
    pinned_at_us integer not null,
    judgement text,
    reason text,
    judged_by text,
    judged_at_us integer,
    primary key (case_id, number)
);
