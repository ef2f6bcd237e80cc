-- What was not handed over yet can be cancelled; a letter that came as PDF is scanned for malware, or nobody could.
set lock_timeout = '5s';
create or replace function notify.may_become(before text, after text) returns boolean
language sql immutable parallel safe
return before = after or case before
    when 'created' then after in (
        'sending', 'pending', 'sent', 'delivered', 'cancelled',
        'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'sending' then after in (
        'pending', 'sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'pending' then after in ('sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'sent' then after in ('delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'delivered' then after = 'permanent-failure'
    when 'accepted' then after in (
        'received', 'cancelled', 'technical-failure', 'permanent-failure', 'validation-failed')
    when 'pending-virus-check' then after in (
        'accepted', 'cancelled', 'virus-scan-failed', 'technical-failure', 'validation-failed')
    when 'received' then after = 'returned-letter'
    else false
end;

drop index notify.notifications_failed;
create index notifications_failed on notify.notifications (id desc)
    where status in (
        'permanent-failure', 'temporary-failure', 'technical-failure', 'returned-letter', 'validation-failed',
        'virus-scan-failed'
    );
