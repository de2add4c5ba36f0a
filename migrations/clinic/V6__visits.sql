-- The visits that are under way, without a look at all the others. What came from elsewhere took place elsewhere.

create index record_open_visit on record (id) where kind = 'visit' and voided = 0
    and json_extract(state, '$.fields.status.value') in ('arrived', 'triaged', 'in_progress')
    and json_extract(state, '$.fields.source.value') is null;
