-- Permits that the municipality took back, by whom and why.
set lock_timeout = '5s';

create table workflow.withdrawn_permits (
    case_id uuid primary key references workflow.cases,
    because text not null,
    source text not null,
    hearing text not null,
    hearing_note text not null,
    who text not null references workflow.people,
    at timestamptz not null
);
