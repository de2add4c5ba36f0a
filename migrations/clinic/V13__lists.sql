-- Enrolments in columns of their own: who is enrolled where is asked of all people at once.
create table enrolment (
    id blob primary key,
    patient blob not null,
    school_year text not null,
    since text not null,
    term text not null,
    programme text,
    campus text,
    status text
) strict, without rowid;

create index enrolment_patient on enrolment (patient, school_year desc, since desc, term desc);

create trigger enrolment_insert before insert on enrolment when not exists (select 1 from write_gate)
begin select raise(abort, 'enrolment: written outside the write path'); end;
create trigger enrolment_update before update on enrolment when not exists (select 1 from write_gate)
begin select raise(abort, 'enrolment: written outside the write path'); end;
create trigger enrolment_delete before delete on enrolment when not exists (select 1 from write_gate)
begin select raise(abort, 'enrolment: written outside the write path'); end;

-- The list in hand at this workstation, row by row: it is no record, and goes when the next one is opened.
create table list_row (
    line integer primary key,
    cells text not null,
    fault text,
    outcome text,
    number text,
    who text,
    patient blob,
    told text,
    choice text,
    done integer not null default 0
) strict;

create index list_row_outcome on list_row (outcome, line);
create index list_row_number on list_row (number, line) where number is not null;
create index list_row_who on list_row (who, line) where who is not null;
create index list_row_patient on list_row (patient) where patient is not null;
