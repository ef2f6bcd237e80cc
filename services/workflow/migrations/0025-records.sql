-- How long closed cases are kept, what keeps them longer, who had them destroyed, and what stays to prove it.
set lock_timeout = '5s';

-- derived from the case and its product; goes with the case
create table workflow.records (
    case_id uuid primary key references workflow.cases,
    ending text not null check (ending in ('granted', 'refused', 'withdrawn', 'broken_off')),
    number text not null,
    -- null: kept for ever
    years integer,
    starts text not null check (starts in ('closed', 'permission_ends', 'fixed_date')),
    closed_on date not null,
    -- null: that day is not known yet
    started_on date,
    keep_until date,
    check ((keep_until is null) = (years is null or started_on is null))
);
create index records_due on workflow.records (keep_until) where keep_until is not null;
create index records_for_ever on workflow.records (closed_on) where years is null;

alter table workflow.cases add column recorded boolean not null default false;
create index cases_unrecorded on workflow.cases (received_at)
    where not recorded and status in ('announced', 'withdrawn');

create table workflow.holds (
    id uuid primary key,
    case_id uuid not null references workflow.cases,
    because text not null,
    until date,
    placed_by text not null references workflow.people,
    placed_at timestamptz not null,
    lifted_by text references workflow.people,
    lifted_at timestamptz,
    check ((lifted_by is null) = (lifted_at is null))
);
create index holds_of on workflow.holds (case_id) where lifted_at is null;

create table workflow.destruction_lists (
    id uuid primary key,
    month date not null,
    drawn_up_by text not null references workflow.people,
    drawn_up_at timestamptz not null,
    state text not null default 'open' check (state in ('open', 'approved', 'refused')),
    judged_by text references workflow.people,
    judged_at timestamptz,
    because text not null default '',
    check ((state = 'open') = (judged_by is null) and (judged_by is null) = (judged_at is null)),
    constraint destruction_lists_four_eyes check (state <> 'approved' or judged_by <> drawn_up_by)
);
create table workflow.destruction_items (
    list_id uuid not null references workflow.destruction_lists,
    case_id uuid not null references workflow.cases,
    primary key (list_id, case_id)
);
create index destruction_items_of on workflow.destruction_items (case_id);

-- What stays of a case: that it was there, that it went, on what ground and by whom. Nothing about a person it was of.
create table workflow.destructions (
    case_id uuid primary key,
    reference text not null unique,
    list_id uuid not null references workflow.destruction_lists,
    product text not null,
    title_nl text not null,
    title_en text not null,
    ending text not null,
    number text not null,
    years integer not null,
    starts text not null,
    started_on date not null,
    closed_on date not null,
    keep_until date not null,
    ordered_at timestamptz not null
);
create index destructions_at on workflow.destructions (ordered_at);
create index destructions_of on workflow.destructions (list_id);
create table workflow.destruction_reports (
    case_id uuid not null references workflow.destructions,
    service text not null check (service in ('forms', 'workflow', 'notify')),
    at timestamptz not null,
    rows bigint not null,
    files bigint not null,
    primary key (case_id, service)
);
create trigger destructions_only_grow before update or delete on workflow.destructions
    for each row execute function workflow.refuse_change();
create trigger destruction_reports_only_grow before update or delete on workflow.destruction_reports
    for each row execute function workflow.refuse_change();

-- the ledger and the timeline go only with their whole case, and only once that was approved
create function workflow.refuse_unless_destroyed() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (select from workflow.destructions d where d.case_id = old.case_id) then
        return old;
    end if;
    raise exception 'rows of % are only added, never changed', tg_table_name;
end $$;
drop trigger ledger_only_grows on workflow.ledger;
drop trigger timeline_only_grows on workflow.timeline;
create trigger ledger_only_grows before update or delete on workflow.ledger
    for each row execute function workflow.refuse_unless_destroyed();
create trigger timeline_only_grows before update or delete on workflow.timeline
    for each row execute function workflow.refuse_unless_destroyed();
