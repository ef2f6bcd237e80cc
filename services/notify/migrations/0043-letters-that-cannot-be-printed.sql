-- What failed of other systems holds letters that cannot be printed too.
set lock_timeout = '5s';
drop index notify.notifications_failed;
create index notifications_failed on notify.notifications (id desc)
    where status in (
        'permanent-failure', 'temporary-failure', 'technical-failure', 'returned-letter', 'validation-failed'
    );
