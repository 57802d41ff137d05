-- The queue of a hundred thousand cases: an index for every order it is shown in, counters instead
-- of counting, and the words that cases are found by.
alter table case_row drop column search;

drop index case_row_by_severity;
drop index case_row_by_assignee;
drop index case_row_by_due;
create index case_row_in_severity on case_row (done, severity, updated_at_us, number);
create index case_row_of_owner on case_row (done, assignee, severity, updated_at_us, number);
create index case_row_in_updated on case_row (done, updated_at_us, number);
create index case_row_in_opened on case_row (done, opened_at_us, number);
create index case_row_in_due on case_row
    (done, (coalesce(next_due_us, 9223372036854775807)), (severity * 4294967296 - number));

-- How many cases there are of each kind. Writers at the same time would wait for each other at one
-- row, so each server process counts in a slot of its own; only the sum means something.
create table case_count (
    done boolean not null,
    severity bigint not null,
    owner text collate "C" not null,
    slot bigint not null,
    cases bigint not null,
    primary key (done, severity, owner, slot)
);
create function count_case() returns trigger language plpgsql as $$
begin
    -- in the order of the key, so that two who share a slot never wait for each other
    insert into case_count (done, severity, owner, slot, cases)
    select moved.done, moved.severity, moved.owner, pg_backend_pid() % 64, moved.cases
    from (
        select old.done, old.severity, coalesce(old.assignee, 'none') as owner, -1 as cases
        where tg_op <> 'INSERT'
        union all
        select new.done, new.severity, coalesce(new.assignee, 'none'), 1
        where tg_op <> 'DELETE'
    ) as moved
    order by 1, 2, 3
    on conflict (done, severity, owner, slot)
        do update set cases = case_count.cases + excluded.cases;
    return null;
end
$$;
create trigger case_row_counted after insert or delete on case_row
    for each row execute function count_case();
create trigger case_row_recounted after update of done, severity, assignee on case_row
    for each row
    when (old.done <> new.done or old.severity <> new.severity
        or old.assignee is distinct from new.assignee)
    execute function count_case();

-- The words of each case, in order, with blanks between. They are cut before they come here. The
-- short list of what is not sorted in yet keeps a search from reading all of it.
create table case_word (
    number bigint not null primary key,
    words text not null,
    lexemes tsvector not null
        generated always as (array_to_tsvector(string_to_array(words, ' '))) stored
);
create index case_word_by_lexeme on case_word using gin (lexemes)
    with (gin_pending_list_limit = 512);
