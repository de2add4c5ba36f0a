-- What was measured of somebody, number by number, as at every workstation: a cache of the records' states. A number stands
-- in thousandths of its unit; what lies below every number has a rank instead.
create table measure (
    record uuid not null,
    -- Which answer, or which part, of the record.
    entry text not null,
    code text not null,
    scope uuid,
    patient uuid not null,
    -- R, L, B, or nothing of what has no sides.
    side text not null,
    -- In milliseconds since 1970.
    at bigint not null,
    number bigint,
    unit text not null,
    word text,
    rank bigint,
    -- Words: open, disputed, meant.
    flags text not null,
    primary key (record, entry, code)
);

create index measure_patient on measure (patient, code, at);
create index measure_scope on measure (scope, code, at);

-- By which declarations the measures were made: by others they are made again when the server starts.
create table measured_by (
    one boolean primary key default true check (one),
    declared bytea not null
);
