-- A request asks several things: questions of the form, a file, own words; each is answered by itself.
set lock_timeout = '5s';

alter table workflow.requests add column asks text[] not null default '{own-words}';

create table workflow.answers (
    request_id uuid not null references workflow.requests,
    asked text not null,
    text text not null,
    at timestamptz not null,
    primary key (request_id, asked)
);

insert into workflow.answers (request_id, asked, text, at)
select id, 'own-words', answer, answered_at from workflow.requests where answered_at is not null and answer is not null;
