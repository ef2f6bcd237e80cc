-- A review of the rules that serve is worked off as a trial is: in parts, in the background, from the same tables.
set lock_timeout = '5s';

alter table workflow.trials add column kind text not null default 'trial' check (kind in ('trial', 'review'));
alter table workflow.trials alter column kind drop default;
