-- How cases belong together.
alter table case_row add column merged_into text collate "C";

-- One row per link, at the end that the relation speaks of.
create table case_link_row (
    case_id text collate "C" not null,
    relation text collate "C" not null,
    other_id text collate "C" not null,
    reason text not null,
    linked_at_us bigint not null,
    linked_by text collate "C" not null,
    primary key (case_id, relation, other_id)
);
create index case_link_row_of_other on case_link_row (other_id, relation);

-- One row per case that went into another one.
create table case_merge_row (
    child_id text collate "C" not null primary key,
    parent_id text collate "C" not null,
    started_at_us bigint not null,
    promised_us bigint,
    breached text not null,
    reason text not null,
    merged_at_us bigint not null,
    merged_by text collate "C" not null
);
create index case_merge_row_of_parent on case_merge_row (parent_id);
