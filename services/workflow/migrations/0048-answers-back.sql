-- Remarks have a status, words beside a mark are among them, and what was done with them is told back.
set lock_timeout = '5s';

create table workflow.answers_back (
    id uuid primary key,
    product text not null,
    subject text not null,
    outcome text not null check (outcome in ('done', 'not_done')),
    said text not null,
    done text not null,
    told_by text not null,
    told_at timestamptz not null,
    taken_down_by text,
    taken_down_at timestamptz
);
create index answers_back_of on workflow.answers_back (product, told_at);

alter table workflow.opinions drop constraint opinions_verdict_check;
alter table workflow.opinions add constraint opinions_verdict_check
    check (verdict in ('unclear', 'needless', 'marked'));
alter table workflow.opinions add column case_id uuid unique references workflow.cases;
alter table workflow.opinions add column seen_by text;
alter table workflow.opinions add column seen_at timestamptz;
alter table workflow.opinions add column answer uuid references workflow.answers_back;
