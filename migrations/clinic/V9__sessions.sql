-- Who sat at which installation, in their own signed words: the openings and endings of sessions, by the log to which
-- they were told and by how far that log was.

create table session (
    incarnation blob not null,
    scope blob not null,
    size integer not null,
    number integer not null,
    bytes blob not null,
    primary key (incarnation, scope, size, number)
) strict, without rowid;

create trigger session_update before update on session
begin select raise(abort, 'session: never changed'); end;
create trigger session_delete before delete on session
begin select raise(abort, 'session: never deleted'); end;
