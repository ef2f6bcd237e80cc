-- Permits that their holders do not need any more: they end on that day.
set lock_timeout = '5s';

create table workflow.given_up (
    case_id uuid primary key references workflow.cases,
    because text not null,
    at timestamptz not null
);
