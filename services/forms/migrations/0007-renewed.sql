-- A running form that went on with a newer version remembers which one it came from, until the resident read what changed.
set lock_timeout = '5s';
alter table forms.draft add column renewed_from text;
