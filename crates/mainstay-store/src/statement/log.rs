//! The log itself: events, heads, idempotency, counters.

use super::statements;

macro_rules! event_columns {
    () => {
        "seq, tenant, stream, version, kind, format, actor, origin, occurred_at_us, \
         recorded_at_us, causation, correlation, idempotency_key, body, body_hash, prev_hash, \
         hash, xact"
    };
}

/// The case that a stream belongs to.
macro_rules! case_of_stream {
    () => {
        "coalesce((select c.number from case_row c \
            where stream like 'case/%' and c.id = substr(stream, 6)), \
         (select c.number from case_row c join bundle_row b on b.case_id = c.id \
            where stream like 'bundle/%' and b.id = substr(stream, 8))) as case_number"
    };
}
macro_rules! audit {
    ($more:literal) => {
        concat!(
            "select e.seq, e.stream, e.version, e.kind, e.actor, p.login as actor_login, \
             p.name as actor_name, p.role as actor_role, e.origin, e.occurred_at_us, \
             e.recorded_at_us, e.correlation, e.hash, ",
            case_of_stream!(),
            $more,
            " from events e left join account p on p.id = e.actor where e.tenant = $1"
        )
    };
}
/// A page of it, newest first.
macro_rules! audit_page {
    () => {
        " and e.seq < $2 and substr(e.kind, 1, length(cast($3 as text))) = cast($3 as text) \
          and (cast($4 as text) = '' or e.actor = $4) order by e.seq desc limit $5"
    };
}

statements! {
    AUDIT = concat!(audit!(""), audit_page!());
    AUDIT_OF_CASE = concat!(audit!(""), " and (e.stream = 'case/' || cast($6 as text) \
        or e.stream in (select 'bundle/' || b.id from bundle_row b where b.case_id = $6))",
        audit_page!());
    AUDIT_EVENT = concat!(audit!(", e.prev_hash, e.body"), " and e.seq = $2");
    INSERT_EVENT = "insert into events (tenant, stream, version, kind, format, actor, origin, \
        occurred_at_us, recorded_at_us, causation, correlation, idempotency_key, body, body_hash, \
        prev_hash, hash, xact) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
        returning seq";
    HEAD = "select version, hash from stream_head where tenant = $1 and stream = $2";
    INSERT_HEAD = "insert into stream_head (tenant, stream, version, hash) \
        values ($1, $2, $3, $4)";
    UPDATE_HEAD = "update stream_head set version = $3, hash = $4 \
        where tenant = $1 and stream = $2";
    STREAM_EVENTS = concat!("select ", event_columns!(), " from events \
        where tenant = $1 and stream = $2 order by version");
    LAST_EVENT = concat!("select ", event_columns!(), " from events \
        where tenant = $1 and stream = $2 order by version desc limit 1");
    ALL_HEADS = "select stream, version, hash from stream_head where tenant = $1 order by stream";
    /// By name, in pages.
    HEADS_AFTER = "select stream, version, hash from stream_head \
        where tenant = $1 and stream > $2 order by stream limit $3";
    /// By stream, in pages: the whole log need not fit into memory.
    EVENTS_BY_STREAM = concat!("select ", event_columns!(), " from events \
        where tenant = $1 and (stream, version) > ($2, $3) order by stream, version limit $4");
    /// In the order of insertion, in pages.
    EVENTS_BY_SEQ = concat!("select ", event_columns!(), " from events \
        where tenant = $1 and seq > $2 order by seq limit $3");
    /// In the order of commits: what lies below the horizon can no longer change.
    EVENTS_BY_COMMIT = concat!("select ", event_columns!(), ", ", case_of_stream!(), " \
        from events where tenant = $1 and (xact, seq) > ($2, $3) and xact < $4 \
        order by xact, seq limit $5");
    /// The place of the newest event that is below the horizon.
    LAST_BY_COMMIT = "select xact, seq from events where tenant = $1 and xact < $2 \
        order by xact desc, seq desc limit 1";
    REMEMBERED = "select request_hash, result from idempotency where tenant = $1 and key = $2";
    REMEMBER = "insert into idempotency (tenant, key, request_hash, result, created_at_us) \
        values ($1, $2, $3, $4, $5)";
    NEXT_NUMBER = "insert into counter (tenant, name, value) values ($1, $2, $3) \
        on conflict (tenant, name) do update set value = counter.value + 1 returning value";
}
