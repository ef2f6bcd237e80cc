-- A form may be filled in by staff for somebody who comes to the desk, calls or writes.
set lock_timeout = '5s';
alter table forms.draft add column intake jsonb;
alter table forms.submission drop constraint submission_channel_check;
alter table forms.submission add constraint submission_channel_check check (channel in (
    'web', 'api', 'desk', 'phone', 'post'));
