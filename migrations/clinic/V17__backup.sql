-- What backups go by. Who sat where gets places in the order in which it came, so that what is new is what comes after a
-- place.

create table session_in_order (
    place integer primary key,
    incarnation blob not null,
    scope blob not null,
    size integer not null,
    number integer not null,
    bytes blob not null,
    unique (incarnation, scope, size, number, bytes)
) strict;

insert into session_in_order (incarnation, scope, size, number, bytes)
    select incarnation, scope, size, number, bytes from session;
drop table session;
alter table session_in_order rename to session;

create trigger session_update before update on session
begin select raise(abort, 'session: never changed'); end;
create trigger session_delete before delete on session when not exists (select 1 from apart_gate)
begin select raise(abort, 'session: never deleted'); end;

-- Transactions that were held and let in: their ops stand elsewhere, and may bear other signatures, than when they came.
create table let_in (
    tx integer primary key
) strict;

create index op_clamp on op (tx) where clamp is not null;

-- Work that nobody waits for: when it was done last, and how it ended. It has no author and is never an op.
create table job (
    kind text not null,
    -- What it is about, such as a target; empty where there is one alone.
    about text not null,
    -- Since when somebody has asked for it.
    asked integer,
    began integer,
    ended integer,
    -- When it was done last.
    done integer,
    outcome text,
    fault text,
    -- Failures in a row, and until when the next try waits.
    failures integer not null default 0,
    waits integer,
    primary key (kind, about)
) strict, without rowid;
