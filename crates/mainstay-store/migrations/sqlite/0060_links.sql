-- How cases belong together.
alter table case_row add column merged_into text;

-- One row per link, at the end that the relation speaks of.
create table case_link_row (
    case_id text not null,
    relation text not null,
    other_id text not null,
    reason text not null,
    linked_at_us integer not null,
    linked_by text not null,
    primary key (case_id, relation, other_id)
);
create index case_link_row_of_other on case_link_row (other_id, relation);

-- One row per case that went into another one.
create table case_merge_row (
    child_id text not null primary key,
    parent_id text not null,
    started_at_us integer not null,
    promised_us integer,
    breached text not null,
    reason text not null,
    merged_at_us integer not null,
    merged_by text not null
);
create index case_merge_row_of_parent on case_merge_row (parent_id);
