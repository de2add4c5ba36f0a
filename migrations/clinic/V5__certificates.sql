-- Certificates by how far they are, latest change first, and by number.

create index certificate_status on record (json_extract(state, '$.fields.status.value'), position)
    where kind = 'certificate' and voided = 0;
create index certificate_number on record (json_extract(state, '$.fields.number.value'))
    where kind = 'certificate';
