-- Where people live whom nothing may be mailed: what we tell them of their case is printed.
set lock_timeout = '5s';
create table notify.postal (
    reference text primary key,
    party jsonb not null
);
