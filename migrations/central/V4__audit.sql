-- The audit log of each workstation: leaves of its own Merkle log, and the heads that it signed.

create table audit_log (
    incarnation uuid primary key,
    size bigint not null,
    frontier bytea not null
);

create table audit_entry (
    incarnation uuid not null,
    seq bigint not null,
    bytes bytea not null,
    primary key (incarnation, seq)
);

create table audit_head (
    incarnation uuid not null,
    size bigint not null,
    bytes bytea not null,
    primary key (incarnation, size)
);
