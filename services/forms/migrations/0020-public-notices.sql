-- Notices of cases to the public, as the workflow told them.
set lock_timeout = '5s';

create table forms.public_notice (
    number text primary key,
    reference text not null,
    theme text not null,
    first date not null,
    last date not null,
    told jsonb not null
);
create index public_notice_of on forms.public_notice (reference);
create index public_notice_now on forms.public_notice (last);

-- the one fact may overtake the other
create table forms.public_notice_down (
    number text primary key,
    reference text not null
);
