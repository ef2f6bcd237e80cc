-- A bank may take back what had settled a fee: it is owed again.
set lock_timeout = '5s';
alter table workflow.payments add column charged_back_at timestamptz check (charged_back_at is null or settled_at is not null);
