-- Staff find what other systems sent: by address or number, by reference, and what failed.
set lock_timeout = '5s';
create index notifications_to on notify.notifications (lower(recipient), id desc);
create index notifications_of_reference on notify.notifications (reference, id desc) where reference is not null;
create index notifications_failed on notify.notifications (id desc)
    where status in ('permanent-failure', 'temporary-failure', 'technical-failure', 'returned-letter');
