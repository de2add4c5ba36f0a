-- What a transaction of the log says that it repeats, by the name under which that was written first: what is stranded is
-- written again once, whoever does it and wherever.
create table repeated (
    incarnation blob not null,
    scope blob not null,
    first integer not null,
    -- The transaction that repeats it.
    tx integer not null,
    primary key (incarnation, scope, first, tx)
) strict, without rowid;
