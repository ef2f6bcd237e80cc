-- Who signed online along with an initiative: the list is sealed. Without a foreign key: it may come before its case.
set lock_timeout = '5s';

create table workflow.supporters (
    reference text primary key,
    at timestamptz not null,
    signed integer not null,
    sealed text not null
);
