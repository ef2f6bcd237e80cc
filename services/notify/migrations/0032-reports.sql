-- What mail systems reported of mails: each report once, by its content.
set lock_timeout = '5s';
create table notify.reports (
    content text primary key check (content ~ '^[0-9a-f]{64}$'),
    message_id uuid references notify.messages,
    notification_id uuid references notify.notifications,
    at timestamptz not null,
    action text not null,
    code text not null,
    said text not null,
    check ((message_id is null) <> (notification_id is null))
);
create index reports_of_message on notify.reports (message_id, at);
create index reports_of_notification on notify.reports (notification_id, at);
