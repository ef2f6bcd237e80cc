-- Each time that a person had a message sent again; the number keeps a second click from doing it twice.
set lock_timeout = '5s';
create table notify.resendings (
    message_id uuid not null references notify.messages,
    number integer not null check (number > 0),
    way text not null check (way in ('again', 'address', 'post')),
    at timestamptz not null,
    who text not null,
    name text not null,
    primary key (message_id, number)
);
