-- What was done of the tasks of a case; which tasks there are follows from the product and the answers.
set lock_timeout = '5s';

create table workflow.tasks (
    case_id uuid not null references workflow.cases,
    task text not null,
    state text not null check (state in ('done', 'skipped')),
    checks jsonb not null default '{}',
    who text not null references workflow.people,
    at timestamptz not null,
    primary key (case_id, task)
);
