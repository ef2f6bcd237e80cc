-- Tables that a client uploads to send one template to everyone in them.
create table notify.bulks (
    id uuid primary key,
    client_id uuid not null references notify.clients,
    key_type text not null check (key_type in ('live', 'team', 'test')),
    template_id uuid not null,
    template_version integer not null,
    name text not null,
    sender text,
    rows integer not null check (rows > 0),
    checked_at timestamptz not null,
    started_at timestamptz,
    foreign key (template_id, template_version) references notify.template_versions
);
create index bulks_never_sent on notify.bulks (checked_at) where started_at is null;

-- "values" and recipient move to the notification once there is one
create table notify.bulk_rows (
    bulk_id uuid not null references notify.bulks on delete cascade,
    number integer not null,
    recipient text not null,
    reference text,
    "values" jsonb,
    notification_id uuid references notify.notifications,
    fault text,
    primary key (bulk_id, number)
);
create index bulk_rows_by_notification on notify.bulk_rows (notification_id) where notification_id is not null;
