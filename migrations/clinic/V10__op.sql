-- About whom an op is stands in its header; no question goes by it.
alter table op drop column patient;
