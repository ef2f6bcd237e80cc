-- Permits that somebody wants to take back, where the product asks that a colleague signs.
set lock_timeout = '5s';

create table workflow.prepared_withdrawals (
    case_id uuid primary key references workflow.cases,
    because text not null,
    source text not null,
    hearing text not null,
    hearing_note text not null,
    who text not null references workflow.people,
    at timestamptz not null
);
