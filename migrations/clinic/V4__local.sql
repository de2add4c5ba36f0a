-- What belongs to this workstation alone and is never an op.

create table local (
    name text primary key,
    value blob not null
) strict, without rowid;

-- Typing as it was typed, until it becomes a record.
create table scratch (
    patient blob not null,
    subject text not null,
    author blob not null,
    at integer not null,
    text text not null,
    primary key (patient, subject, author)
) strict, without rowid;

create table blob (
    sha256 blob primary key,
    media_type text not null,
    bytes blob not null
) strict, without rowid;

create table opened (
    user blob not null,
    patient blob not null,
    at integer not null,
    primary key (user, patient)
) strict, without rowid;

-- The other workstations whose keys were vouched for.
create table peer (
    incarnation blob primary key,
    certificate blob not null
) strict, without rowid;
