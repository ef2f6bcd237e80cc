-- Who prepared a decision; where the product asks four eyes, none of them can be the one who signed it.
set lock_timeout = '5s';

alter table workflow.drafts add column prepared_by text[] not null default '{}';
update workflow.drafts set prepared_by = array[saved_by];

alter table workflow.decisions
    add column prepared_by text[] not null default '{}',
    add column four_eyes boolean not null default false;
alter table workflow.decisions add constraint decisions_four_eyes check (
    not four_eyes or (cardinality(prepared_by) > 0 and not decided_by = any(prepared_by)));
