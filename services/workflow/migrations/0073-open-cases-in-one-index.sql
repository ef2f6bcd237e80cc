-- Open cases in the order of who handles them, or of their status, are read from the index that their counts come from.
set lock_timeout = '5s';
create index cases_counts_and_names on workflow.cases (status, deadline, handler, team, product) include (id, reference)
    where status in ('received', 'in_progress', 'awaiting_supplement');
drop index workflow.cases_counts;
alter index workflow.cases_counts_and_names rename to cases_counts;
