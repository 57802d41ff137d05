//! Links between cases, merges, and what follows from them.

use super::read::{case_columns, case_tables};
use super::statements;

macro_rules! link {
    ($stands:literal, $other:literal, $here:literal) => {
        concat!(
            "select l.relation, '",
            $stands,
            "' as stands, l.reason, l.linked_at_us, c.number, c.subject, c.severity, c.status, \
             c.customer, (select m.number from case_row m where m.id = c.merged_into) \
             as merged_number, l.linked_by, p.login as linked_by_login, p.name as linked_by_name, \
             p.role as linked_by_role from case_link_row l join case_row c on c.id = l.",
            $other,
            " left join account p on p.id = l.linked_by where l.",
            $here,
            " = $1"
        )
    };
}
macro_rules! merged {
    () => {
        "select c.number, c.subject, c.severity, c.status, g.child_id, g.started_at_us, \
         g.promised_us, g.breached, g.reason, g.merged_at_us, g.merged_by, \
         p.login as merged_by_login, p.name as merged_by_name, p.role as merged_by_role \
         from case_merge_row g join case_row c on c.id = g.child_id \
         left join account p on p.id = g.merged_by"
    };
}

statements! {
    ADD_LINK = "insert into case_link_row (case_id, relation, other_id, reason, linked_at_us, \
        linked_by) values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    REMOVE_LINK = "delete from case_link_row where case_id = $1 and relation = $2 \
        and other_id = $3";
    LINKS_OF_CASE = concat!(link!("from", "other_id", "case_id"), " union all ",
        link!("to", "case_id", "other_id"), " order by 1, 2, 5");
    /// Everything that follows from a case along one relation.
    ABOVE = "with recursive above (id) as (select other_id from case_link_row \
        where case_id = $1 and relation = $2 union select l.other_id from case_link_row l \
        join above a on a.id = l.case_id where l.relation = $2) select id from above";
    /// The cases that suffer from one: what is affected by it, and what is the same as that.
    SUFFERERS = concat!("with recursive hit (id) as (select case_id from case_link_row \
        where other_id = $1 and relation in ('affected-by', 'duplicate-of') \
        union select l.case_id from case_link_row l join hit h on h.id = l.other_id \
        where l.relation in ('affected-by', 'duplicate-of')) ", case_columns!(), case_tables!(),
        " where c.id in (select id from hit) and c.merged_into is null order by c.number \
        limit $2");

    MARK_MERGED = "update case_row set merged_into = $2, done = true where id = $1";
    MARK_UNMERGED = "update case_row set merged_into = null, \
        done = case when status in ('solved', 'closed') then true else false end where id = $1";
    END_CLOCKS = "insert into clock_entry_row (case_id, sequence, at_us, kind, status) \
        values ($1, $2, $3, 'merged', null)";
    RESUME_CLOCKS = "delete from clock_entry_row where case_id = $1 and kind = 'merged'";
    ADD_MERGE = "insert into case_merge_row (child_id, parent_id, started_at_us, promised_us, \
        breached, reason, merged_at_us, merged_by) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    REMOVE_MERGE = "delete from case_merge_row where child_id = $1";
    KEEP_PROMISES = "update case_merge_row set promised_us = null where parent_id = $1 \
        and promised_us is not null";
    CLOCK_START = "select min(started_at_us) as started_at_us from case_merge_row \
        where parent_id = $1";
    SPLIT_START = "update clock_entry_row set at_us = $2 where case_id = $1 and kind = 'create'";
    MERGED_OF_CASE = concat!(merged!(), " where g.parent_id = $1 order by c.number");
    MERGED_INTO = "select p.id, p.number from case_row c join case_row p on p.id = c.merged_into \
        where c.number = $1";
    WRITERS = "select distinct title from timeline_row where case_id = $1 \
        and kind in ('customer_wrote', 'message_taken') and title is not null and title <> '' \
        order by title limit $2";
    MESSAGES = "select sequence, at_us, actor, kind, audience, title, text from timeline_row \
        where case_id = $1 and kind in ('noted', 'customer_wrote', 'message_taken') \
        order by sequence";

    CLEAR_LINKS = "delete from case_link_row";
    CLEAR_MERGES = "delete from case_merge_row";
    DUMP_LINKS = "select case_id, other_id, relation, reason, linked_at_us, linked_by \
        from case_link_row order by case_id, relation, other_id";
    DUMP_MERGES = "select child_id, parent_id, started_at_us, promised_us, breached, reason, \
        merged_at_us, merged_by from case_merge_row order by child_id";
}
