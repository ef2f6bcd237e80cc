-- The counts above the work list are read from an index alone.
set lock_timeout = '5s';
create index cases_counts on workflow.cases (status, deadline, handler, team, product)
    where status in ('received', 'in_progress', 'awaiting_supplement');
