-- Facts, and one row per hearer of each fact. PostgreSQL is the truth; the queue only executes.
create table bus.event (
    id uuid primary key,
    name text not null,
    version integer not null,
    payload jsonb not null,
    at timestamptz not null
);

create table bus.delivery (
    event_id uuid not null references bus.event on delete cascade,
    consumer text not null,
    attempt integer not null default 0,
    failures integer not null default 0,
    due_at timestamptz not null default now(),
    queued_at timestamptz,
    job text,
    done_at timestamptz,
    dead_at timestamptz,
    reason text,
    primary key (event_id, consumer)
);

create index delivery_due on bus.delivery (due_at) where done_at is null and dead_at is null and queued_at is null;
create index delivery_out on bus.delivery (queued_at) where done_at is null and dead_at is null and queued_at is not null;
create index delivery_dead on bus.delivery (dead_at) where dead_at is not null;
create index event_at on bus.event (at);

-- A sign of life of the parts that have no port.
create table bus.heartbeat (
    part text primary key,
    at timestamptz not null
);

grant usage on schema bus to forms, workflow, notify, relay, clock;
grant select, insert on bus.event to forms, workflow, notify, relay, clock;
grant select, insert, update on bus.delivery to forms, workflow, notify, relay, clock;
grant select, insert, update on bus.heartbeat to forms, workflow, notify, relay, clock;
grant delete on bus.event, bus.delivery to clock;
