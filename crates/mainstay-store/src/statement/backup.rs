//! The plain tables, read for a backup and written by a restore. Everything else in a backup is the
//! log.

use super::statements;

statements! {
    ACCOUNTS = "select id, login, name, role, password_hash, created_at_us from account order by id";
    ACCOUNT = "insert into account (id, login, name, role, password_hash, created_at_us) \
        values ($1, $2, $3, $4, $5, $6)";
    TOKENS = "select id, token_hash, label, user_id, scopes, created_at_us, expires_at_us \
        from api_token order by id";
    TOKEN = "insert into api_token (id, token_hash, label, user_id, scopes, created_at_us, \
        expires_at_us) values ($1, $2, $3, $4, $5, $6, $7)";
    CASE_KEYS = "select case_id, key from case_key order by case_id";
    CASE_KEY = "insert into case_key (case_id, key) values ($1, $2)";
    SETTINGS = "select key, value from setting order by key";
    SETTING = "insert into setting (key, value) values ($1, $2)";
    COUNTERS = "select tenant, name, value from counter order by tenant, name";
    COUNTER = "insert into counter (tenant, name, value) values ($1, $2, $3)";
    REQUESTS = "select tenant, key, request_hash, result, created_at_us from idempotency \
        order by tenant, key";
    REQUEST = "insert into idempotency (tenant, key, request_hash, result, created_at_us) \
        values ($1, $2, $3, $4, $5)";
    /// What somebody was doing is to be done again: that worker is not in the backup.
    JOBS = "select kind, key, payload, case when state = 'running' then 'queued' else state end \
        as state, run_at_us, attempts, last_error from jobs order by id";
    JOB = "insert into jobs (kind, key, payload, state, run_at_us, attempts, last_error) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    CHECKPOINT = "insert into checkpoint (number, text, signature, public_key) \
        values ($1, $2, $3, $4)";
    /// Of a store that was used; a restore is for one that was not.
    USED = "select 1 as used from events union all select 1 from account limit 1";
}
