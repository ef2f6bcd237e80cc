-- An applicant may correct an application that nobody took yet: what it said before stays with the case.
set lock_timeout = '5s';

create table workflow.corrections (
    case_id uuid not null references workflow.cases,
    revision integer not null,
    at timestamptz not null,
    -- the application as it was until then
    submission jsonb not null,
    submission_version integer not null,
    primary key (case_id, revision)
);
