//! Packets from one shift to the next, their cases and questions, and what is done next.

use super::read::{case_columns, case_tables};
use super::statements;

macro_rules! packet {
    () => {
        "select h.id, h.to_person, h.to_team, h.note, h.sent_at_us, h.answer_by_us, \
         h.told_at_us, h.told_due_us, h.handoff_version, \
         h.giver, g.login as giver_login, g.name as giver_name, g.role as giver_role, \
         r.login as to_person_login, r.name as to_person_name, r.role as to_person_role, \
         t.name as team_name, \
         h.lead, l.login as lead_login, l.name as lead_name, l.role as lead_role \
         from handoff_row h left join account g on g.id = h.giver \
         left join account r on r.id = h.to_person left join team_row t on t.id = h.to_team \
         left join account l on l.id = h.lead"
    };
}
macro_rules! item {
    () => {
        "select i.handoff_id, i.case_id, c.number as case_number, i.body, i.state, \
         i.decided_at_us, i.reason, \
         i.decided_by, d.login as decided_by_login, d.name as decided_by_name, \
         d.role as decided_by_role from handoff_item_row i \
         join case_row c on c.id = i.case_id left join account d on d.id = i.decided_by"
    };
}
macro_rules! question {
    () => {
        "select q.handoff_id, q.case_id, q.number, q.question, q.asked_at_us, q.answer, \
         q.answered_at_us, \
         q.asked_by, a.login as asked_by_login, a.name as asked_by_name, \
         a.role as asked_by_role, q.answered_by, b.login as answered_by_login, \
         b.name as answered_by_name, b.role as answered_by_role from handoff_question_row q \
         left join account a on a.id = q.asked_by left join account b on b.id = q.answered_by"
    };
}

statements! {
    SEND_PACKET = "insert into handoff_row (id, giver, to_person, to_team, note, sent_at_us, \
        answer_by_us, handoff_version) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    TELL_LEAD = "update handoff_row set lead = $2, told_at_us = $3, told_due_us = $4, \
        handoff_version = $5 where id = $1";
    ADD_ITEM = "insert into handoff_item_row (handoff_id, position, case_id, body, state, \
        sent_at_us) values ($1, $2, $3, $4, 'waiting', $5)";
    REPLACE_ITEMS = "update handoff_item_row set state = 'replaced', decided_at_us = $3 \
        where case_id = $1 and state = 'waiting' and handoff_id <> $2";
    DECIDE_ITEM = "update handoff_item_row set state = $3, decided_by = $4, decided_at_us = $5, \
        reason = $6 where handoff_id = $1 and case_id = $2";
    /// The case went elsewhere, or ended.
    VOID_ITEMS = "update handoff_item_row set state = 'void', decided_at_us = $2 \
        where case_id = $1 and state = 'waiting'";
    ASK = "insert into handoff_question_row (handoff_id, case_id, number, question, asked_by, \
        asked_at_us) values ($1, $2, $3, $4, $5, $6) on conflict (handoff_id, case_id, number) \
        do update set question = excluded.question, asked_by = excluded.asked_by, \
        asked_at_us = excluded.asked_at_us, answer = null, answered_by = null, \
        answered_at_us = null";
    ANSWER = "update handoff_question_row set answer = $4, answered_by = $5, \
        answered_at_us = $6 where handoff_id = $1 and case_id = $2 and number = $3";
    SET_STEP = "insert into next_step_row (case_id, text, owner, due_us, set_by, set_at_us) \
        values ($1, $2, $3, $4, $5, $6) on conflict (case_id) do update set \
        text = excluded.text, owner = excluded.owner, due_us = excluded.due_us, \
        set_by = excluded.set_by, set_at_us = excluded.set_at_us";
    DROP_STEP = "delete from next_step_row where case_id = $1";

    PACKET = concat!(packet!(), " where h.id = $1");
    /// Packets with a case that nobody took yet, the oldest in front.
    OPEN_PACKETS = concat!(packet!(), " where exists (select 1 from handoff_item_row i \
        where i.handoff_id = h.id and i.state = 'waiting') order by h.sent_at_us, h.id");
    PACKETS_OF = concat!(packet!(), " where h.giver = $1 order by h.sent_at_us desc, h.id \
        limit $2");
    ITEMS = concat!(item!(), " where i.handoff_id = $1 order by i.position");
    LAST_ITEM = concat!(item!(), " where i.case_id = $1 order by i.sent_at_us desc, \
        i.handoff_id desc limit 1");
    QUESTIONS = concat!(question!(), " where q.handoff_id = $1 order by q.case_id, q.number");
    STEP = "select s.case_id, s.text, s.due_us, s.set_at_us, \
        s.owner, o.login as owner_login, o.name as owner_name, o.role as owner_role, \
        s.set_by, p.login as set_by_login, p.name as set_by_name, p.role as set_by_role \
        from next_step_row s left join account o on o.id = s.owner \
        left join account p on p.id = s.set_by where s.case_id = $1";
    /// The open cases of an owner, what is due first in front.
    CASES_OF_OWNER = concat!(case_columns!(), case_tables!(), " where c.assignee = $1 \
        and not c.done order by coalesce(c.next_due_us, 9223372036854775807), c.severity, \
        c.number limit $2");
    /// What others did since a moment to somebody's open cases, with the newest entry of each.
    CHANGED_SINCE = "select c.number as case_number, c.subject, c.severity, x.entries, \
        t.kind, t.at_us, t.actor, p.login as actor_login, p.name as actor_name, \
        p.role as actor_role from case_row c join (select t.case_id, count(*) as entries, \
        max(t.sequence) as newest from timeline_row t join case_row o on o.id = t.case_id \
        where o.assignee = $1 and not o.done and t.at_us > $2 and t.actor <> $1 \
        group by t.case_id) x on x.case_id = c.id \
        join timeline_row t on t.case_id = c.id and t.sequence = x.newest \
        left join account p on p.id = t.actor order by c.severity, t.at_us desc limit $3";
    AT_RISK = "select count(*) as cases from case_row where not done \
        and (clock_warn_us <= $1 or promised_us <= $2)";
    WORDS_OF_CASE = "select t.at_us, t.kind, t.audience, coalesce(t.text, '') as text, \
        coalesce(t.title, '') as title from timeline_row t where t.case_id = $1 \
        and t.kind in ('noted', 'customer_wrote') order by t.sequence desc limit $2";

    CLEAR_HANDOFFS = "delete from handoff_row";
    CLEAR_ITEMS = "delete from handoff_item_row";
    CLEAR_QUESTIONS = "delete from handoff_question_row";
    CLEAR_STEPS = "delete from next_step_row";
    DUMP_HANDOFFS = "select id, giver, to_person, to_team, note, sent_at_us, answer_by_us, lead, \
        told_at_us, told_due_us, handoff_version from handoff_row order by id";
    DUMP_ITEMS = "select handoff_id, position, case_id, body, state, sent_at_us, decided_by, \
        decided_at_us, reason from handoff_item_row order by handoff_id, position";
    DUMP_QUESTIONS = "select handoff_id, case_id, number, question, asked_by, asked_at_us, \
        answer, answered_by, answered_at_us from handoff_question_row \
        order by handoff_id, case_id, number";
    DUMP_STEPS = "select case_id, text, owner, due_us, set_by, set_at_us from next_step_row \
        order by case_id";
}
