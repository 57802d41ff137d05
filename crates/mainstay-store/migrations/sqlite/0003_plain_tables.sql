-- Plain tables: not folds of the log. What happens to them has an event on the stream admin.
create table account (
    id text not null primary key,
    login text not null unique,
    name text not null,
    role text not null,
    password_hash text,
    created_at_us integer not null
);

create table web_session (
    id text not null primary key,
    token_hash blob not null unique,
    csrf_token text not null,
    user_id text not null references account (id),
    created_at_us integer not null,
    expires_at_us integer not null,
    last_seen_at_us integer not null
);
create index web_session_by_user on web_session (user_id);

create table api_token (
    id text not null primary key,
    token_hash blob not null unique,
    label text not null,
    user_id text not null references account (id),
    scopes text not null,
    created_at_us integer not null,
    expires_at_us integer
);

create table case_key (
    case_id text not null primary key,
    key blob not null
);

create table jobs (
    id integer primary key autoincrement not null,
    kind text not null,
    key text not null unique,
    payload text not null,
    state text not null,
    run_at_us integer not null,
    attempts integer not null,
    locked_until_us integer,
    last_error text
);
create index jobs_by_state on jobs (state, run_at_us);

create table setting (
    key text not null primary key,
    value text not null
);
