-- A message that confirms that an application was taken back.
set lock_timeout = '5s';
alter table notify.messages drop constraint messages_kind_check;
alter table notify.messages add constraint messages_kind_check check (kind in (
    'receipt', 'progress', 'question', 'deadline', 'draft', 'decision', 'withdrawn'));
