-- Notices of cases to the public: what was told, who may react, and until when.
set lock_timeout = '5s';

create sequence workflow.notice_numbers;

create table workflow.public_notices (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    number text not null unique,
    heading text not null,
    place text not null,
    text text not null,
    -- what the municipality means to decide; empty: nothing is laid for inspection
    draft text not null,
    audience text not null check (audience in ('anyone', 'interested')),
    first date not null,
    last date not null check (last >= first),
    published_by text not null references workflow.people,
    published_at timestamptz not null,
    taken_down_at timestamptz
);
create index public_notices_of on workflow.public_notices (case_id);
