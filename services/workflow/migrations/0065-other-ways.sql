-- The ledger knows what came by another way than the right one (Awb 2:23), and what was forwarded in the house (Awb 2:24).
set lock_timeout = '5s';

alter table workflow.ledger drop constraint ledger_kind_check, drop constraint ledger_request, drop constraint ledger_until;
alter table workflow.ledger
    add constraint ledger_kind_check check (kind in (
        'received', 'asked', 'answered', 'lapsed', 'suspended', 'resumed', 'extended', 'delayed', 'named_term', 'outage',
        'defaulted', 'penalty_set', 'corrected', 'withdrawn', 'decided', 'sent', 'committee', 'other_way', 'forwarded')),
    add constraint ledger_request check (
        (kind in ('asked', 'answered', 'lapsed', 'suspended', 'resumed', 'outage', 'other_way')) = (request_id is not null)),
    add constraint ledger_until check (
        (kind in ('delayed', 'named_term', 'outage', 'other_way')) = (until is not null));

alter table workflow.views drop constraint views_channel_check;
alter table workflow.views add constraint views_channel_check check (channel in ('web', 'desk', 'phone', 'post', 'other'));
