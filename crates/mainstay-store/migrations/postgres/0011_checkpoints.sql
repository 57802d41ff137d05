-- What the log was at some moment, signed: rows are added, never changed. Copies are kept outside.
create table checkpoint (
    number bigint not null primary key,
    text text not null,
    signature bytea not null,
    public_key bytea not null
);
create trigger checkpoint_no_update before update on checkpoint
    for each row execute function refuse_change('a checkpoint is never changed');
create trigger checkpoint_no_delete before delete on checkpoint
    for each row execute function refuse_change('a checkpoint is never changed');
create trigger checkpoint_no_truncate before truncate on checkpoint
    for each statement execute function refuse_change('a checkpoint is never changed');
