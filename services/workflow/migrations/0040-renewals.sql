-- A timer that reminds the holder of a permit that it ends.
set lock_timeout = '5s';

alter table workflow.timers drop constraint timers_what_check;
alter table workflow.timers add constraint timers_what_check check (what in ('escalate', 'remind', 'lapse', 'renew'));
