-- The versions of the team's redaction rules, and by which of them a bundle was redacted.
create table redaction_rules_row (
    version bigint not null primary key,
    text text not null,
    reason text not null,
    published_at_us bigint not null,
    published_by text collate "C" not null
);
alter table bundle_row add column rules_version bigint;
alter table bundle_row add column rules_profile text;
alter table bundle_row add column identities bigint;
