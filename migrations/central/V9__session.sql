-- Who sat where a transaction was written is asked of what its installation told: by the log to which it was told, and by
-- how far that log was. No program told anything before this.
delete from opening;
alter table opening add column incarnation uuid not null;
alter table opening add column size bigint not null;
alter table opening add column number bigint not null;

create unique index opening_place on opening (incarnation, scope, size, number);
create unique index opening_number on opening (incarnation, scope, number);
