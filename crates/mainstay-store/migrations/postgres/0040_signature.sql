-- Troubles that were understood once, what became of each, and the bundles that look like them.
create table signature_row (
    id text collate "C" not null primary key,
    number bigint not null unique,
    name text not null,
    name_key text collate "C" not null,
    kind text not null,
    stage text collate "C" not null,
    text text not null,
    case_id text collate "C",
    case_number bigint,
    bundle_id text collate "C",
    hypothesis bigint,
    drafted_at_us bigint not null,
    drafted_by text collate "C" not null,
    changed_at_us bigint not null,
    changed_by text collate "C" not null,
    signature_version bigint not null
);
create index signature_row_by_stage on signature_row (stage, number);
create index signature_row_of_case on signature_row (case_id);

-- What was done to a signature; a text where it was changed.
create table signature_version_row (
    signature_id text collate "C" not null,
    version bigint not null,
    kind text not null,
    text text,
    reason text not null,
    at_us bigint not null,
    actor text collate "C" not null,
    primary key (signature_id, version)
);

-- Rank 0 is one that was answered and fits no more.
create table signature_match_row (
    bundle_id text collate "C" not null,
    signature_id text collate "C" not null,
    case_id text collate "C" not null,
    rank bigint not null,
    version bigint not null,
    score bigint not null,
    fitting bigint not null,
    cases bigint not null,
    body text not null,
    matched_at_us bigint not null,
    answer text,
    reason text,
    answered_by text collate "C",
    answered_at_us bigint,
    primary key (bundle_id, signature_id)
);
create index signature_match_row_of_signature on signature_match_row (signature_id, matched_at_us);
