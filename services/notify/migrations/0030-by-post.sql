-- A message whose mail does not arrive goes by post: with what its letter says more than the mail did.
set lock_timeout = '5s';
alter table notify.messages add column by_post boolean not null default false;
alter table notify.messages add column paper jsonb not null default '{"text": "", "shown": []}';

-- what is laid ready for the post is sent in the same step
drop trigger only_forward on notify.messages;
create trigger only_forward before update of state, round on notify.messages for each row
when (not (
    (new.round = old.round and notify.may_become(old.state, new.state))
    or (new.round = old.round + 1 and new.state in ('sending', 'sent')
        and old.state in ('permanent-failure', 'temporary-failure', 'technical-failure'))))
execute function notify.refuse_change('a state only moves forward');
