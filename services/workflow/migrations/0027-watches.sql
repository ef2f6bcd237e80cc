-- Who follows which case without handling it.
set lock_timeout = '5s';

create table workflow.watches (
    subject text not null references workflow.people on delete cascade,
    case_id uuid not null references workflow.cases on delete cascade,
    since timestamptz not null,
    primary key (subject, case_id)
);
create index watches_of on workflow.watches (case_id);
