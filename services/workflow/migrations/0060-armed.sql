-- Which cases have no timers yet. Its condition is not that of open cases alone: PostgreSQL laid this index beside another
-- of open cases, thought that few are in both, and read all of them instead of those of one handler.
set lock_timeout = '5s';

drop index workflow.cases_armed;
create index cases_armed on workflow.cases (armed)
    where armed >= 0 and status in ('received', 'in_progress', 'awaiting_supplement', 'decided');
