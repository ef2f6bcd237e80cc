-- What is counted of how forms are filled in. It stands with the draft until that ends; then, without anything that leads
-- back to it, in `ended` until the next day, and from then on only as counts of a day.
set lock_timeout = '5s';
alter table forms.draft add column measured jsonb not null default '{}';

create table forms.ended (
    product text not null,
    version text not null,
    channel text not null check (channel in ('web', 'api', 'desk', 'phone', 'post')),
    sent boolean not null,
    measured jsonb not null default '{}',
    rules jsonb not null default '{}'
);

create table forms.measure (
    day date not null,
    product text not null,
    version text not null,
    subject text not null check (subject in ('form', 'step', 'question', 'rule')),
    id text not null,
    what text not null,
    count bigint not null,
    primary key (day, product, version, subject, id, what)
);
