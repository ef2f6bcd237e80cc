-- The same act on many cases, done in the background: each case is a row that a worker takes once.
set lock_timeout = '5s';

create table workflow.bulk_runs (
    id uuid primary key,
    subject text not null references workflow.people on delete cascade,
    chosen_at timestamptz not null,
    act text check (act in ('assign', 'release', 'ask', 'decide')),
    content jsonb,
    started_at timestamptz,
    check ((act is null) = (started_at is null) and (act is null) = (content is null))
);
create index bulk_runs_of on workflow.bulk_runs (subject, chosen_at);

-- `sequence` and `draft` are the case as it was when it was chosen: what changed since is not decided over.
create table workflow.bulk_cases (
    run_id uuid not null references workflow.bulk_runs on delete cascade,
    case_id uuid not null references workflow.cases on delete cascade,
    place integer not null,
    sequence integer not null,
    draft integer not null,
    state text not null default 'chosen' check (state in ('chosen', 'waiting', 'done', 'refused')),
    reason text,
    failures integer not null default 0,
    ended_at timestamptz,
    primary key (run_id, case_id),
    check ((state in ('done', 'refused')) = (ended_at is not null)),
    check ((state = 'refused') = (reason is not null))
);
create index bulk_waiting on workflow.bulk_cases (failures, run_id, place) where state = 'waiting';
create index bulk_of on workflow.bulk_cases (case_id);
