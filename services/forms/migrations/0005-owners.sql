-- Whose a draft or submission is: a keyed hash of the number with which its owner signed in, never the number.
set lock_timeout = '5s';

alter table forms.draft add column owner bytea;
create index draft_owner on forms.draft (owner) where owner is not null;
alter table forms.submission add column owner bytea;
create index submission_owner on forms.submission (owner) where owner is not null;
