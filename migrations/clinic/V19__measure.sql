-- What was measured of somebody, number by number: of filled forms and of observations. Made again from the log like every
-- such table. A number stands in thousandths of its unit; what lies below every number has a rank instead.
create table measure (
    record blob not null,
    -- Which answer, or which part, of the record.
    entry text not null,
    code text not null,
    patient blob not null,
    -- R, L, B, or nothing of what has no sides.
    side text not null,
    -- In milliseconds since 1970.
    at integer not null,
    number integer,
    unit text not null,
    word text,
    rank integer,
    -- Words: open, disputed, meant.
    flags text not null,
    primary key (record, entry, code)
) strict, without rowid;

create index measure_patient on measure (patient, code, at);

create trigger measure_insert before insert on measure when not exists (select 1 from write_gate)
begin select raise(abort, 'measure: written outside the write path'); end;
create trigger measure_update before update on measure when not exists (select 1 from write_gate)
begin select raise(abort, 'measure: written outside the write path'); end;
create trigger measure_delete before delete on measure when not exists (select 1 from write_gate)
begin select raise(abort, 'measure: written outside the write path'); end;
