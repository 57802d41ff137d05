-- The log: the only source of truth. Rows are added, never changed.
create table events (
    seq integer primary key autoincrement not null,
    tenant text not null,
    stream text not null,
    version integer not null,
    kind text not null,
    format integer not null,
    actor text not null,
    origin text not null,
    occurred_at_us integer not null,
    recorded_at_us integer not null,
    causation text,
    correlation text not null,
    idempotency_key text,
    body text,
    body_hash blob not null,
    prev_hash blob not null,
    hash blob not null,
    xact integer not null,
    unique (tenant, stream, version),
    unique (tenant, idempotency_key)
);
create index events_by_commit on events (xact, seq);

create table stream_head (
    tenant text not null,
    stream text not null,
    version integer not null,
    hash blob not null,
    primary key (tenant, stream)
);

create table idempotency (
    tenant text not null,
    key text not null,
    request_hash blob not null,
    result text not null,
    created_at_us integer not null,
    primary key (tenant, key)
);

create table counter (
    tenant text not null,
    name text not null,
    value integer not null,
    primary key (tenant, name)
);

create trigger events_no_update before update on events
begin
    select raise(abort, 'the log is append-only');
end;
create trigger events_no_delete before delete on events
begin
    select raise(abort, 'the log is append-only');
end;
create trigger stream_head_no_delete before delete on stream_head
begin
    select raise(abort, 'a stream is never forgotten');
end;
create trigger stream_head_grows before update on stream_head
when new.version <= old.version or new.tenant <> old.tenant or new.stream <> old.stream
begin
    select raise(abort, 'a stream only grows');
end;
