-- How long cases take: where the time of each went, which follows from its ledger and timeline, and sums of it.
set lock_timeout = '5s';

-- A row names nobody. When its case is destroyed it stays, under a number that leads nowhere: figures of a year that
-- was reported do not change afterwards.
create table workflow.case_times (
    id uuid primary key,
    gone boolean not null default false,
    product text not null,
    team text not null,
    channel text not null,
    received_on date not null,
    ended_on date,
    outcome text check (outcome in ('sent', 'withdrawn')),
    -- on whom an open case waits
    step text,
    due date not null,
    on_time boolean,
    gross integer,
    net integer,
    asked integer not null,
    suspended boolean not null,
    extended boolean not null,
    defaulted boolean not null,
    penalty integer not null,
    check ((ended_on is null) = (outcome is null) and (ended_on is null) = (step is not null)),
    check ((outcome is not distinct from 'sent') = (gross is not null))
);
create index case_times_ended on workflow.case_times (ended_on, id) include (product, team, channel, gross, due)
    where outcome = 'sent';
create index case_times_open on workflow.case_times (product, team, channel, step, received_on, due)
    where ended_on is null;

-- The days that a case waited on somebody: from the first up to, not including, the last; null: it does today.
create table workflow.case_steps (
    case_id uuid not null references workflow.case_times on delete cascade on update cascade,
    step text not null,
    first date not null,
    beyond date
);
create index case_steps_of on workflow.case_steps (case_id);

-- Cases of which something happened since their times were worked out.
create table workflow.stirred (
    id bigint generated always as identity primary key,
    case_id uuid not null
);
insert into workflow.stirred (case_id) select id from workflow.cases order by id;

create function workflow.stir() returns trigger language plpgsql as $$
begin
    insert into workflow.stirred (case_id) values (new.case_id);
    return null;
end $$;
create trigger timeline_stirs after insert on workflow.timeline for each row
    when (new.kind not in ('note', 'escalated', 'reminded', 'paid')) execute function workflow.stir();

-- Exact histograms by month: of so many days, or (value 0) so many cases; they are added to and taken from.
create table workflow.rolled_times (
    month date not null,
    what text not null,
    product text not null,
    team text not null,
    channel text not null,
    value integer not null,
    cases bigint not null,
    primary key (month, what, product, team, channel, value)
);

-- How many cases came to a step in a week, and left it; step '' is the whole trip.
create table workflow.rolled_flow (
    week date not null,
    step text not null,
    product text not null,
    team text not null,
    channel text not null,
    entered bigint not null,
    "left" bigint not null,
    primary key (week, step, product, team, channel)
);
