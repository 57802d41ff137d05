-- Read tables: folds of the log, written in the same transaction, rebuilt at any time.
create table case_row (
    id text not null primary key,
    number integer not null unique,
    subject text not null,
    severity integer not null,
    status text not null,
    customer text not null,
    product text not null,
    version text not null,
    description text not null,
    sample boolean not null,
    opened_at_us integer not null,
    opened_by text not null,
    updated_at_us integer not null,
    assignee text,
    resolution text,
    notes integer not null,
    entries integer not null,
    case_version integer not null,
    search text not null
);
create index case_row_by_severity on case_row (status, severity, updated_at_us);
create index case_row_by_assignee on case_row (assignee, status);

create table timeline_row (
    case_id text not null,
    sequence integer not null,
    at_us integer not null,
    kind text not null,
    actor text not null,
    audience text,
    text text,
    evidence integer,
    bundle text,
    assignee text,
    from_severity integer,
    to_severity integer,
    cites text not null,
    title text,
    primary key (case_id, sequence)
);

create table evidence_row (
    case_id text not null,
    number integer not null,
    bundle_id text not null,
    file integer not null,
    line integer not null,
    source text not null,
    at_us integer,
    level text,
    excerpt text not null,
    pinned boolean not null,
    pinned_by text not null,
    pinned_at_us integer not null,
    primary key (case_id, number)
);
create index evidence_row_by_place on evidence_row (bundle_id, file, line);

create table bundle_row (
    id text not null primary key,
    case_id text not null,
    name text not null,
    size_bytes integer not null,
    content_hash text not null,
    state text not null,
    failure text,
    address text,
    files integer not null,
    lines integer not null,
    records integer not null,
    templates integer not null,
    errors integer not null,
    problems integer not null,
    redactions integer not null,
    first_us integer,
    last_us integer,
    received_at_us integer not null,
    received_by text not null
);
create index bundle_row_by_case on bundle_row (case_id);
create index bundle_row_by_state on bundle_row (state);

create table projection_version (
    name text not null primary key,
    version integer not null
);
