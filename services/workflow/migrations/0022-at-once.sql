-- What the rules accepted without anybody looking, and the sample of it that a person sees all the same.
set lock_timeout = '5s';

create table workflow.at_once (
    case_id uuid primary key references workflow.cases,
    version text not null,
    rules text[] not null check (cardinality(rules) > 0),
    sampled boolean not null,
    at timestamptz not null
);
create index at_once_kind on workflow.at_once (sampled, at);

-- with this the sample is drawn: the same case always comes out the same, and nobody outside can work it out
create table workflow.sampling (key text primary key);
insert into workflow.sampling select gen_random_uuid()::text;

-- nobody: the rules did
alter table workflow.decisions alter column decided_by drop not null;
alter table workflow.decisions add constraint decisions_rules_need_no_second check (
    decided_by is not null or not four_eyes);

create index cases_place on workflow.cases (place) where place is not null;
