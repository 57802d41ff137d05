-- Troubles that were understood once, what became of each, and the bundles that look like them.
create table signature_row (
    id text not null primary key,
    number integer not null unique,
    name text not null,
    name_key text not null,
    kind text not null,
    stage text not null,
    text text not null,
    case_id text,
    case_number integer,
    bundle_id text,
    hypothesis integer,
    drafted_at_us integer not null,
    drafted_by text not null,
    changed_at_us integer not null,
    changed_by text not null,
    signature_version integer not null
);
create index signature_row_by_stage on signature_row (stage, number);
create index signature_row_of_case on signature_row (case_id);

-- What was done to a signature; a text where it was changed.
create table signature_version_row (
    signature_id text not null,
    version integer not null,
    kind text not null,
    text text,
    reason text not null,
    at_us integer not null,
    actor text not null,
    primary key (signature_id, version)
);

-- Rank 0 is one that was answered and fits no more.
create table signature_match_row (
    bundle_id text not null,
    signature_id text not null,
    case_id text not null,
    rank integer not null,
    version integer not null,
    score integer not null,
    fitting integer not null,
    cases integer not null,
    body text not null,
    matched_at_us integer not null,
    answer text,
    reason text,
    answered_by text,
    answered_at_us integer,
    primary key (bundle_id, signature_id)
);
create index signature_match_row_of_signature on signature_match_row (signature_id, matched_at_us);
