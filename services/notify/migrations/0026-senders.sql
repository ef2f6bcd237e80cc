-- Names that a phone shows and addresses for answers that a client may choose among, beside its usual ones.
create table notify.senders (
    id uuid primary key,
    client_id uuid not null references notify.clients,
    channel text not null check (channel in ('email', 'sms')),
    address text not null,
    unique (client_id, channel, address)
);

-- what was chosen for this one; null: the usual one of its client
alter table notify.notifications add column sender text;
