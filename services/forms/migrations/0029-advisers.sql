-- Advisers outside, who may add files to the case that they advise on. Only the hash of their link is kept.
set lock_timeout = '5s';

create table forms.adviser (
    token_hash bytea primary key,
    reference text not null,
    name text not null,
    until date not null
);
create index adviser_of on forms.adviser (reference);
