-- The ledger knows that a committee advises on an objection (Awb 7:13).
set lock_timeout = '5s';

alter table workflow.ledger drop constraint ledger_kind_check;
alter table workflow.ledger add constraint ledger_kind_check check (kind in (
    'received', 'asked', 'answered', 'lapsed', 'suspended', 'resumed', 'extended', 'delayed', 'named_term', 'outage',
    'defaulted', 'penalty_set', 'corrected', 'withdrawn', 'decided', 'sent', 'committee'));
