-- Everybody who wrote on a withdrawal: none of them signs it, and none of them decides on an objection to it.
set lock_timeout = '5s';

alter table workflow.prepared_withdrawals add column prepared_by text[] not null default '{}';
alter table workflow.withdrawn_permits add column prepared_by text[] not null default '{}';
