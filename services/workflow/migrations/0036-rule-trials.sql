-- A rule trial: applications of a period worked out by two versions of a product, in the background, a part at a time.
-- Its tally holds counts, and of some cases which rules fired; no answers and no names.
set lock_timeout = '5s';

create table workflow.trials (
    id uuid primary key,
    product text not null,
    base text not null,
    draft text not null,
    as_of date not null,
    since date not null,
    until date not null,
    seed bigint not null,
    subject text not null references workflow.people,
    began_at timestamptz not null,
    stopped_at timestamptz,
    check (since <= until)
);
create index trials_begun on workflow.trials (began_at desc);

create table workflow.trial_parts (
    trial_id uuid not null references workflow.trials on delete cascade,
    part integer not null,
    cases uuid[] not null,
    tally jsonb,
    failures integer not null default 0,
    ended_at timestamptz,
    primary key (trial_id, part),
    check (tally is null or ended_at is not null)
);
create index trial_parts_waiting on workflow.trial_parts (trial_id, part) where ended_at is null;
