-- Which of the cases that were foretold are still open is read from an index: the page of goals reads all of them.
set lock_timeout = '5s';

create index cases_open_ids on workflow.cases (id) where status in ('received', 'in_progress', 'awaiting_supplement');
