//! Swarms.

use super::statements;

statements! {
    OPEN_SWARM = "insert into swarm_row (case_id, number, question, exit_criteria, box_minutes, \
        opened_at_us, opened_by, invited, skills, people, tried, rang) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '[]', '[]', 0)";
    SWARM_LISTS = "select people, tried from swarm_row where case_id = $1 and number = $2";
    SET_SWARM_PEOPLE = "update swarm_row set people = $3 where case_id = $1 and number = $2";
    SET_SWARM_TRIED = "update swarm_row set tried = $3 where case_id = $1 and number = $2";
    RING_SWARM = "update swarm_row set rang = $3 where case_id = $1 and number = $2";
    CLOSE_SWARM = "update swarm_row set people = $3, outcome = $4, decision = $5, owner = $6, \
        closed_at_us = $7, closed_by = $8 where case_id = $1 and number = $2";
    SWARMS_OF_CASE = "select s.number, s.question, s.exit_criteria, s.box_minutes, \
        s.opened_at_us, s.invited, s.skills, s.people, s.tried, s.rang, s.outcome, s.decision, \
        s.closed_at_us, s.opened_by, o.login as opened_by_login, o.name as opened_by_name, \
        o.role as opened_by_role, s.owner, w.login as owner_login, w.name as owner_name, \
        w.role as owner_role, s.closed_by, c.login as closed_by_login, \
        c.name as closed_by_name, c.role as closed_by_role from swarm_row s \
        left join account o on o.id = s.opened_by left join account w on w.id = s.owner \
        left join account c on c.id = s.closed_by where s.case_id = $1 order by s.number desc";
    RUNNING_SWARMS = "select case_id, number, question, exit_criteria, box_minutes, \
        opened_at_us, invited, skills from swarm_row where outcome is null \
        order by case_id, number";
    CLEAR_SWARMS = "delete from swarm_row";
    DUMP_SWARMS = "select case_id, number, question, exit_criteria, box_minutes, opened_at_us, \
        opened_by, invited, skills, people, tried, rang, outcome, decision, owner, closed_at_us, \
        closed_by from swarm_row order by case_id, number";
}
