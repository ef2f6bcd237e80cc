-- What people think of a question or rule, for whoever makes the rules; nobody knows who thinks it.
set lock_timeout = '5s';

create table workflow.opinions (
    id bigint generated always as identity primary key,
    product text not null,
    subject text not null,
    verdict text not null check (verdict in ('unclear', 'needless')),
    words text not null,
    day date not null
);
create index opinions_about on workflow.opinions (product, subject, day);
