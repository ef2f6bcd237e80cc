-- What comes in the place of a first decision after a founded objection (Awb 7:11 lid 2).
set lock_timeout = '5s';

alter table workflow.decisions
    add column renewal text check (renewal in ('granted', 'granted_partly', 'refused', 'revoked')),
    add column renewal_text text not null default '';
