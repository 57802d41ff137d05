//! Questions to the read tables. Names of people are joined at read time: the log holds ids only.

use super::statements;

macro_rules! case_columns {
    () => {
        "select c.id, c.number, c.subject, c.severity, c.status, c.waits_on, c.policies, \
         c.promised_us, c.clock_metric, c.clock_warn_us, c.clock_due_us, c.customer, c.product, \
         c.version, c.opened_at_us, c.updated_at_us, c.notes, c.sample, c.case_version, \
         c.customer_id, c.tier, c.intake, c.intake_score, \
         (select m.number from case_row m where m.id = c.merged_into) as merged_number, \
         c.assignee, a.login as assignee_login, a.name as assignee_name, a.role as assignee_role, \
         (select count(*) from bundle_row b where b.case_id = c.id) as bundles, \
         (select count(*) from bundle_row b where b.case_id = c.id and b.state = 'reading') \
             as bundles_reading, \
         (select count(*) from evidence_row e where e.case_id = c.id and e.pinned) as evidence"
    };
}
macro_rules! case_tables {
    () => {
        " from case_row c left join account a on a.id = c.assignee"
    };
}
pub(crate) use {case_columns, case_tables};

macro_rules! timeline {
    () => {
        "select t.sequence, t.at_us, t.kind, t.audience, t.text, t.evidence, t.bundle, \
         t.from_severity, t.to_severity, t.cites, t.title, t.status, t.due_us, \
         t.actor, p.login as actor_login, p.name as actor_name, p.role as actor_role, \
         t.assignee, a.login as assignee_login, a.name as assignee_name, a.role as assignee_role \
         from timeline_row t left join account p on p.id = t.actor \
         left join account a on a.id = t.assignee where t.case_id = $1"
    };
}
macro_rules! evidence {
    () => {
        "select e.case_id, c.number as case_number, e.number, e.bundle_id, e.file, e.line, \
         e.source, e.at_us, e.level, e.excerpt, e.pinned, e.pinned_at_us, \
         e.pinned_by, p.login as pinned_by_login, p.name as pinned_by_name, \
         p.role as pinned_by_role \
         from evidence_row e join case_row c on c.id = e.case_id \
         left join account p on p.id = e.pinned_by"
    };
}
macro_rules! hypothesis {
    () => {
        "select c.number as case_number, h.number, h.bundle_id, h.reference_id, h.component, \
         h.kind, h.statement, h.pinned_at_us, h.judgement, h.reason, h.judged_at_us, \
         h.pinned_by, p.login as pinned_by_login, p.name as pinned_by_name, \
         p.role as pinned_by_role, h.judged_by, j.login as judged_by_login, \
         j.name as judged_by_name, j.role as judged_by_role \
         from hypothesis_row h join case_row c on c.id = h.case_id \
         left join account p on p.id = h.pinned_by left join account j on j.id = h.judged_by \
         where h.case_id = $1"
    };
}
macro_rules! bundle {
    () => {
        "select b.id, b.case_id, c.number as case_number, b.name, b.size_bytes, b.content_hash, \
         b.state, b.failure, b.address, b.files, b.lines, b.records, b.templates, b.errors, \
         b.problems, b.redactions, b.rules_version, b.rules_profile, b.identities, b.first_us, \
         b.last_us, b.received_at_us, b.reference, \
         b.received_by, p.login as received_by_login, p.name as received_by_name, \
         p.role as received_by_role \
         from bundle_row b join case_row c on c.id = b.case_id \
         left join account p on p.id = b.received_by"
    };
}
macro_rules! redaction_rules {
    () => {
        "select r.version, r.text, r.reason, r.published_at_us, r.published_by, \
         p.login as published_by_login, p.name as published_by_name, p.role as published_by_role \
         from redaction_rules_row r left join account p on p.id = r.published_by"
    };
}

statements! {
    CASE_BY_NUMBER = concat!(case_columns!(), ", c.description, c.resolution, c.gate, c.opened_by, \
        o.login as opened_by_login, o.name as opened_by_name, o.role as opened_by_role",
        case_tables!(), " left join account o on o.id = c.opened_by where c.number = $1");
    CASE_ID_BY_NUMBER = "select id from case_row where number = $1";
    CASE_NUMBER_BY_ID = "select number from case_row where id = $1";
    CLOCK_ENTRIES = "select at_us, kind, status from clock_entry_row where case_id = $1 \
        order by sequence";
    CLOCKED_CASES = "select id from case_row where clock_due_us is not null order by id";
    /// With what the people of merged cases were promised.
    CLOCK_CASE = "select severity, customer, product, version, tier, policies, \
        case when merged_into is not null then null else promised_us end as promised_us, \
        (select min(g.promised_us) from case_merge_row g where g.parent_id = case_row.id) \
        as promised_merged_us from case_row where id = $1";
    POLICIES = "select version, body, reason, published_at_us, published_by, \
        p.login as published_by_login, p.name as published_by_name, p.role as published_by_role \
        from policy_row left join account p on p.id = published_by \
        where version = $1 or ($1 = 0 and version = (select max(version) from policy_row))";
    POLICIES_LAST = "select coalesce(max(version), 0) as version from policy_row";
    REDACTION_RULES = concat!(redaction_rules!(), " where r.version = $1 or ($1 = 0 and \
        r.version = (select max(version) from redaction_rules_row))");
    REDACTION_HISTORY = concat!(redaction_rules!(), " order by r.version desc limit $1");
    SAMPLE_CASES = "select id from case_row where sample order by number";
    TIMELINE = concat!(timeline!(), " and t.sequence > $2 order by t.sequence limit $3");
    TIMELINE_ENTRY = concat!(timeline!(), " and t.sequence = $2");
    TIMELINE_LAST = concat!(timeline!(), " order by t.sequence desc limit 1");
    TIMELINE_TOTAL = "select count(*) as total from timeline_row where case_id = $1";
    EVIDENCE_OF_CASE = concat!(evidence!(), " where e.case_id = $1 and e.pinned \
        order by e.number");
    EVIDENCE = concat!(evidence!(), " where e.case_id = $1 and e.number = $2");
    EVIDENCE_OF_BUNDLE = concat!(evidence!(), " where e.bundle_id = $1 and e.pinned \
        order by e.file, e.line, e.number");
    EVIDENCE_AT = concat!(evidence!(), " where e.bundle_id = $1 and e.file = $2 and e.line = $3 \
        and e.pinned order by e.number limit 1");
    HYPOTHESES_OF_CASE = concat!(hypothesis!(), " order by h.number");
    HYPOTHESIS = concat!(hypothesis!(), " and h.number = $2");
    BUNDLE = concat!(bundle!(), " where b.id = $1");
    BUNDLES_OF_CASE = concat!(bundle!(), " where b.case_id = $1 order by b.received_at_us, b.id");
    BUNDLES_READING = concat!(bundle!(), " where b.state = 'reading' \
        order by b.received_at_us, b.id");
    BUNDLE_WITH_CONTENT = concat!(bundle!(), " where b.case_id = $1 and b.content_hash = $2 \
        and b.state <> 'failed' order by b.received_at_us, b.id limit 1");
    ADDRESSES = "select distinct address from bundle_row where address is not null \
        order by address";

    ORPHAN_EVIDENCE = "select 'evidence of no case' as finding, e.case_id as id \
        from evidence_row e left join case_row c on c.id = e.case_id where c.id is null \
        union all select 'evidence of no bundle', e.bundle_id from evidence_row e \
        left join bundle_row b on b.id = e.bundle_id where b.id is null \
        union all select 'evidence of another case''s bundle', e.case_id from evidence_row e \
        join bundle_row b on b.id = e.bundle_id where b.case_id <> e.case_id";
    ORPHAN_BUNDLES = "select 'bundle of no case' as finding, b.id as id \
        from bundle_row b left join case_row c on c.id = b.case_id where c.id is null";
    ORPHAN_ENTRIES = "select distinct 'timeline of no case' as finding, t.case_id as id \
        from timeline_row t left join case_row c on c.id = t.case_id where c.id is null \
        union all select 'timeline with a hole', c.id from case_row c where c.entries <> \
        (select count(*) from timeline_row t where t.case_id = c.id)";
    ORPHAN_PEOPLE = "select 'case assigned to no account' as finding, c.id as id \
        from case_row c left join account a on a.id = c.assignee \
        where c.assignee is not null and a.id is null \
        union all select 'case opened by no account', c.id from case_row c \
        left join account a on a.id = c.opened_by where a.id is null";
}
