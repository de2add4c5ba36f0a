-- What protocol 2 asks of the tables, and what is to come of them.

-- Signed messages that open and end sessions, each once a scope. One belongs to the feed's entry at `position`: the
-- first that came in with it, or the next one after it.
create table opening (
    scope uuid not null,
    digest bytea not null,
    position bigint not null,
    bytes bytea not null,
    primary key (scope, digest)
);

create index opening_position on opening (scope, position);

-- The feed's entry, or a later one of the same push, that changed the record last.
alter table record add column scope uuid;
alter table record add column changed bigint;
update record set scope = op.scope, changed = scope_head.position
    from op join scope_head on scope_head.scope = op.scope where op.record = record.id;

-- The log is never changed and never deleted. Erasure alone takes bodies out of it, while this table has its row.
create table erase_gate (
    open boolean primary key default true check (open)
);

create function log_is_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and exists (select from erase_gate) then
        return new;
    end if;
    raise exception '%: never changed and never deleted', tg_table_name;
end
$$;

create trigger tx_kept before update or delete on tx for each row execute function log_is_kept();
create trigger op_kept before update or delete on op for each row execute function log_is_kept();
