-- The open pages of draft decisions: who is at them, and what of the draft each knows; what came in meanwhile is merged.
set lock_timeout = '5s';

create table workflow.draft_pages (
    editor text primary key,
    case_id uuid not null references workflow.cases,
    subject text not null references workflow.people on delete cascade,
    content jsonb not null,
    seen_at timestamptz not null
);
create index draft_pages_of on workflow.draft_pages (case_id, seen_at);
create index draft_pages_old on workflow.draft_pages (seen_at);
