-- Advice that is asked of colleagues and of people outside, the links of the latter, and what they answered.
set lock_timeout = '5s';

create table workflow.advice (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    adviser text not null,
    name text not null,
    -- empty: a colleague, who signs in
    email text not null,
    question text not null,
    questions text[] not null,
    files uuid[] not null,
    asked_by text not null references workflow.people,
    asked_at timestamptz not null,
    answer_by date not null,
    -- null: nobody is reminded any more
    remind_at timestamptz,
    opinion text check (opinion in ('positive', 'conditional', 'negative', 'none')),
    words text not null default '',
    conditions text[] not null default '{}',
    given_by text,
    given_at timestamptz,
    check ((opinion is null) = (given_at is null) and (given_at is null) = (given_by is null))
);
create index advice_of on workflow.advice (case_id);
create index advice_open on workflow.advice (answer_by) where given_at is null;
create index advice_reminders on workflow.advice (remind_at) where remind_at is not null;

-- only the hash of a link is kept: nobody can make one from what lies here
create table workflow.advice_links (
    hash bytea primary key,
    advice_id uuid not null references workflow.advice,
    until date not null
);
create index advice_links_of on workflow.advice_links (advice_id);
