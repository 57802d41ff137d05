//! Customers, checklists, reports of intake and their rounds.

use super::read::{case_columns, case_tables};
use super::statements;

macro_rules! customer {
    () => {
        "select x.id, x.body, x.added_at_us, x.changed_at_us, x.customer_version, x.changed_by, \
         p.login as changed_by_login, p.name as changed_by_name, p.role as changed_by_role, \
         (select count(*) from case_row c where c.customer_id = x.id and not c.done) \
             as open_cases, \
         (select count(*) from case_row c where c.customer_id = x.id) as cases \
         from customer_row x left join account p on p.id = x.changed_by"
    };
}

statements! {
    ADD_CUSTOMER = "insert into customer_row (id, name, name_key, tier, body, added_at_us, \
        added_by, changed_at_us, changed_by, customer_version) \
        values ($1, $2, $3, $4, $5, $6, $7, $6, $7, $8)";
    CHANGE_CUSTOMER = "update customer_row set name = $2, name_key = $3, tier = $4, body = $5, \
        changed_at_us = $6, changed_by = $7, customer_version = $8 where id = $1";
    CUSTOMER = concat!(customer!(), " where x.id = $1");
    CUSTOMER_BY_KEY = concat!(customer!(), " where x.name_key = $1");
    CUSTOMERS = concat!(customer!(), " where x.name_key like $1 escape '!' \
        and x.name_key > $2 order by x.name_key limit $3");
    CUSTOMERS_TOTAL = "select count(*) as total from customer_row \
        where name_key like $1 escape '!'";
    CASES_OF_CUSTOMER = concat!(case_columns!(), case_tables!(), " where c.customer_id = $1 \
        order by c.done, c.severity, c.updated_at_us desc limit $2");
    SET_CASE_CUSTOMER = "update case_row set customer_id = $2, customer = $3, tier = $4 \
        where id = $1";

    INSERT_CHECKLISTS = "insert into checklist_row (version, body, reason, published_at_us, \
        published_by) values ($1, $2, $3, $4, $5)";
    CHECKLISTS = "select version, body, reason, published_at_us, published_by, \
        p.login as published_by_login, p.name as published_by_name, p.role as published_by_role \
        from checklist_row left join account p on p.id = published_by \
        where version = $1 or ($1 = 0 and version = (select max(version) from checklist_row))";

    PUT_REPORT = "insert into intake_row (case_id, revision, report, assessment, \
        reported_at_us, reported_by) values ($1, $2, $3, $4, $5, $6) on conflict (case_id) do \
        update set revision = excluded.revision, report = excluded.report, \
        assessment = excluded.assessment, reported_at_us = excluded.reported_at_us, \
        reported_by = excluded.reported_by";
    REPORTED_CASE = "update case_row set intake = coalesce(intake, 'draft'), intake_score = $2 \
        where id = $1";
    SET_INTAKE = "update case_row set intake = $2 where id = $1";
    ADD_ROUND = "insert into intake_round_row (case_id, round, sender, team, score, threshold, \
        override_reason, owed, owed_by_us, submitted_at_us, missing) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '[]')";
    DECIDE_ROUND = "update intake_round_row set decision = $3, reason = $4, note = $5, \
        missing = $6, decided_at_us = $7, decided_by = $8, score = coalesce($9, score) \
        where case_id = $1 and round = $2";
    REPORT = "select i.revision, i.report, i.assessment, i.reported_at_us, i.reported_by, \
        p.login as reported_by_login, p.name as reported_by_name, p.role as reported_by_role \
        from intake_row i left join account p on p.id = i.reported_by where i.case_id = $1";
    ROUNDS = "select r.round, r.team, r.score, r.threshold, r.override_reason, r.owed, \
        r.owed_by_us, r.submitted_at_us, r.decision, r.reason, r.note, r.missing, \
        r.decided_at_us, \
        r.sender, s.login as sender_login, s.name as sender_name, s.role as sender_role, \
        r.decided_by, d.login as decided_by_login, d.name as decided_by_name, \
        d.role as decided_by_role \
        from intake_round_row r left join account s on s.id = r.sender \
        left join account d on d.id = r.decided_by where r.case_id = $1 order by r.round";
    /// Without a sender all teams; with one only what that person sent.
    DECIDED = "select team, decision, coalesce(reason, '') as reason, count(*) as rounds \
        from intake_round_row where decided_at_us >= $1 and ($2 = '' or sender = $2) \
        group by team, decision, coalesce(reason, '') order by team, decision, reason";

    CLEAR_CUSTOMERS = "delete from customer_row";
    CLEAR_CHECKLISTS = "delete from checklist_row";
    CLEAR_REPORTS = "delete from intake_row";
    CLEAR_ROUNDS = "delete from intake_round_row";
    DUMP_CUSTOMERS = "select id, name, name_key, tier, body, added_at_us, added_by, \
        changed_at_us, changed_by, customer_version from customer_row order by id";
    DUMP_CHECKLISTS = "select version, published_by, body, reason, published_at_us \
        from checklist_row order by version";
    DUMP_REPORTS = "select case_id, revision, report, assessment, reported_at_us, reported_by \
        from intake_row order by case_id";
    DUMP_ROUNDS = "select case_id, round, sender, team, score, threshold, override_reason, owed, \
        owed_by_us, submitted_at_us, decision, reason, note, missing, decided_at_us, decided_by \
        from intake_round_row order by case_id, round";
}
