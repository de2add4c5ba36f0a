-- Certificates by the number on the paper, and by the one in whose stead they were issued.

create index certificate_number on record ((state -> 'fields' -> 'number' ->> 'value')) where kind = 'certificate';
create index certificate_replaces on record ((state -> 'fields' -> 'replaces' ->> 'value')) where kind = 'certificate';
