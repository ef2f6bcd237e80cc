-- Conditions that come to what the law gave, where a colleague signs them: empty is a withdrawal.
set lock_timeout = '5s';

alter table workflow.prepared_withdrawals add column conditions text not null default '';
