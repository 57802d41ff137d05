//! What an event does to the read tables, and how they are emptied and dumped for a rebuild.

use super::statements;

statements! {
    OPEN_CASE = "insert into case_row (id, number, subject, severity, status, customer, product, \
        version, description, sample, opened_at_us, opened_by, updated_at_us, notes, entries, \
        case_version) \
        values ($1, $2, $3, $4, 'new', $5, $6, $7, $8, $9, $10, $11, $10, 0, 0, $12)";
    /// The next place in the timeline; no row when the case does not exist.
    NEXT_ENTRY = "update case_row set entries = entries + 1, updated_at_us = $2 where id = $1 \
        returning entries, number";
    TOUCH_CASE = "update case_row set case_version = $2 where id = $1";
    ASSIGN_CASE = "update case_row set assignee = $2 where id = $1";
    SET_SEVERITY = "update case_row set severity = $2 where id = $1";
    COUNT_NOTE = "update case_row set notes = notes + 1 where id = $1";
    STATUS_OF_CASE = "select status from case_row where id = $1";
    SET_STATUS = "update case_row set status = $2, done = $3, waits_on = $4 where id = $1";
    SET_RESOLUTION = "update case_row set resolution = $2 where id = $1";
    SET_GATE = "update case_row set gate = $2 where id = $1";
    SET_PROMISED = "update case_row set promised_us = $2 where id = $1";
    SET_POLICIES = "update case_row set policies = $2 where id = $1";
    SET_DEADLINE = "update case_row set clock_metric = $2, clock_warn_us = $3, \
        clock_due_us = $4, next_due_us = $5 where id = $1";
    INSERT_CLOCK_ENTRY = "insert into clock_entry_row (case_id, sequence, at_us, kind, status) \
        values ($1, $2, $3, $4, $5)";
    INSERT_POLICIES = "insert into policy_row (version, body, reason, published_at_us, \
        published_by) values ($1, $2, $3, $4, $5)";
    INSERT_ENTRY = "insert into timeline_row (case_id, sequence, at_us, kind, actor, audience, \
        text, evidence, bundle, assignee, from_severity, to_severity, cites, title, status, \
        due_us) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    PIN_EVIDENCE = "insert into evidence_row (case_id, number, bundle_id, file, line, source, \
        at_us, level, excerpt, pinned, pinned_by, pinned_at_us) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $10, $11)";
    UNPIN_EVIDENCE = "update evidence_row set pinned = false where case_id = $1 and number = $2 \
        returning excerpt";
    PIN_HYPOTHESIS = "insert into hypothesis_row (case_id, number, bundle_id, reference_id, \
        component, kind, statement, pinned_by, pinned_at_us) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    JUDGE_HYPOTHESIS = "update hypothesis_row set judgement = $3, reason = $4, judged_by = $5, \
        judged_at_us = $6 where case_id = $1 and number = $2 returning component";
    CHOOSE_REFERENCE = "update bundle_row set reference = $2 where id = $1";
    NAME_OF_BUNDLE = "select name from bundle_row where id = $1";
    RECEIVE_BUNDLE = "insert into bundle_row (id, case_id, name, size_bytes, content_hash, state, \
        files, lines, records, templates, errors, problems, redactions, received_at_us, \
        received_by) values ($1, $2, $3, $4, $5, 'reading', 0, 0, 0, 0, 0, 0, 0, $6, $7)";
    FINISH_BUNDLE = "update bundle_row set state = 'ready', address = $2, files = $3, lines = $4, \
        records = $5, templates = $6, errors = $7, problems = $8, redactions = $9, \
        first_us = $10, last_us = $11 where id = $1 returning case_id, name";
    NOTE_REDACTION = "update bundle_row set rules_version = $2, rules_profile = $3, \
        identities = $4 where id = $1";
    INSERT_REDACTION_RULES = "insert into redaction_rules_row (version, text, reason, \
        published_at_us, published_by) values ($1, $2, $3, $4, $5)";
    FAIL_BUNDLE = "update bundle_row set state = 'failed', failure = $2 where id = $1 \
        returning case_id, name";
    CASE_OF_BUNDLE = "select case_id from bundle_row where id = $1";

    CLEAR_CASES = "delete from case_row";
    CLEAR_TIMELINE = "delete from timeline_row";
    CLEAR_EVIDENCE = "delete from evidence_row";
    CLEAR_BUNDLES = "delete from bundle_row";
    CLEAR_HYPOTHESES = "delete from hypothesis_row";
    CLEAR_CLOCK_ENTRIES = "delete from clock_entry_row";
    CLEAR_POLICIES = "delete from policy_row";
    CLEAR_REDACTION_RULES = "delete from redaction_rules_row";
    DUMP_CASES = "select id, number, subject, severity, status, customer, product, version, \
        description, sample, opened_at_us, opened_by, updated_at_us, assignee, resolution, notes, \
        entries, case_version, done, waits_on, policies, promised_us, clock_metric, \
        clock_warn_us, clock_due_us, next_due_us, customer_id, tier, intake, intake_score, gate, \
        merged_into from case_row order by id";
    DUMP_TIMELINE = "select case_id, sequence, at_us, kind, actor, audience, text, evidence, \
        bundle, assignee, from_severity, to_severity, cites, title, status, due_us from timeline_row \
        order by case_id, sequence";
    DUMP_EVIDENCE = "select case_id, number, bundle_id, file, line, source, at_us, level, \
        excerpt, pinned, pinned_by, pinned_at_us from evidence_row order by case_id, number";
    DUMP_BUNDLES = "select id, case_id, name, size_bytes, content_hash, state, failure, address, \
        files, lines, records, templates, errors, problems, redactions, first_us, last_us, \
        received_at_us, received_by, rules_version, rules_profile, identities, reference \
        from bundle_row order by id";
    DUMP_HYPOTHESES = "select case_id, number, bundle_id, reference_id, component, kind, statement, \
        pinned_by, pinned_at_us, judgement, reason, judged_by, judged_at_us from hypothesis_row \
        order by case_id, number";
    DUMP_CLOCK_ENTRIES = "select case_id, sequence, at_us, kind, status from clock_entry_row \
        order by case_id, sequence";
    DUMP_POLICIES = "select version, published_by, body, reason, published_at_us from policy_row \
        order by version";
    DUMP_REDACTION_RULES = "select version, published_by, text, reason, published_at_us \
        from redaction_rules_row order by version";
    PROJECTION_VERSION = "select version from projection_version where name = $1";
    SET_PROJECTION_VERSION = "insert into projection_version (name, version) values ($1, $2) \
        on conflict (name) do update set version = excluded.version";
}
