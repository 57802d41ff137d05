-- Plain tables: not folds of the log. What happens to them has an event on the stream admin.
create table account (
    id text collate "C" not null primary key,
    login text collate "C" not null unique,
    name text not null,
    role text not null,
    password_hash text,
    created_at_us bigint not null
);

create table web_session (
    id text collate "C" not null primary key,
    token_hash bytea not null unique,
    csrf_token text not null,
    user_id text collate "C" not null references account (id),
    created_at_us bigint not null,
    expires_at_us bigint not null,
    last_seen_at_us bigint not null
);
create index web_session_by_user on web_session (user_id);

create table api_token (
    id text collate "C" not null primary key,
    token_hash bytea not null unique,
    label text not null,
    user_id text collate "C" not null references account (id),
    scopes text not null,
    created_at_us bigint not null,
    expires_at_us bigint
);

create table case_key (
    case_id text collate "C" not null primary key,
    key bytea not null
);

create table jobs (
    id bigint generated always as identity primary key,
    kind text not null,
    key text collate "C" not null unique,
    payload text not null,
    state text collate "C" not null,
    run_at_us bigint not null,
    attempts bigint not null,
    locked_until_us bigint,
    last_error text
);
create index jobs_by_state on jobs (state, run_at_us);

create table setting (
    key text collate "C" not null primary key,
    value text not null
);
