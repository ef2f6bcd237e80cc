-- What staff need to find messages: whose case each is, the address, and a log of what they did and looked at.
set lock_timeout = '5s';

create table notify.case_places (
    reference text primary key,
    product text not null,
    team text not null
);

create index messages_to_address on notify.messages (lower(recipient), id desc);
create index messages_failed on notify.messages (id desc) where state in ('permanent-failure', 'temporary-failure', 'technical-failure');

-- each row carries the hash of the one before it
create table notify.audit (
    number bigint primary key,
    at timestamptz not null,
    who text not null,
    act text not null,
    reference text,
    details jsonb not null default '{}',
    hash text not null unique
);
create index audit_of on notify.audit (reference, number);

create function notify.keep_audit() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are only added, never changed', tg_table_name;
end $$;

create trigger audit_only_grows before update or delete on notify.audit
    for each row execute function notify.keep_audit();
