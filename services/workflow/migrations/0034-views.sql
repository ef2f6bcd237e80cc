-- Views on notices: who gave them, what they say, and how they were weighed.
set lock_timeout = '5s';

create table workflow.views (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    view text not null unique,
    number text not null references workflow.public_notices (number),
    given_at timestamptz not null,
    received_on date not null,
    late boolean not null,
    channel text not null check (channel in ('web', 'desk', 'phone', 'post')),
    clerk text,
    language text not null check (language in ('nl', 'en')),
    party jsonb not null,
    on_behalf text not null,
    words text not null,
    file jsonb,
    link text not null,
    summary text not null default '',
    answer text not null default '',
    changes boolean,
    weighed_by text references workflow.people,
    weighed_at timestamptz,
    check ((weighed_at is null) = (weighed_by is null) and (weighed_at is null) = (changes is null))
);
create index views_of on workflow.views (case_id);
create index views_on on workflow.views (number);
create index views_file on workflow.views ((file ->> 'place')) where file is not null;
