-- A court may give us longer for our papers than four weeks (Awb 8:42 lid 2).
set lock_timeout = '5s';

alter table workflow.appeals add column papers_until date;
