//! Signatures, what was done to them, and the bundles that look like them.

use super::statements;

macro_rules! signature {
    () => {
        "select s.id, s.number, s.name, s.kind, s.stage, s.text, s.case_number, s.bundle_id, \
         s.hypothesis, s.drafted_at_us, s.changed_at_us, s.signature_version, \
         s.drafted_by, d.login as drafted_by_login, d.name as drafted_by_name, \
         d.role as drafted_by_role, \
         s.changed_by, p.login as changed_by_login, p.name as changed_by_name, \
         p.role as changed_by_role, \
         (select count(*) from signature_match_row m where m.signature_id = s.id \
             and m.answer = 'confirmed') as confirmed, \
         (select count(*) from signature_match_row m where m.signature_id = s.id \
             and m.answer is not null) as answered, \
         (select count(*) from signature_match_row m where m.signature_id = s.id) as bundles, \
         (select count(distinct m.case_id) from signature_match_row m \
             where m.signature_id = s.id) as cases, \
         (select max(m.matched_at_us) from signature_match_row m where m.signature_id = s.id) \
             as last_seen_us \
         from signature_row s left join account d on d.id = s.drafted_by \
         left join account p on p.id = s.changed_by"
    };
}
macro_rules! matched {
    () => {
        "select m.bundle_id, b.name as bundle_name, c.number as case_number, c.subject, \
         m.signature_id, s.number, s.name, s.stage, s.text, s.case_number as origin_case, \
         m.rank, m.version, m.score, m.fitting, m.cases, m.body, m.matched_at_us, m.answer, \
         m.reason, m.answered_at_us, \
         m.answered_by, p.login as answered_by_login, p.name as answered_by_name, \
         p.role as answered_by_role, \
         (select count(*) from signature_match_row o where o.signature_id = m.signature_id \
             and o.answer = 'confirmed') as confirmed, \
         (select count(*) from signature_match_row o where o.signature_id = m.signature_id \
             and o.answer is not null) as answered \
         from signature_match_row m join signature_row s on s.id = m.signature_id \
         join bundle_row b on b.id = m.bundle_id join case_row c on c.id = m.case_id \
         left join account p on p.id = m.answered_by"
    };
}

statements! {
    DRAFT = "insert into signature_row (id, number, name, name_key, kind, stage, text, case_id, \
        case_number, bundle_id, hypothesis, drafted_at_us, drafted_by, changed_at_us, changed_by, \
        signature_version) \
        values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, $12, $11, $12, $13)";
    EDIT = "update signature_row set name = $2, name_key = $3, kind = $4, text = $5, \
        changed_at_us = $6, changed_by = $7, signature_version = $8 where id = $1";
    SET_STAGE = "update signature_row set stage = $2, changed_at_us = $3, changed_by = $4, \
        signature_version = $5 where id = $1";
    ADD_VERSION = "insert into signature_version_row (signature_id, version, kind, text, reason, \
        at_us, actor) values ($1, $2, $3, $4, $5, $6, $7)";
    CASE_OF_SIGNATURE = "select case_id, number, name from signature_row where id = $1";
    DROP_MATCHES = "delete from signature_match_row where bundle_id = $1 and answer is null";
    UNRANK_MATCHES = "update signature_match_row set rank = 0 where bundle_id = $1";
    PUT_MATCH = "insert into signature_match_row (bundle_id, signature_id, case_id, rank, \
        version, score, fitting, cases, body, matched_at_us) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        on conflict (bundle_id, signature_id) do update set rank = excluded.rank, \
        version = excluded.version, score = excluded.score, fitting = excluded.fitting, \
        cases = excluded.cases, body = excluded.body, matched_at_us = excluded.matched_at_us";
    ANSWER_MATCH = "update signature_match_row set answer = $3, reason = $4, answered_by = $5, \
        answered_at_us = $6 where bundle_id = $1 and signature_id = $2";

    SIGNATURE_BY_NUMBER = concat!(signature!(), " where s.number = $1");
    /// Newest first, below the number of the page before.
    SIGNATURES = concat!(signature!(), " where ($1 = '' or s.stage = $1) \
        and s.name_key like $2 escape '!' and s.number < $3 order by s.number desc limit $4");
    SIGNATURES_TOTAL = "select count(*) as total from signature_row \
        where ($1 = '' or stage = $1) and name_key like $2 escape '!'";
    SIGNATURES_OF_CASE = concat!(signature!(), " where s.case_id = $1 order by s.number");
    SIGNATURE_ID = "select id from signature_row where number = $1";
    ACTIVE = "select id, number, name, text, case_number, signature_version from signature_row \
        where stage = 'active' order by number limit $1";
    /// Moves whenever what is matched moves.
    ACTIVE_STAMP = "select count(*) as count, \
        cast(coalesce(sum(signature_version), 0) as bigint) as versions, \
        coalesce(max(changed_at_us), 0) as changed_at_us from signature_row";
    VERSIONS = "select v.version, v.kind, v.text, v.reason, v.at_us, v.actor, \
        p.login as actor_login, p.name as actor_name, p.role as actor_role \
        from signature_version_row v left join account p on p.id = v.actor \
        where v.signature_id = $1 order by v.version desc limit $2";
    MATCHES_OF_SIGNATURE = concat!(matched!(), " where m.signature_id = $1 \
        order by m.matched_at_us desc, m.bundle_id limit $2");
    MATCHES_OF_BUNDLE = concat!(matched!(), " where m.bundle_id = $1 and m.rank > 0 \
        order by m.rank");
    /// The case it came from, and those where it was confirmed.
    CASES_WITH = "select case_id from signature_row where id = $1 and case_id is not null \
        union select case_id from signature_match_row where signature_id = $1 \
        and answer = 'confirmed'";
    BUNDLES_READ = "select id, case_id, address from bundle_row where state = 'ready' \
        and address is not null order by received_at_us desc, id limit $1";

    CLEAR_SIGNATURES = "delete from signature_row";
    CLEAR_VERSIONS = "delete from signature_version_row";
    CLEAR_MATCHES = "delete from signature_match_row";
    DUMP_SIGNATURES = "select id, number, name, name_key, kind, stage, text, case_id, case_number, \
        bundle_id, hypothesis, drafted_at_us, drafted_by, changed_at_us, changed_by, \
        signature_version from signature_row order by id";
    DUMP_VERSIONS = "select signature_id, version, kind, text, reason, at_us, actor \
        from signature_version_row order by signature_id, version";
    DUMP_MATCHES = "select bundle_id, signature_id, case_id, rank, version, score, fitting, cases, \
        body, matched_at_us, answer, reason, answered_by, answered_at_us \
        from signature_match_row order by bundle_id, signature_id";
}
