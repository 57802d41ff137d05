//! People beyond signing in, and teams.

use super::statements;

macro_rules! person {
    () => {
        "select a.id, a.login, a.name, a.role, p.profile, p.removed_reason, \
         coalesce(p.removed, false) as removed, p.shift_started_us, p.shift_ended_us, \
         p.changed_at_us, coalesce(p.person_version, 0) as person_version \
         from account a left join person_row p on p.id = a.id"
    };
}
macro_rules! team {
    () => {
        "select t.id, t.body, t.changed_at_us, t.team_version, t.changed_by, \
         p.login as changed_by_login, p.name as changed_by_name, p.role as changed_by_role \
         from team_row t left join account p on p.id = t.changed_by"
    };
}

statements! {
    CHANGE_PERSON = "insert into person_row (id, profile, removed, changed_at_us, changed_by, \
        person_version) values ($1, $2, false, $3, $4, $5) on conflict (id) do update \
        set profile = excluded.profile, changed_at_us = excluded.changed_at_us, \
        changed_by = excluded.changed_by, person_version = excluded.person_version";
    /// The row of somebody of whom nothing was known before.
    TOUCH_PERSON = "insert into person_row (id, profile, removed, changed_at_us, changed_by, \
        person_version) values ($1, '{}', false, $2, $3, $4) on conflict (id) do update \
        set person_version = excluded.person_version";
    REMOVE_PERSON = "update person_row set removed = true, removed_reason = $2, \
        shift_started_us = null, changed_at_us = $3, changed_by = $4 where id = $1";
    START_SHIFT = "update person_row set shift_started_us = $2 where id = $1";
    END_SHIFT = "update person_row set shift_started_us = null, shift_ended_us = $2 \
        where id = $1";
    PEOPLE = concat!(person!(), " order by a.login");
    PERSON = concat!(person!(), " where a.id = $1");
    /// How many open cases of each severity everybody has.
    LOADS = "select assignee, severity, count(*) as cases from case_row \
        where assignee is not null and not done group by assignee, severity \
        order by assignee, severity";
    OPEN_CASES_OF = "select id, number from case_row where assignee = $1 and not done \
        order by id";
    ADMINS_LEFT = "select count(*) as left_over from account a where a.role = 'admin' \
        and a.id <> $1 and not exists (select 1 from person_row p where p.id = a.id and p.removed)";

    ADD_TEAM = "insert into team_row (id, name, name_key, body, changed_at_us, changed_by, \
        team_version) values ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE_TEAM = "update team_row set name = $2, name_key = $3, body = $4, changed_at_us = $5, \
        changed_by = $6, team_version = $7 where id = $1";
    TEAMS = concat!(team!(), " order by t.name_key");
    TEAM = concat!(team!(), " where t.id = $1");
    TEAM_BY_KEY = concat!(team!(), " where t.name_key = $1");

    CLEAR_PEOPLE = "delete from person_row";
    CLEAR_TEAMS = "delete from team_row";
    DUMP_PEOPLE = "select id, profile, removed, removed_reason, shift_started_us, \
        shift_ended_us, changed_at_us, changed_by, person_version from person_row order by id";
    DUMP_TEAMS = "select id, name, name_key, body, changed_at_us, changed_by, team_version \
        from team_row order by id";
}
