-- Tables that say which team gets a case; each version stays as it was made, and when it counted is only added to.
set lock_timeout = '5s';

create table workflow.routings (
    number integer primary key,
    lines jsonb not null,
    because text not null,
    made_by text not null references workflow.people,
    made_at timestamptz not null
);
create trigger routings_only_grow before update or delete on workflow.routings
    for each row execute function workflow.refuse_change();

create table workflow.routings_served (
    id bigint generated always as identity primary key,
    number integer not null references workflow.routings,
    who text not null references workflow.people,
    at timestamptz not null
);
create index routings_served_by on workflow.routings_served (number, id);
create trigger routings_served_only_grow before update or delete on workflow.routings_served
    for each row execute function workflow.refuse_change();

-- with which teams open cases lie
create index cases_team_open on workflow.cases (team, received_at)
    where status in ('received', 'in_progress', 'awaiting_supplement');
