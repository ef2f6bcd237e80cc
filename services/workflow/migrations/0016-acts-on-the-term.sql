-- What staff do to the term: why, which act it was (so that a second click changes nothing), and what it takes back.
set lock_timeout = '5s';

alter table workflow.ledger
    add column because text,
    add column act uuid,
    add column corrects uuid,
    add column euros integer;

create unique index ledger_acts on workflow.ledger (case_id, act) where act is not null;
create unique index ledger_corrected_once on workflow.ledger (case_id, corrects) where corrects is not null;
create index ledger_standing_still on workflow.ledger (case_id) where kind = 'suspended';

alter table workflow.ledger drop constraint ledger_kind_check;
alter table workflow.ledger add constraint ledger_kind_check check (kind in (
    'received', 'asked', 'answered', 'lapsed', 'suspended', 'resumed', 'extended', 'delayed', 'named_term', 'outage',
    'defaulted', 'penalty_set', 'corrected', 'withdrawn', 'decided', 'sent'));
alter table workflow.ledger add constraint ledger_corrects check ((kind = 'corrected') = (corrects is not null));
alter table workflow.ledger add constraint ledger_euros check ((kind = 'penalty_set') = (euros is not null));
