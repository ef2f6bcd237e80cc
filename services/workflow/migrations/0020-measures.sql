-- What was counted of filling in forms: by day, version, and step, question or rule; no form and no person.
set lock_timeout = '5s';
create table workflow.measures (
    day date not null,
    product text not null,
    version text not null,
    subject text not null check (subject in ('form', 'step', 'question', 'rule')),
    id text not null,
    what text not null,
    count bigint not null,
    primary key (day, product, version, subject, id, what)
);
create index measures_of_what on workflow.measures (product, subject, what, day);
