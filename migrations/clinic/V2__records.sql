-- Projections: a cache of the log, made again by `rebuild`.

create table record (
    id blob primary key,
    kind text not null,
    patient blob,
    position integer not null,
    voided integer not null,
    conflicts integer not null,
    state text not null
) strict, without rowid;

create index record_patient on record (patient, kind);
create index record_kind on record (kind, id);
create index record_conflicts on record (id) where conflicts > 0;

create table timeline (
    patient blob not null,
    at integer not null,
    record blob not null,
    kind text not null,
    primary key (patient, at desc, record)
) strict, without rowid;

create table patient (
    id blob primary key,
    sort text not null,
    birth_first text,
    birth_last text,
    position integer not null
) strict, without rowid;

create index patient_sort on patient (sort, id);
create index patient_birth on patient (birth_first);
create index patient_position on patient (position desc);

create table patient_word (
    patient blob not null,
    word text not null,
    is_name integer not null,
    primary key (patient, word)
) strict, without rowid;

create index patient_word_word on patient_word (word, patient);

-- The forms under which a word is met: itself, itself less one letter, how it sounds.
create table word_form (
    form text not null,
    word text not null,
    primary key (form, word)
) strict, without rowid;

create trigger record_insert before insert on record when not exists (select 1 from write_gate)
begin select raise(abort, 'record: written outside the write path'); end;
create trigger record_update before update on record when not exists (select 1 from write_gate)
begin select raise(abort, 'record: written outside the write path'); end;
create trigger record_delete before delete on record when not exists (select 1 from write_gate)
begin select raise(abort, 'record: written outside the write path'); end;
create trigger patient_insert before insert on patient when not exists (select 1 from write_gate)
begin select raise(abort, 'patient: written outside the write path'); end;
create trigger patient_update before update on patient when not exists (select 1 from write_gate)
begin select raise(abort, 'patient: written outside the write path'); end;
create trigger patient_delete before delete on patient when not exists (select 1 from write_gate)
begin select raise(abort, 'patient: written outside the write path'); end;
