-- The counts above the work list come from an index alone, as long as the rows that changed are tidied away. PostgreSQL
-- waits with that for a fifth of the table; after all open cases among a million were armed anew a count took 500 ms, not 30.
set lock_timeout = '5s';
alter table workflow.cases set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01);
