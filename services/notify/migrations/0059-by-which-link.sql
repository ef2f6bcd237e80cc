-- By which link a letter was opened, and when the file of which notification was: part of the evidence (Awb 2:25).
-- What was opened before, and files that were shared before, do not tell.
set lock_timeout = '5s';
alter table notify.openings add column link_number integer;
alter table notify.shared_files add column notification_id uuid references notify.notifications;
create table notify.file_openings (
    notification_id uuid not null references notify.notifications,
    at timestamptz not null,
    primary key (notification_id, at)
);
