-- How each system outside does, as all processes measured it together; times are those of the sender, not of the database.
set lock_timeout = '5s';
create table notify.providers (
    name text primary key,
    failures integer not null default 0 check (failures >= 0),
    rests_until timestamptz,
    next_turn timestamptz
);
