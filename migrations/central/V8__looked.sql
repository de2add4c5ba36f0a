-- Which entries of the audit logs are about which person, and when they were made, in milliseconds since 1970.
create table audit_patient (
    incarnation uuid not null,
    seq bigint not null,
    patient uuid not null,
    at bigint not null,
    primary key (incarnation, seq)
);

create index audit_patient_at on audit_patient (patient, at desc);

-- How many entries of a log were looked through for it.
alter table audit_log add column noted bigint not null default 0;
