-- Cases, their clock, and the people who work on them. What happened is only ever added to, never changed.
create table workflow.people (
    subject text primary key,
    name text not null,
    email text not null,
    groups text[] not null,
    seen_at timestamptz not null,
    shortcuts boolean not null default true,
    language text not null default 'nl' check (language in ('nl', 'en'))
);

create table workflow.tokens (
    id uuid primary key,
    subject text not null references workflow.people on delete cascade,
    hash bytea not null unique,
    label text not null,
    made_at timestamptz not null
);

create index tokens_of on workflow.tokens (subject);

create table workflow.cases (
    id uuid primary key,
    reference text not null unique,
    status text not null check (status in ('received', 'in_progress', 'awaiting_supplement', 'decided', 'announced')),
    handler text references workflow.people,
    sequence integer not null,
    product text not null,
    version text not null,
    title_nl text not null,
    title_en text not null,
    applicant text not null,
    place text,
    received_at timestamptz not null,
    -- a copy to sort by, renewed with each entry of the ledger; the ledger is the truth
    deadline date not null,
    submission jsonb not null,
    search text not null generated always as (lower(reference || ' ' || applicant || ' ' || coalesce(place, ''))) stored
);

create index cases_next on workflow.cases (deadline, received_at)
    where handler is null and status in ('received', 'in_progress');
create index cases_open on workflow.cases (deadline, received_at)
    where status in ('received', 'in_progress', 'awaiting_supplement');
create index cases_of on workflow.cases (handler, deadline)
    where status in ('received', 'in_progress', 'awaiting_supplement');

create table workflow.ledger (
    id bigint generated always as identity primary key,
    case_id uuid not null references workflow.cases,
    kind text not null check (kind in ('received', 'asked', 'answered', 'lapsed', 'decided', 'sent')),
    at timestamptz not null,
    who text,
    request_id uuid,
    answer_by date,
    check ((kind = 'asked') = (answer_by is not null)),
    check ((kind in ('asked', 'answered', 'lapsed')) = (request_id is not null))
);

create index ledger_of on workflow.ledger (case_id, id);

create table workflow.requests (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    question text not null,
    asked_at timestamptz not null,
    asked_by text not null references workflow.people,
    answer_by date not null,
    answer text,
    answered_at timestamptz,
    lapsed_at timestamptz
);

create index requests_of on workflow.requests (case_id, asked_at);
create index requests_open on workflow.requests (answer_by) where answered_at is null and lapsed_at is null;

create table workflow.drafts (
    case_id uuid primary key references workflow.cases,
    version integer not null,
    content jsonb not null,
    saved_by text not null references workflow.people,
    saved_at timestamptz not null,
    editor text not null
);

create table workflow.decisions (
    id uuid primary key,
    case_id uuid not null unique references workflow.cases,
    decision jsonb not null,
    decided_by text not null references workflow.people,
    decided_at timestamptz not null,
    sent_at timestamptz,
    letter_link text,
    letter_sha256 text
);

create table workflow.timeline (
    id bigint generated always as identity primary key,
    case_id uuid not null references workflow.cases,
    kind text not null,
    at timestamptz not null,
    who text,
    details jsonb not null default '{}'
);

create index timeline_of on workflow.timeline (case_id, id);

-- What someone typed when the session had ended, until the same person signs in again.
create table workflow.kept_forms (
    subject text not null references workflow.people on delete cascade,
    path text not null,
    fields jsonb not null,
    kept_at timestamptz not null,
    primary key (subject, path)
);

create function workflow.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are only added, never changed', tg_table_name;
end $$;

create trigger ledger_only_grows before update or delete on workflow.ledger
    for each row execute function workflow.refuse_change();
create trigger timeline_only_grows before update or delete on workflow.timeline
    for each row execute function workflow.refuse_change();
