-- The tables that follow from the log, made anew: whoever opens the store has `rebuild` fill them.
-- A record of one op is read from that op, so its row is small and stands in the order of the log; of more ops the
-- row says what they amount to. Where it stands on the timeline and in lists is said in plain columns.

drop table record;
drop table timeline;
drop table patient;
drop table patient_word;
drop table word_form;

create table record (
    id blob not null unique,
    kind text not null,
    patient blob,
    position integer not null,
    at integer,
    voided integer not null,
    conflicts integer not null,
    state text
) strict;

create index record_kind on record (kind, voided);
create index record_patient on record (patient, kind);
create index record_timeline on record (patient, at desc, id) where at is not null;
create index record_conflicts on record (id) where conflicts > 0;

-- The records by the values of the fields under which they are listed, those withdrawn apart, latest change last.
create table listing (
    record blob not null,
    list text not null,
    voided integer not null,
    key text not null,
    position integer not null,
    primary key (list, voided, key, position, record)
) strict, without rowid;

create index listing_record on listing (record, list);

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

create index patient_word_word on patient_word (word, is_name, patient);

-- The forms under which a word is met: itself, itself less one letter, how it sounds.
create table word_form (
    word text not null,
    form text not null,
    primary key (word, form)
) strict, without rowid;

create index word_form_form on word_form (form, word);

-- The ops of a record that count, in the order of their positions.
drop index op_record;
create index op_record on op (record) where quarantine is null;

create trigger record_insert before insert on record when not exists (select 1 from write_gate)
begin select raise(abort, 'record: written outside the write path'); end;
create trigger record_update before update on record when not exists (select 1 from write_gate)
begin select raise(abort, 'record: written outside the write path'); end;
create trigger record_delete before delete on record when not exists (select 1 from write_gate)
begin select raise(abort, 'record: written outside the write path'); end;
create trigger listing_insert before insert on listing when not exists (select 1 from write_gate)
begin select raise(abort, 'listing: written outside the write path'); end;
create trigger listing_update before update on listing when not exists (select 1 from write_gate)
begin select raise(abort, 'listing: written outside the write path'); end;
create trigger listing_delete before delete on listing when not exists (select 1 from write_gate)
begin select raise(abort, 'listing: written outside the write path'); end;
create trigger patient_insert before insert on patient when not exists (select 1 from write_gate)
begin select raise(abort, 'patient: written outside the write path'); end;
create trigger patient_update before update on patient when not exists (select 1 from write_gate)
begin select raise(abort, 'patient: written outside the write path'); end;
create trigger patient_delete before delete on patient when not exists (select 1 from write_gate)
begin select raise(abort, 'patient: written outside the write path'); end;
