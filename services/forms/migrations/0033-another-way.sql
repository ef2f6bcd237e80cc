-- Staff fills in what came by another way than the municipality designated, such as e-mail (Awb 2:16).
set lock_timeout = '5s';

alter table forms.submission drop constraint submission_channel_check;
alter table forms.submission add constraint submission_channel_check check (channel in (
    'web', 'api', 'desk', 'phone', 'post', 'other'));
alter table forms.ended drop constraint ended_channel_check;
alter table forms.ended add constraint ended_channel_check check (channel in (
    'web', 'api', 'desk', 'phone', 'post', 'other'));
