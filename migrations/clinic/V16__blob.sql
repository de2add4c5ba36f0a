-- The bytes that records name: which are here, which are still coming, which are elsewhere. Up to 64 kB of them stand in
-- the row, more in a file beside the store, under a key that hangs on the salt.
create table kept_blob (
    sha256 blob primary key,
    size integer not null,
    media_type text not null,
    state text not null check (state in ('here', 'coming', 'elsewhere', 'damaged', 'erased')),
    salt blob,
    -- So many bytes have come.
    through integer not null default 0,
    -- The bytes themselves; of a larger one on its way those that are no whole chunk yet.
    bytes blob,
    -- When somebody looked at it last, and when somebody asked for it, in milliseconds since 1970.
    used integer not null default 0,
    asked integer not null default 0,
    -- Whether the server has signed that it has them.
    received integer not null default 0
) strict;

insert into kept_blob (sha256, size, media_type, state, through, bytes)
select sha256, length(bytes), media_type, 'here', length(bytes), bytes from blob;
drop table blob;
alter table kept_blob rename to blob;

create index blob_awaited on blob (sha256) where state in ('coming', 'elsewhere', 'damaged');
create index blob_unsent on blob (sha256) where state = 'here' and received = 0;

-- Which record names which blob. Made again from the log like every such table.
create table named_blob (
    record blob not null,
    field text not null,
    sha256 blob not null,
    size integer not null,
    media_type text not null,
    patient blob,
    position integer not null,
    voided integer not null,
    primary key (record, field)
) strict, without rowid;

create index named_blob_sha256 on named_blob (sha256);

create trigger named_blob_insert before insert on named_blob when not exists (select 1 from write_gate)
begin select raise(abort, 'named_blob: written outside the write path'); end;
create trigger named_blob_update before update on named_blob when not exists (select 1 from write_gate)
begin select raise(abort, 'named_blob: written outside the write path'); end;
create trigger named_blob_delete before delete on named_blob when not exists (select 1 from write_gate)
begin select raise(abort, 'named_blob: written outside the write path'); end;
