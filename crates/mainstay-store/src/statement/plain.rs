//! Accounts, sessions, tokens, keys, jobs, settings.

use super::statements;

macro_rules! account {
    () => {
        "select id, login, name, role, password_hash, created_at_us from account"
    };
}
macro_rules! session_columns {
    () => {
        "select s.id, s.csrf_token, s.created_at_us, s.expires_at_us, s.last_seen_at_us, \
         s.user_id, a.login as user_login, a.name as user_name, a.role as user_role \
         from web_session s join account a on a.id = s.user_id"
    };
}
macro_rules! job_columns {
    () => {
        "id, kind, key, payload, state, run_at_us, attempts, locked_until_us, last_error"
    };
}

statements! {
    CREATE_ACCOUNT = "insert into account (id, login, name, role, password_hash, created_at_us) \
        values ($1, $2, $3, $4, $5, $6) on conflict (login) do nothing";
    SET_PASSWORD = "update account set password_hash = $2 where id = $1";
    SET_ROLE = "update account set role = $2 where id = $1";
    ACCOUNT_BY_LOGIN = concat!(account!(), " where login = $1");
    ACCOUNT_BY_ID = concat!(account!(), " where id = $1");
    ACCOUNTS = concat!(account!(), " order by login");

    CREATE_SESSION = "insert into web_session (id, token_hash, csrf_token, user_id, \
        created_at_us, expires_at_us, last_seen_at_us) values ($1, $2, $3, $4, $5, $6, $5)";
    SESSION_BY_TOKEN = concat!(session_columns!(),
        " where s.token_hash = $1 and s.expires_at_us > $2 \
        and not exists (select 1 from person_row g where g.id = s.user_id and g.removed)");
    TOUCH_SESSION = "update web_session set last_seen_at_us = $2 where id = $1";
    END_SESSION = "delete from web_session where id = $1";
    END_SESSIONS_OF = "delete from web_session where user_id = $1";
    END_EXPIRED_SESSIONS = "delete from web_session where expires_at_us <= $1";

    CREATE_TOKEN = "insert into api_token (id, token_hash, label, user_id, scopes, \
        created_at_us, expires_at_us) values ($1, $2, $3, $4, $5, $6, $7)";
    TOKEN_BY_HASH = "select t.id, t.label, t.scopes, t.expires_at_us, \
        t.user_id, a.login as user_login, a.name as user_name, a.role as user_role \
        from api_token t join account a on a.id = t.user_id \
        where t.token_hash = $1 and (t.expires_at_us is null or t.expires_at_us > $2) \
        and not exists (select 1 from person_row g where g.id = t.user_id and g.removed)";
    REVOKE_TOKENS_OF = "delete from api_token where user_id = $1";
    REVOKE_TOKEN = "delete from api_token where id = $1";

    PUT_CASE_KEY = "insert into case_key (case_id, key) values ($1, $2) \
        on conflict (case_id) do nothing";
    CASE_KEY = "select key from case_key where case_id = $1";

    PUT_SETTING = "insert into setting (key, value) values ($1, $2) \
        on conflict (key) do update set value = excluded.value";
    SETTING = "select value from setting where key = $1";

    ENQUEUE = "insert into jobs (kind, key, payload, state, run_at_us, attempts) \
        values ($1, $2, $3, 'queued', $4, 0) on conflict (key) do nothing";
    DROP_JOB = "delete from jobs where key = $1 and state = 'queued'";
    POSTPONE_JOB = "update jobs set run_at_us = $2 where key = $1 and state = 'queued'";
    /// A worker that died on its last attempt will not come back to say so.
    BURY_ABANDONED = "update jobs set state = 'dead', locked_until_us = null, \
        last_error = 'the worker did not come back' \
        where state = 'running' and locked_until_us <= $1 and attempts >= $2";
    /// The number of attempts fences off a worker that was too slow.
    FINISH_JOB = "update jobs set state = 'done', locked_until_us = null, last_error = null \
        where id = $1 and attempts = $2 and state = 'running'";
    FAIL_JOB = "update jobs set state = $3, run_at_us = $4, locked_until_us = null, \
        last_error = $5 where id = $1 and attempts = $2 and state = 'running'";
    REVIVE_JOB = "update jobs set state = 'queued', attempts = 0, run_at_us = $2 \
        where id = $1 and state = 'dead'";
    DEAD_JOBS = concat!("select ", job_columns!(), " from jobs where state = 'dead' \
        order by id limit $1");
    NEXT_RUN = "select min(case when state = 'queued' then run_at_us else locked_until_us end) \
        as run_at_us from jobs where state = 'queued' or state = 'running'";
}
