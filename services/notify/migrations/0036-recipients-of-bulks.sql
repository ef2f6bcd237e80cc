-- Of a row that became a notification the recipient stands there alone, as 0031 says; until now it stayed here too.
set lock_timeout = '5s';
update notify.bulk_rows set recipient = '' where notification_id is not null and recipient <> '';
