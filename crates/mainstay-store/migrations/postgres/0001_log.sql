-- The log: the only source of truth. Rows are added, never changed.
-- Text that is compared or ordered has collation C, so that both engines agree on the order.
create table events (
    seq bigint generated always as identity primary key,
    tenant text collate "C" not null,
    stream text collate "C" not null,
    version bigint not null,
    kind text not null,
    format bigint not null,
    actor text not null,
    origin text not null,
    occurred_at_us bigint not null,
    recorded_at_us bigint not null,
    causation text,
    correlation text not null,
    idempotency_key text collate "C",
    body text,
    body_hash bytea not null,
    prev_hash bytea not null,
    hash bytea not null,
    xact bigint not null,
    unique (tenant, stream, version),
    unique (tenant, idempotency_key)
);
create index events_by_commit on events (xact, seq);

create table stream_head (
    tenant text collate "C" not null,
    stream text collate "C" not null,
    version bigint not null,
    hash bytea not null,
    primary key (tenant, stream)
);

create table idempotency (
    tenant text collate "C" not null,
    key text collate "C" not null,
    request_hash bytea not null,
    result text not null,
    created_at_us bigint not null,
    primary key (tenant, key)
);

create table counter (
    tenant text collate "C" not null,
    name text collate "C" not null,
    value bigint not null,
    primary key (tenant, name)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%', tg_argv[0];
end
$$;
create trigger events_no_update before update on events
    for each row execute function refuse_change('the log is append-only');
create trigger events_no_delete before delete on events
    for each row execute function refuse_change('the log is append-only');
create trigger events_no_truncate before truncate on events
    for each statement execute function refuse_change('the log is append-only');
create trigger stream_head_no_delete before delete on stream_head
    for each row execute function refuse_change('a stream is never forgotten');
create trigger stream_head_no_truncate before truncate on stream_head
    for each statement execute function refuse_change('a stream is never forgotten');
create trigger stream_head_grows before update on stream_head
    for each row
    when (new.version <= old.version or new.tenant <> old.tenant or new.stream <> old.stream)
    execute function refuse_change('a stream only grows');
