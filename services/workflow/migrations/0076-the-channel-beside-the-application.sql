-- By which channel a case came, beside the application: to unpack that of every case was a third of working out all times.
-- This writes the table of cases anew: a minute or more where there are many.
set lock_timeout = '5s';

alter table workflow.cases add column channel text not null
    generated always as (coalesce(submission ->> 'channel', 'web')) stored;
