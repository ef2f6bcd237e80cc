-- What staff did and looked at, apart from the log of the application: each row carries the hash of the one before it.
set lock_timeout = '5s';

create table workflow.audit (
    number bigint primary key,
    at timestamptz not null,
    who text not null,
    act text not null,
    reference text,
    details jsonb not null default '{}',
    hash text not null unique
);
create index audit_of on workflow.audit (reference, number);
create index audit_looks on workflow.audit (number) where act like 'look.%';

create trigger audit_only_grows before update or delete on workflow.audit
    for each row execute function workflow.refuse_change();
