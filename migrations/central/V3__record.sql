-- The state of each record as the fold makes it: a cache of the log.

create table record (
    id uuid primary key,
    kind text not null,
    patient uuid,
    voided boolean not null,
    conflicts bigint not null,
    state jsonb not null
);

create index record_patient on record (patient, kind);
create index record_kind on record (kind, id);
