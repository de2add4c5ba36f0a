-- The one clinic that this database serves, and who may speak to it.

create table clinic (
    one boolean primary key default true check (one),
    id uuid not null,
    root bytea not null,
    scope uuid not null,
    -- The seed of the key that signs receipts.
    server_key bytea not null,
    epoch bigint not null,
    -- Where this database lived when it was opened last; elsewhere it is a restored copy.
    home text not null
);

-- One-time codes with which a clinic takes possession of an empty server.
create table claim (
    digest bytea primary key,
    until bigint not null,
    refused integer not null default 0
);

create table workstation (
    incarnation uuid primary key,
    record uuid not null unique,
    key bytea not null,
    site_scope uuid not null,
    -- Why to believe the key: certificates from the root, and the ticket under which it joined.
    chain bytea not null,
    ticket bytea,
    revoked boolean not null default false
);

-- Tickets by the short name of their seed's public key.
create table ticket (
    id bytea primary key,
    leave bytea not null,
    used_by uuid
);
