-- Who must agree to an application beside its applicant, and the answer.
set lock_timeout = '5s';

create table workflow.cosigns (
    case_id uuid primary key references workflow.cases (id),
    request_id uuid not null unique,
    who jsonb not null,
    name text not null,
    email text not null,
    answer_by date not null,
    answered_at timestamptz,
    agreed boolean,
    because text not null default '',
    lapsed_at timestamptz
);
create index cosigns_open on workflow.cosigns (answer_by) where answered_at is null and lapsed_at is null;
