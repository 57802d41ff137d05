-- The versions of the team's redaction rules, and by which of them a bundle was redacted.
create table redaction_rules_row (
    version integer not null primary key,
    text text not null,
    reason text not null,
    published_at_us integer not null,
    published_by text not null
);
alter table bundle_row add column rules_version integer;
alter table bundle_row add column rules_profile text;
alter table bundle_row add column identities integer;
