-- Cases that belong to a first one (an objection, a change, a renewal), and who keeps away from one.
set lock_timeout = '5s';

alter table workflow.cases
    add column kind text not null default 'application' check (kind in ('application', 'objection', 'amendment', 'renewal')),
    -- the number of the first case as it was given; it may be a number of no case
    add column parent text,
    -- who prepared or signed the decision that is objected to (Awb 7:5, 10:3 lid 3)
    add column barred text[] not null default '{}';
create index cases_parents on workflow.cases (parent) where parent is not null;
