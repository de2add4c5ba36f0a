-- When a transaction came into this log: milliseconds since 1970 by this workstation's clock as it writes things down. None
-- for what came before this was kept.
alter table tx add column arrived integer;

-- How many of this workstation's own ops the feed has told back up to there; none where that was not counted from its
-- beginning.
alter table cursor add column own integer;

-- Erasure alone takes bodies out of the log, while this table has its row.
create table erase_gate (
    open integer primary key check (open = 1)
) strict;

drop trigger tx_update;
create trigger tx_update before update on tx when not exists (select 1 from erase_gate)
begin select raise(abort, 'tx: never changed'); end;

create trigger op_body before update of header, body, signature on op
when (new.header is not old.header or new.body is not old.body or old.signature is not null and new.signature is null)
     and not exists (select 1 from erase_gate)
begin select raise(abort, 'op: never changed'); end;
