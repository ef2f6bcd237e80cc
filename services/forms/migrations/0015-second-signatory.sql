-- Who must agree to a form that was sent, and the answer. Only the last link works; here stands its hash.
set lock_timeout = '5s';

create table forms.cosign (
    reference text primary key references forms.submission (reference),
    request_id uuid not null unique,
    who jsonb not null,
    name text not null,
    email text not null,
    token_hash bytea not null unique,
    turn integer not null,
    nature text not null,
    applicant text not null,
    applicant_email text not null,
    asked_at timestamptz not null,
    valid_until date not null,
    answer_by date not null,
    reminded_at timestamptz,
    wrong_tries integer not null default 0,
    tries_since timestamptz,
    answered_at timestamptz,
    agreed boolean,
    because text not null default '',
    check ((answered_at is null) = (agreed is null))
);
create index cosign_silent on forms.cosign (asked_at) where answered_at is null and reminded_at is null;
