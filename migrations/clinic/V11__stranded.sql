-- What the server never had of an installation that went on as another one: set apart from the log until it is written
-- again, or let go. It is never deleted.
create table stranded (
    position integer primary key,
    incarnation blob not null,
    scope blob not null,
    first integer not null,
    size integer not null,
    author blob not null,
    wall text not null,
    bytes blob not null,
    -- Who sat there, in their own signed words.
    session blob,
    -- Why it could not be written again yet.
    fault text,
    -- `again`, `known` or `let_go`; none while it waits.
    settled text,
    -- Where it was written again.
    became_in blob,
    became integer,
    unique (incarnation, scope, first)
) strict;

create trigger stranded_update before update of incarnation, scope, first, size, author, wall, bytes, session on stranded
begin select raise(abort, 'stranded: never changed'); end;
create trigger stranded_delete before delete on stranded
begin select raise(abort, 'stranded: never deleted'); end;

-- While this table has its row, what is set apart leaves the log, and entries of the trail get other numbers: those of
-- installations before this one stand at zero and below.
create table apart_gate (
    open integer primary key check (open = 1)
) strict;

drop trigger op_delete;
create trigger op_delete before delete on op when not exists (select 1 from apart_gate)
begin select raise(abort, 'op: never deleted'); end;
drop trigger tx_delete;
create trigger tx_delete before delete on tx when not exists (select 1 from apart_gate)
begin select raise(abort, 'tx: never deleted'); end;
drop trigger session_delete;
create trigger session_delete before delete on session when not exists (select 1 from apart_gate)
begin select raise(abort, 'session: never deleted'); end;
drop trigger audit_update;
create trigger audit_update before update of seq, entry, hlc, user, action, object, patient, outcome on audit
when new.entry is not old.entry or new.action is not old.action or new.outcome is not old.outcome
     or not exists (select 1 from apart_gate)
begin select raise(abort, 'audit: never changed'); end;
