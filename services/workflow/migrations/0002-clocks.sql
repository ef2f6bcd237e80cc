-- The ledger of the clock learns every ground of suspension, extension, delay notice, outage and notice of default.
set lock_timeout = '5s';

alter table workflow.ledger
    add column day date,
    add column ground text check (ground in ('incomplete', 'abroad', 'consent', 'applicant_delay', 'force_majeure', 'third_party_view')),
    add column first_day date,
    add column last_day date,
    add column until date,
    add column document text;

alter table workflow.ledger drop constraint ledger_kind_check;
alter table workflow.ledger add constraint ledger_kind_check check (kind in (
    'received', 'asked', 'answered', 'lapsed', 'suspended', 'resumed', 'extended', 'delayed', 'named_term', 'outage',
    'defaulted', 'decided', 'sent'));

-- 'check' and 'check1' are the names that PostgreSQL gave the two unnamed rules of the first migration
alter table workflow.ledger drop constraint ledger_check1;
alter table workflow.ledger add constraint ledger_request check (
    (kind in ('asked', 'answered', 'lapsed', 'suspended', 'resumed', 'outage')) = (request_id is not null));
alter table workflow.ledger add constraint ledger_suspension check (
    (kind = 'suspended') = (ground is not null and first_day is not null));
alter table workflow.ledger add constraint ledger_until check (
    (kind in ('delayed', 'named_term', 'outage')) = (until is not null));
