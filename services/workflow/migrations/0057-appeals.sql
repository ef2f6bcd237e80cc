-- Appeals at the court against a decision or against the lack of one; their dates are what the court and staff did.
set lock_timeout = '5s';

create table workflow.appeals (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    about text not null check (about in ('decision', 'late')),
    number text not null,
    lodged_on date not null,
    grounds_on date,
    papers_on date,
    heard_on date,
    ruled_on date,
    outcome text check (outcome in ('founded', 'unfounded', 'inadmissible', 'withdrawn')),
    again_by date,
    who text not null references workflow.people,
    at timestamptz not null,
    check ((ruled_on is null) = (outcome is null))
);
create index appeals_of on workflow.appeals (case_id);
