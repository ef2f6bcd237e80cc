-- After a term nothing personal of what other systems sent is kept: the rows count on, without whom they were about.
set lock_timeout = '5s';
alter table notify.notifications add column wiped_at timestamptz;
create index notifications_to_wipe on notify.notifications (created_at) where wiped_at is null;
create index received_texts_to_wipe on notify.received_texts (created_at);
create index notifications_of_content on notify.notifications (sha256) where sha256 is not null;
