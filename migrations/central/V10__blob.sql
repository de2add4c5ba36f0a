-- How much has arrived of each file that an op names. What is a site's is its own, though another has the same bytes:
-- whoever only knows a digest gets nothing by it.
create table blob (
    scope uuid not null,
    sha256 bytea not null,
    size bigint not null,
    -- New whenever the bytes begin: the names and seals under which they are kept hang on it.
    begun uuid not null default gen_random_uuid(),
    -- So many bytes are here, from the first on: whole parts in the media, what is behind the last one in `blob_piece`.
    through bigint not null default 0,
    -- All are here, and were read back under their digest.
    whole boolean not null default false,
    primary key (scope, sha256, size)
);

create table blob_piece (
    scope uuid not null,
    sha256 bytea not null,
    size bigint not null,
    -- How many bytes of the file come before these.
    at bigint not null,
    bytes bytea not null,
    primary key (scope, sha256, size, at)
);

-- How many bytes of files each workstation sent and fetched on its last day.
create table blob_day (
    incarnation uuid primary key,
    day bigint not null,
    bytes bigint not null
);

-- Under which key the media are sealed, by a digest of it.
create table media (
    one boolean primary key default true check (one),
    key bytea not null
);
