-- Applications that were laid ready after a talk about a plan; the case that follows belongs to the talk.
set lock_timeout = '5s';

create table workflow.invites (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    product text not null,
    title_nl text not null,
    title_en text not null,
    invited_by text not null references workflow.people,
    invited_at timestamptz not null
);
create index invites_of on workflow.invites (case_id);

alter table workflow.cases drop constraint cases_kind_check;
alter table workflow.cases add constraint cases_kind_check
    check (kind in ('application', 'objection', 'amendment', 'renewal', 'talk'));
