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

-- How many cases there are of each kind. The slot spreads writers on PostgreSQL; here it is 0.
create table case_count (
    done boolean not null,
    severity integer not null,
    owner text not null,
    slot integer not null,
    cases integer not null,
    primary key (done, severity, owner, slot)
);
create trigger case_row_counted after insert on case_row
begin
    insert into case_count (done, severity, owner, slot, cases)
    values (new.done, new.severity, coalesce(new.assignee, 'none'), 0, 1)
    on conflict (done, severity, owner, slot) do update set cases = cases + 1;
end;
create trigger case_row_uncounted after delete on case_row
begin
    insert into case_count (done, severity, owner, slot, cases)
    values (old.done, old.severity, coalesce(old.assignee, 'none'), 0, -1)
    on conflict (done, severity, owner, slot) do update set cases = cases - 1;
end;
create trigger case_row_recounted after update of done, severity, assignee on case_row
when old.done <> new.done or old.severity <> new.severity
    or old.assignee is not new.assignee
begin
    insert into case_count (done, severity, owner, slot, cases)
    values (old.done, old.severity, coalesce(old.assignee, 'none'), 0, -1)
    on conflict (done, severity, owner, slot) do update set cases = cases - 1;
    insert into case_count (done, severity, owner, slot, cases)
    values (new.done, new.severity, coalesce(new.assignee, 'none'), 0, 1)
    on conflict (done, severity, owner, slot) do update set cases = cases + 1;
end;

-- The words of each case, in order, with blanks between. They are cut before they come here, so the
-- index takes everything between blanks for a word.
create table case_word (
    number integer primary key not null,
    words text not null
);
create virtual table case_text using fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'"
);
create trigger case_word_indexed after insert on case_word
begin
    insert into case_text (rowid, words) values (new.number, new.words);
end;
create trigger case_word_indexed_again after update on case_word
begin
    delete from case_text where rowid = old.number;
    insert into case_text (rowid, words) values (new.number, new.words);
end;
create trigger case_word_forgotten after delete on case_word
begin
    delete from case_text where rowid = old.number;
end;
