-- Files may come after the application, and the scanner may be unable to judge one.
set lock_timeout = '5s';

alter table workflow.files add column added_at timestamptz;
alter table workflow.files drop constraint files_scan_check;
alter table workflow.files add constraint files_scan_check check (scan in (
    'waiting', 'clean', 'infected', 'unscanned', 'unjudged'));
