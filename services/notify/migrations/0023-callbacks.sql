-- Where a client hears what became of what it sent: the address, and two secrets sealed under the key of the service.
create table notify.callbacks (
    client_id uuid primary key references notify.clients,
    url text not null check (url ~ '^https?://'),
    sealed_secret text not null,
    sealed_bearer text,
    set_at timestamptz not null
);
