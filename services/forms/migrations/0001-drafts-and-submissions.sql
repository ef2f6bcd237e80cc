-- Drafts, what was handed in, and what is known of the cases that came of it.
set lock_timeout = '5s';

-- A form that is being filled in. The link to it is known only to the resident: here stands its hash.
-- It changes with every page, so each row leaves room beside it.
create table forms.draft (
    id uuid primary key,
    token_hash bytea not null unique,
    product text not null,
    version text not null,
    language text not null check (language in ('nl', 'en')),
    answers jsonb not null default '{}',
    typed jsonb not null default '{}',
    went_on boolean not null default false,
    revision integer not null default 0,
    mails integer not null default 0,
    keep_until date not null,
    reference text unique
) with (fillfactor = 60);
create index draft_keep_until on forms.draft (keep_until);

-- A form that was handed in: never changed after that, except to count wrong references.
create table forms.submission (
    reference text primary key,
    status_hash bytea not null unique,
    product text not null,
    version text not null,
    title jsonb not null,
    channel text not null check (channel in ('web', 'api')),
    language text not null check (language in ('nl', 'en')),
    received_at timestamptz not null,
    decide_by date not null,
    answers jsonb not null,
    shown jsonb not null,
    rules jsonb not null,
    fee_cents integer,
    wrong_tries integer not null default 0,
    tries_since timestamptz
);

-- The answer to a request with an Idempotency-Key, kept with the submission in one transaction.
create table forms.answered (
    key_hash bytea primary key,
    body_hash bytea not null,
    reference text not null,
    decide_by date not null,
    at timestamptz not null
);
create index answered_at on forms.answered (at);

-- What the workflow told of a case; sequence orders them, whatever the order in which they came in.
-- No foreign key: a fact about a case may never be lost for being early.
create table forms.case_fact (
    reference text not null,
    sequence integer not null,
    name text not null,
    version integer not null,
    payload jsonb not null,
    primary key (reference, sequence)
);

create table forms.notice (
    message_id uuid primary key,
    reference text not null,
    payload jsonb not null
);
create index notice_reference on forms.notice (reference);

-- The resident's answer to a request for information; one answer a request.
create table forms.given (
    request_id uuid primary key,
    reference text not null references forms.submission (reference),
    text text not null,
    given_at timestamptz not null
);
create index given_reference on forms.given (reference);

-- What people think of a rule, without who they are.
create table forms.opinion (
    id bigint generated always as identity primary key,
    product text not null,
    subject text not null,
    verdict text not null check (verdict in ('unclear', 'needless')),
    words text not null,
    at timestamptz not null
);
