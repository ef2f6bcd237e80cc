-- What is sensitive in an application lies sealed in one place; the other columns hold what is left without it.
set lock_timeout = '5s';

alter table forms.submission add column sealed text;
