-- Payments for a case: the one that settles its fee, and those that went back.
set lock_timeout = '5s';

create table workflow.payments (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    cents bigint not null check (cents > 0),
    settled_at timestamptz,
    returned_at timestamptz,
    because text check (because in ('twice', 'withdrawn')),
    done boolean,
    check ((returned_at is null) = (because is null) and (returned_at is null) = (done is null))
);
create index payments_of_case on workflow.payments (case_id);
