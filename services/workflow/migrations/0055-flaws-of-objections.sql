-- What an objector may mend (Awb 6:6): the parts of Awb 6:5 that were not in the objection, empty for any other question.
set lock_timeout = '5s';

alter table workflow.requests add column flaws text[] not null default '{}';
