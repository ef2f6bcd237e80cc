-- Systems of others that send through the API: each with keys, texts with holes, and what it sent.
create table notify.clients (
    id uuid primary key,
    name text not null unique,
    sms_sender text not null check (length(sms_sender) between 1 and 11),
    reply_to text,
    guests text[] not null default '{}',
    archived_at timestamptz,
    created_at timestamptz not null default now()
);

-- the secret signs the client's tokens, so it is needed again: sealed under the key of the service
create table notify.api_keys (
    id uuid primary key,
    client_id uuid not null references notify.clients,
    name text not null,
    type text not null check (type in ('live', 'team', 'test')),
    sealed text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    unique (client_id, name)
);

create table notify.templates (
    id uuid primary key,
    client_id uuid not null references notify.clients,
    channel text not null check (channel in ('email', 'sms', 'letter')),
    created_at timestamptz not null
);

create index templates_of_client on notify.templates (client_id, created_at);

-- versions are only ever added
create table notify.template_versions (
    template_id uuid not null references notify.templates,
    version integer not null check (version > 0),
    name text not null,
    subject text,
    body text not null,
    postage text,
    created_by text not null,
    created_at timestamptz not null,
    primary key (template_id, version)
);

create table notify.notifications (
    id uuid primary key,
    client_id uuid not null references notify.clients,
    key_type text not null check (key_type in ('live', 'team', 'test')),
    channel text not null check (channel in ('email', 'sms', 'letter')),
    template_id uuid,
    template_version integer,
    recipient text not null,
    address text[] not null,
    reference text,
    subject text,
    body text not null,
    "values" jsonb not null,
    postage text,
    unsubscribe_url text,
    status text not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    completed_at timestamptz,
    scheduled_for timestamptz,
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    idempotency_key text,
    request_hash bytea,
    foreign key (template_id, template_version) references notify.template_versions,
    unique (client_id, key_type, idempotency_key)
);

-- ids sort by the moment they were made
create index notifications_of_client on notify.notifications (client_id, key_type, id desc);
create index notifications_by_reference on notify.notifications (client_id, reference) where reference is not null;

-- an attempt without outcome is the one of which nobody knows whether it left: the process died meanwhile
create table notify.notification_attempts (
    id uuid primary key,
    notification_id uuid not null references notify.notifications,
    began_at timestamptz not null,
    ended_at timestamptz,
    outcome text
);

create index attempts_of_notification on notify.notification_attempts (notification_id, began_at);

create table notify.received_texts (
    id uuid primary key,
    client_id uuid not null references notify.clients,
    user_number text not null,
    notify_number text not null,
    content text not null,
    created_at timestamptz not null
);

create index received_texts_of_client on notify.received_texts (client_id, id desc);
