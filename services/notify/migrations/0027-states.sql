-- One order of states for all messages, in which they only move forward; each attempt says at which system and its answer.
set lock_timeout = '5s';

alter table notify.messages drop constraint messages_state_check;
update notify.messages set state = case state when 'composed' then 'created' else 'technical-failure' end
where state in ('composed', 'failed');
alter table notify.messages add constraint messages_state_check check (state in (
    'created', 'sending', 'sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure'));
alter table notify.messages add column round integer not null default 1 check (round > 0);

-- address: where it went, empty for post; content: SHA-256 of the mail's subject and text, or of the PDF
alter table notify.attempts
    add column round integer not null default 1,
    add column channel text not null default 'email' check (channel in ('email', 'post')),
    add column address text not null default '',
    add column provider text not null default '',
    add column content text check (content ~ '^[0-9a-f]{64}$'),
    add column answer text;
alter table notify.notification_attempts
    add column provider text not null default '',
    add column content text check (content ~ '^[0-9a-f]{64}$'),
    add column answer text;
update notify.attempts set answer = outcome, outcome =
    case when outcome = 'accepted' then outcome when outcome ~ '^5' then 'refused' else 'unreachable' end
where outcome is not null;
update notify.notification_attempts set answer = outcome, outcome =
    case when outcome = 'accepted' then outcome when outcome ~ '^5' then 'refused' else 'unreachable' end
where outcome is not null;
alter table notify.attempts add constraint attempts_outcome check (outcome in ('accepted', 'refused', 'unreachable'));
alter table notify.notification_attempts add constraint notification_attempts_outcome
    check (outcome in ('accepted', 'refused', 'unreachable'));

-- the same order as services/notify/domain/states.py; a test compares the two
create function notify.may_become(before text, after text) returns boolean language sql immutable parallel safe
return before = after or case before
    when 'created' then after in (
        'sending', 'pending', 'sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'sending' then after in (
        'pending', 'sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'pending' then after in ('delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'sent' then after in ('delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')
    when 'delivered' then after = 'permanent-failure'
    when 'accepted' then after in (
        'received', 'cancelled', 'technical-failure', 'permanent-failure', 'validation-failed')
    when 'pending-virus-check' then after in ('accepted', 'virus-scan-failed', 'validation-failed')
    when 'received' then after = 'returned-letter'
    else false
end;

create function notify.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'what a message was stays: %', tg_argv[0] using errcode = 'check_violation';
end
$$;

create trigger only_forward before update of state, round on notify.messages for each row
when (not (
    (new.round = old.round and notify.may_become(old.state, new.state))
    or (new.round = old.round + 1 and new.state = 'sending'
        and old.state in ('permanent-failure', 'temporary-failure', 'technical-failure'))))
execute function notify.refuse_change('a state only moves forward');

create trigger only_forward before update of status on notify.notifications for each row
when (not notify.may_become(old.status, new.status))
execute function notify.refuse_change('a status only moves forward');

create trigger stays before update on notify.attempts for each row
when (old.ended_at is not null or old.began_at <> new.began_at or old.content is distinct from new.content)
execute function notify.refuse_change('an attempt that ended');

create trigger stays before update on notify.notification_attempts for each row
when (old.ended_at is not null or old.began_at <> new.began_at or old.content is distinct from new.content)
execute function notify.refuse_change('an attempt that ended');
