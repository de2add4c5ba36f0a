-- The log as it arrived, byte for byte. Nothing here is ever updated or deleted.

create table tx (
    incarnation uuid not null,
    scope uuid not null,
    first bigint not null,
    size bigint not null,
    author uuid not null,
    verdict text not null check (verdict in ('accepted', 'accepted-with-conflict', 'quarantined')),
    fault text,
    clamp bigint,
    received bigint not null,
    bytes bytea not null,
    primary key (incarnation, scope, first)
);

create table op (
    incarnation uuid not null,
    scope uuid not null,
    seq bigint not null,
    first bigint not null,
    record uuid not null,
    patient uuid,
    header bytea not null,
    body bytea,
    signature bytea,
    primary key (incarnation, scope, seq)
);

create index op_record on op (record);

-- The Merkle frontier of each log, and the heads that were signed over it.
create table log (
    incarnation uuid not null,
    scope uuid not null,
    size bigint not null,
    frontier bytea not null,
    primary key (incarnation, scope)
);

create table signed_head (
    incarnation uuid not null,
    scope uuid not null,
    size bigint not null,
    bytes bytea not null,
    primary key (incarnation, scope, size)
);

-- What each scope's workstations must see. Positions have no gaps, and become visible in their order.
create table scope_head (
    scope uuid primary key,
    position bigint not null
);

create table feed (
    scope uuid not null,
    position bigint not null,
    incarnation uuid not null,
    first bigint not null,
    -- The size of the signed head with which a push ends, at its last transaction.
    head bigint,
    bytes bigint not null,
    primary key (scope, position)
);
