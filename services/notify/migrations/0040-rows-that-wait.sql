-- Which rows of a bulk wait is asked each time that some are sent, and by the list of staff.
set lock_timeout = '5s';
create index bulk_rows_waiting on notify.bulk_rows (bulk_id, number) where notification_id is null and fault is null;
