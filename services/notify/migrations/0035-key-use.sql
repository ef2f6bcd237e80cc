-- When a key of the API was last used, to the hour: a key that nobody uses can be taken back.
set lock_timeout = '5s';
alter table notify.api_keys add column used_at timestamptz;
