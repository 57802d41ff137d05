//! Mitigations.

use super::statements;

statements! {
    PROPOSE_MITIGATION = "insert into mitigation_row (case_id, number, what, risk, risk_why, \
        rollback, change_name, proposed_at_us, proposed_by, state, note, moved_at_us, moved_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'proposed', '', $8, $9)";
    MOVE_MITIGATION = "update mitigation_row set state = $3, note = $4, moved_at_us = $5, \
        moved_by = $6, approved_by = case when $3 = 'approved' then $6 else approved_by end \
        where case_id = $1 and number = $2 returning what";
    MITIGATIONS_OF_CASE = "select m.number, m.what, m.risk, m.risk_why, m.rollback, \
        m.change_name, m.proposed_at_us, m.state, m.note, m.moved_at_us, \
        m.proposed_by, p.login as proposed_by_login, p.name as proposed_by_name, \
        p.role as proposed_by_role, m.approved_by, a.login as approved_by_login, \
        a.name as approved_by_name, a.role as approved_by_role, m.moved_by, \
        b.login as moved_by_login, b.name as moved_by_name, b.role as moved_by_role \
        from mitigation_row m left join account p on p.id = m.proposed_by \
        left join account a on a.id = m.approved_by left join account b on b.id = m.moved_by \
        where m.case_id = $1 order by m.number desc";
    CLEAR_MITIGATIONS = "delete from mitigation_row";
    DUMP_MITIGATIONS = "select case_id, number, what, risk, risk_why, rollback, change_name, \
        proposed_at_us, proposed_by, state, note, approved_by, moved_at_us, moved_by \
        from mitigation_row order by case_id, number";
}
