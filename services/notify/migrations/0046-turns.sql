-- When what found no turn at a provider is tried again: one after the other, what is sent in bulk in a row of its own.
set lock_timeout = '5s';
create table notify.promised_turns (
    provider text not null,
    bulk boolean not null,
    next_turn timestamptz not null,
    primary key (provider, bulk)
);
