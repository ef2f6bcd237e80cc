-- Questionnaires for the residents' panel. Of who is asked only a seal of the address is kept, and what somebody
-- answered stands apart from it; both go once the answers were counted.
set lock_timeout = '5s';

create table forms.panel (
    id text primary key,
    text text not null,
    made_by text not null,
    changed_at timestamptz not null,
    version text,
    sent_by text,
    sent_at timestamptz,
    closes_on date,
    invited integer not null default 0,
    counts jsonb,
    check ((sent_at is null) = (closes_on is null) and (sent_at is null) = (version is null))
);

create table forms.panel_invite (
    token_hash bytea primary key,
    panel text not null references forms.panel,
    address_seal text not null,
    answered boolean not null default false,
    unique (panel, address_seal)
);
create index panel_invite_address on forms.panel_invite (address_seal);

-- `lot` is drawn, so that the order says nothing of who answered.
create table forms.panel_answer (
    lot uuid primary key default gen_random_uuid(),
    panel text not null references forms.panel,
    answers jsonb not null
);
create index panel_answer_of on forms.panel_answer (panel);

-- Who wants no questions any more is never asked again.
create table forms.panel_stop (
    address_seal text primary key,
    since date not null
);
