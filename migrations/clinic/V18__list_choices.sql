-- Who was named of a row of the list in hand stands in a column of its own: whether somebody is meant by two rows is asked
-- of all rows at once.
alter table list_row add column chosen blob;
update list_row set chosen = unhex(replace(substr(choice, 8), '-', '')), choice = 'person' where choice like 'person %';
create index list_row_chosen on list_row (chosen) where chosen is not null;

-- How many rows come to what is asked after every slice, and answered without reading the rows.
create index list_row_state on list_row (outcome, done, choice);

-- The words of the names of people whose birth is not known to the day: a row of a list may be about them though its day
-- leads to nobody.
create table unsure_birth (
    patient blob not null,
    word text not null,
    primary key (patient, word)
) strict, without rowid;

create index unsure_birth_word on unsure_birth (word, patient);

create trigger unsure_birth_insert before insert on unsure_birth when not exists (select 1 from write_gate)
begin select raise(abort, 'unsure_birth: written outside the write path'); end;
create trigger unsure_birth_update before update on unsure_birth when not exists (select 1 from write_gate)
begin select raise(abort, 'unsure_birth: written outside the write path'); end;
create trigger unsure_birth_delete before delete on unsure_birth when not exists (select 1 from write_gate)
begin select raise(abort, 'unsure_birth: written outside the write path'); end;
