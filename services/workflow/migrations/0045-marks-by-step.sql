-- A mark can be changed for a while, steps can have a mark of their own, and figures outlive the case.
set lock_timeout = '5s';

alter table workflow.marks add column steps jsonb not null default '{}';

create table workflow.marks_kept (
    id bigint generated always as identity primary key,
    product text not null,
    day date not null,
    mark integer not null check (mark between 1 and 10),
    steps jsonb not null
);
create index marks_kept_of on workflow.marks_kept (product, day);

create view workflow.every_mark as
select c.product, (m.at at time zone 'Europe/Amsterdam')::date as day, m.mark, m.steps
from workflow.marks m join workflow.cases c on c.id = m.case_id
union all
select product, day, mark, steps from workflow.marks_kept;
