-- Read tables: folds of the log, written in the same transaction, rebuilt at any time.
create table case_row (
    id text collate "C" not null primary key,
    number bigint not null unique,
    subject text not null,
    severity bigint not null,
    status text collate "C" not null,
    customer text not null,
    product text not null,
    version text not null,
    description text not null,
    sample boolean not null,
    opened_at_us bigint not null,
    opened_by text not null,
    updated_at_us bigint not null,
    assignee text collate "C",
    resolution text,
    notes bigint not null,
    entries bigint not null,
    case_version bigint not null,
    search text not null
);
create index case_row_by_severity on case_row (status, severity, updated_at_us);
create index case_row_by_assignee on case_row (assignee, status);

create table timeline_row (
    case_id text collate "C" not null,
    sequence bigint not null,
    at_us bigint not null,
    kind text not null,
    actor text not null,
    audience text,
    text text,
    evidence bigint,
    bundle text,
    assignee text collate "C",
    from_severity bigint,
    to_severity bigint,
    cites text not null,
    title text,
    primary key (case_id, sequence)
);

create table evidence_row (
    case_id text collate "C" not null,
    number bigint not null,
    bundle_id text collate "C" not null,
    file bigint not null,
    line bigint not null,
    source text not null,
    at_us bigint,
    level text,
    excerpt text not null,
    pinned boolean not null,
    pinned_by text not null,
    pinned_at_us bigint not null,
    primary key (case_id, number)
);
create index evidence_row_by_place on evidence_row (bundle_id, file, line);

create table bundle_row (
    id text collate "C" not null primary key,
    case_id text collate "C" not null,
    name text not null,
    size_bytes bigint not null,
    content_hash text not null,
    state text collate "C" not null,
    failure text,
    address text,
    files bigint not null,
    lines bigint not null,
    records bigint not null,
    templates bigint not null,
    errors bigint not null,
    problems bigint not null,
    redactions bigint not null,
    first_us bigint,
    last_us bigint,
    received_at_us bigint not null,
    received_by text not null
);
create index bundle_row_by_case on bundle_row (case_id);
create index bundle_row_by_state on bundle_row (state);

create table projection_version (
    name text collate "C" not null primary key,
    version bigint not null
);
