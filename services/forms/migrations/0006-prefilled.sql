-- Which answers of a draft came from a register or the sign-in, and what they were then.
set lock_timeout = '5s';

alter table forms.draft add column prefilled jsonb not null default '{}';
