-- Addresses to which nothing goes: mail to them came back for good, or who has it wants no news. A stop is lifted, not deleted.
set lock_timeout = '5s';
create table notify.stops (
    id uuid primary key,
    address text not null check (address = lower(address)),
    because text not null check (because in ('bounced', 'declined')),
    since timestamptz not null,
    said text not null default '',
    lifted_at timestamptz,
    lifted_by text,
    lifted_because text,
    check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_because is null))
);
create unique index stops_open on notify.stops (address, because) where lifted_at is null;
