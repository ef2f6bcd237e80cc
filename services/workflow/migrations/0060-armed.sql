-- Which cases have no timers yet. Its condition is not that of open cases alone: PostgreSQL laid this index beside another
-- of open cases, thought that few are in both, and read all of them instead of those of one handler. The former one goes
-- last, as nobody can read a case from then to the end.
set lock_timeout = '5s';

create index cases_to_arm on workflow.cases (armed)
    where armed >= 0 and status in ('received', 'in_progress', 'awaiting_supplement', 'decided');
drop index workflow.cases_armed;
alter index workflow.cases_to_arm rename to cases_armed;
