-- An applicant may take an application back, and give a mark afterwards.
set lock_timeout = '5s';

alter table workflow.cases drop constraint cases_status_check;
alter table workflow.cases add constraint cases_status_check check (status in (
    'received', 'in_progress', 'awaiting_supplement', 'decided', 'announced', 'withdrawn'));

alter table workflow.ledger drop constraint ledger_kind_check;
alter table workflow.ledger add constraint ledger_kind_check check (kind in (
    'received', 'asked', 'answered', 'lapsed', 'suspended', 'resumed', 'extended', 'delayed', 'named_term', 'outage',
    'defaulted', 'withdrawn', 'decided', 'sent'));

create table workflow.marks (
    case_id uuid primary key references workflow.cases,
    mark integer not null check (mark between 1 and 10),
    words text not null,
    at timestamptz not null
);
