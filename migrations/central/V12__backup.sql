-- Backups of workstations. The bytes of an object are a blob of the scope that has the installation's id: no feed follows
-- that, and no op names it. Nothing here is ever taken away at a workstation's word.
create table backup (
    incarnation uuid primary key,
    -- The id that names the workstation in its slots.
    door uuid not null,
    -- The public key under which whoever opened the store reads.
    reader bytea not null,
    -- How many bytes its objects have.
    bytes bigint not null default 0,
    -- What opens the store: whoever lost everything asks for these.
    sheet bytea,
    clinic bytea
);

create sequence backup_place;

create table backup_object (
    incarnation uuid not null,
    -- Which of its folders.
    line bigint not null,
    name text collate "C" not null,
    sha256 bytea not null,
    size bigint not null,
    -- In which order they came: of one name the last is read.
    place bigint not null default nextval('backup_place'),
    primary key (incarnation, line, name, sha256, size)
);

create index backup_object_place on backup_object (incarnation, line, place);
