-- What the log was at some moment, signed: rows are added, never changed. Copies are kept outside.
create table checkpoint (
    number integer primary key not null,
    text text not null,
    signature blob not null,
    public_key blob not null
);
create trigger checkpoint_no_update before update on checkpoint
begin
    select raise(abort, 'a checkpoint is never changed');
end;
create trigger checkpoint_no_delete before delete on checkpoint
begin
    select raise(abort, 'a checkpoint is never changed');
end;
