-- Whose a number is that people text to, each text of the provider once, and where a client hears of what.
set lock_timeout = '5s';
create table notify.inbound_numbers (
    number text primary key,
    client_id uuid not null references notify.clients
);
alter table notify.received_texts add column provider_id text unique;
alter table notify.callbacks
    add column kind text not null default 'delivery' check (kind in ('delivery', 'text', 'returned'));
alter table notify.callbacks drop constraint callbacks_pkey;
alter table notify.callbacks add primary key (client_id, kind);
