-- The audit trail: leaves of this workstation's own Merkle log; detail stands apart so that it can be erased.

create table audit (
    seq integer primary key,
    entry blob not null,
    hlc integer not null,
    user blob,
    action text not null,
    object blob,
    patient blob,
    outcome text not null,
    detail blob
) strict;

create index audit_patient on audit (patient, seq) where patient is not null;
create index audit_user on audit (user, seq) where user is not null;

create table audit_log (
    one integer primary key check (one = 1),
    size integer not null,
    frontier blob not null
) strict;

create table audit_head (
    size integer primary key,
    bytes blob not null
) strict;

create trigger audit_insert before insert on audit when not exists (select 1 from write_gate)
begin select raise(abort, 'audit: written outside the write path'); end;
create trigger audit_update before update of seq, entry, hlc, user, action, object, patient, outcome on audit
begin select raise(abort, 'audit: never changed'); end;
create trigger audit_delete before delete on audit
begin select raise(abort, 'audit: never deleted'); end;
