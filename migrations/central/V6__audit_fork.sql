-- What a workstation told of its audit log that does not follow from what it had told before: kept as it was told.

create table audit_fork (
    incarnation uuid not null,
    -- How long the log is that was told, and what it amounts to.
    size bigint not null,
    root bytea not null,
    -- The first entry that differs, as far as that shows.
    seq bigint not null,
    head bytea not null,
    entries bytea not null,
    primary key (incarnation, size, root)
);
