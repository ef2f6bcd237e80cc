-- Every try to pay for a form, and forms that count only once they are paid.
set lock_timeout = '5s';

create table forms.payment (
    id uuid primary key,
    reference text not null references forms.submission (reference),
    cents bigint not null check (cents > 0),
    made_at timestamptz not null,
    state text not null check (state in (
        'made', 'open', 'pending', 'authorized', 'canceled', 'expired', 'failed', 'paid')),
    provider_id text unique,
    checkout text,
    settled_at timestamptz,
    back text not null check (back in ('no', 'due', 'done', 'refused')),
    because text check (because in ('twice', 'withdrawn')),
    look_at timestamptz,
    check (state = 'paid' or (settled_at is null and back = 'no')),
    check (settled_at is null or back = 'no')
);
create index payment_of_form on forms.payment (reference, made_at);
-- one payment settles a form, whatever goes wrong in the code above
create unique index payment_settles on forms.payment (reference) where settled_at is not null;
create index payment_unclear on forms.payment (look_at) where state in ('made', 'open', 'pending', 'authorized');

create table forms.held (
    reference text primary key references forms.submission (reference),
    name text not null,
    version integer not null,
    payload jsonb not null
);
