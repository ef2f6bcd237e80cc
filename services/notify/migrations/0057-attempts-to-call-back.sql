-- Each attempt to call a system back: when, which host, what came of it; of which fact, by the number of the event.
set lock_timeout = '5s';
create table notify.call_attempts (
    id uuid primary key,
    event_id uuid not null,
    client_id uuid not null references notify.clients,
    kind text not null check (kind in ('delivery', 'text', 'returned', 'case')),
    provider text not null,
    content text not null check (length(content) = 64),
    began_at timestamptz not null default now(),
    ended_at timestamptz,
    outcome text check (outcome in ('accepted', 'refused', 'unreachable')),
    answer text
);
create index call_attempts_of on notify.call_attempts (event_id, id);
create index call_attempts_to_wipe on notify.call_attempts (began_at);
