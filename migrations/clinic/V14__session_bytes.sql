-- Two messages about who sat there may claim one place and one number: one of them was signed by nobody, and must not keep
-- the other from being kept.

create table session_beside (
    incarnation blob not null,
    scope blob not null,
    size integer not null,
    number integer not null,
    bytes blob not null,
    primary key (incarnation, scope, size, number, bytes)
) strict, without rowid;

insert into session_beside select incarnation, scope, size, number, bytes from session;
drop table session;
alter table session_beside rename to session;

create trigger session_update before update on session
begin select raise(abort, 'session: never changed'); end;
create trigger session_delete before delete on session when not exists (select 1 from apart_gate)
begin select raise(abort, 'session: never deleted'); end;
