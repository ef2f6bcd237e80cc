-- Who is away, from when until when, and who stands in; it ends by itself with its last day.
set lock_timeout = '5s';

create table workflow.absences (
    id uuid primary key,
    subject text not null references workflow.people on delete cascade,
    substitute text not null references workflow.people on delete cascade,
    first_day date not null,
    last_day date not null,
    said_by text not null,
    said_at timestamptz not null,
    taken_back_at timestamptz,
    check (last_day >= first_day),
    check (substitute <> subject)
);
create index absences_of on workflow.absences (subject, last_day) where taken_back_at is null;
create index absences_for on workflow.absences (substitute, last_day) where taken_back_at is null;
