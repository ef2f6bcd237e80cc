-- Lists that somebody gave a name; the filter is the end of the address.
set lock_timeout = '5s';

create table workflow.saved_lists (
    id uuid primary key,
    subject text not null references workflow.people on delete cascade,
    name text not null,
    query text not null,
    saved_at timestamptz not null,
    unique (subject, name)
);
