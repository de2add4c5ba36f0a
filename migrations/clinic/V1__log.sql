-- The log of ops and everything that hangs on it. Nothing here is ever updated but the marks of sync.

create table write_gate (
    open integer primary key check (open = 1)
) strict;

create table tx (
    position integer primary key,
    incarnation blob not null,
    scope blob not null,
    first integer not null,
    author blob not null,
    wall text not null,
    bytes blob not null,
    unique (incarnation, scope, first)
) strict;

create table op (
    position integer primary key,
    incarnation blob not null,
    scope blob not null,
    seq integer not null,
    tx integer not null references tx (position),
    kind text not null,
    record blob not null,
    patient blob,
    hlc integer not null,
    clamp integer,
    header blob not null,
    body blob,
    signature blob,
    quarantine text,
    unique (incarnation, scope, seq)
) strict;

create index op_record on op (record, position);
create index op_tx on op (tx);
create index op_quarantine on op (position) where quarantine is not null;

-- The Merkle frontier of each log.
create table log (
    incarnation blob not null,
    scope blob not null,
    size integer not null,
    frontier blob not null,
    primary key (incarnation, scope)
) strict, without rowid;

-- What the server has acknowledged of this workstation's own ops, and how far its feeds were applied.
create table outbox (
    scope blob primary key,
    acknowledged integer not null,
    frontier blob not null
) strict, without rowid;

create table cursor (
    scope blob primary key,
    position integer not null
) strict, without rowid;

create trigger op_insert before insert on op when not exists (select 1 from write_gate)
begin select raise(abort, 'op: written outside the write path'); end;
create trigger op_update before update on op when not exists (select 1 from write_gate)
begin select raise(abort, 'op: written outside the write path'); end;
create trigger op_delete before delete on op
begin select raise(abort, 'op: never deleted'); end;
create trigger tx_insert before insert on tx when not exists (select 1 from write_gate)
begin select raise(abort, 'tx: written outside the write path'); end;
create trigger tx_update before update on tx
begin select raise(abort, 'tx: never changed'); end;
create trigger tx_delete before delete on tx
begin select raise(abort, 'tx: never deleted'); end;
