-- Indicators as in the programme budget: what is worked out from cases by year, what people enter, and closed years.
set lock_timeout = '5s';

create table workflow.worked_out (
    indicator text not null,
    year integer not null,
    value numeric not null,
    cases integer not null,
    primary key (indicator, year)
);

-- An indicator that people enter; those that are worked out stand in the code, with their definition.
create table workflow.indicators (
    id uuid primary key,
    programme text not null,
    name text not null,
    unit text not null check (unit in ('percent', 'days', 'mark', 'number', 'euros')),
    better text not null check (better in ('higher', 'lower')),
    source text not null,
    made_by text not null references workflow.people,
    made_at timestamptz not null
);

-- A figure counts once somebody else agreed; rows are only added, and of one indicator and year the last agreed counts.
create table workflow.entered_figures (
    id uuid primary key,
    indicator text not null,
    year integer not null check (year between 2000 and 2100),
    what text not null check (what in ('realised', 'target')),
    value numeric not null,
    because text not null,
    entered_by text not null references workflow.people,
    entered_at timestamptz not null,
    judged_by text references workflow.people,
    judged_at timestamptz,
    agreed boolean,
    check (judged_by is distinct from entered_by),
    check ((judged_by is null) = (judged_at is null) and (judged_by is null) = (agreed is null))
);
create index entered_figures_of on workflow.entered_figures (indicator, year, what, judged_at);

-- A year that was adopted changes no more; one person proposes it and another agrees.
create table workflow.adopted_years (
    year integer primary key,
    proposed_by text not null references workflow.people,
    proposed_at timestamptz not null,
    adopted_by text references workflow.people,
    adopted_at timestamptz,
    check (adopted_by is distinct from proposed_by),
    check ((adopted_by is null) = (adopted_at is null))
);
