-- What diagnoses and problems are called, and whether each has a code. Made again from the log like every such table.

create table diagnosis (
    record blob not null,
    entry text not null,
    author blob,
    at integer not null,
    name text not null,
    key text not null,
    coded integer not null,
    primary key (record, entry)
) strict, without rowid;

create index diagnosis_use on diagnosis (key, author, at);
create index diagnosis_uncoded on diagnosis (key) where coded = 0;

create trigger diagnosis_insert before insert on diagnosis when not exists (select 1 from write_gate)
begin select raise(abort, 'diagnosis: written outside the write path'); end;
create trigger diagnosis_update before update on diagnosis when not exists (select 1 from write_gate)
begin select raise(abort, 'diagnosis: written outside the write path'); end;
create trigger diagnosis_delete before delete on diagnosis when not exists (select 1 from write_gate)
begin select raise(abort, 'diagnosis: written outside the write path'); end;

-- The names of the files of codes that this workstation was given, by the file's digest. They belong to this workstation
-- alone and are never ops.
create table code_term (
    sha256 blob not null,
    code text not null,
    name text not null,
    also text not null,
    primary key (sha256, code)
) strict, without rowid;
