-- What must happen to a case by itself. Derived from its ledger with every act, so a row that waits is always valid.
set lock_timeout = '5s';

create table workflow.timers (
    case_id uuid not null references workflow.cases,
    what text not null check (what in ('escalate', 'remind', 'lapse')),
    key text not null,
    due timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'fired')),
    fired_at timestamptz,
    -- one that failed waits until here, and counts as overdue meanwhile
    again_at timestamptz,
    failures integer not null default 0,
    primary key (case_id, what, key),
    check ((state = 'fired') = (fired_at is not null))
);

create index timers_due on workflow.timers (due) where state = 'waiting';
create index timers_told on workflow.timers (fired_at) where what = 'escalate' and state = 'fired';

-- the edition of the rules by which a case's timers were set; 0: cases of before this release have none yet
alter table workflow.cases add column armed integer not null default 0;
create index cases_armed on workflow.cases (armed)
    where status in ('received', 'in_progress', 'awaiting_supplement', 'decided');
